using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Http;

/// <summary>Institutions and their loan books.</summary>
internal sealed class InstitutionFunctions(Api api)
{
    [Function(nameof(PutInstitution))]
    public Task PutInstitution([HttpTrigger(AuthorizationLevel.Function, "put", Route = "api/institutions/{institution}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetInstitution))]
    public Task GetInstitution([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/institutions/{institution}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListInstitutions))]
    public Task ListInstitutions([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/institutions")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(PutLoan))]
    public Task PutLoan(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "api/institutions/{institution}/loans/{loanNumber}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(GetLoan))]
    public Task GetLoan([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/institutions/{institution}/loans/{loanNumber}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListLoanGrants))]
    public Task ListLoanGrants([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/institutions/{institution}/loans/{loanNumber}/grants")] HttpRequest request) =>
        api.AnswerAsync(request);
}
