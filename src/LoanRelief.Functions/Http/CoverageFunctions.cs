using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Http;

/// <summary>The proof that no loan was dropped.</summary>
internal sealed class CoverageFunctions(Api api)
{
    private const string Coverage = "api/institutions/{institution}/scan-coverage";

    [Function(nameof(GetScanCoverage))]
    public Task GetScanCoverage([HttpTrigger(AuthorizationLevel.Function, "get", Route = Coverage)] HttpRequest request) => api.AnswerAsync(request);

    [Function(nameof(ListCoveredLoans))]
    public Task ListCoveredLoans([HttpTrigger(AuthorizationLevel.Function, "get", Route = Coverage + "/loans")] HttpRequest request) => api.AnswerAsync(request);
}
