using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Http;

/// <summary>Lists from outside.</summary>
internal sealed class ListFunctions(Api api)
{
    private const string Institution = "api/institutions/{institution}";

    [Function(nameof(ImportExclusions))]
    public Task ImportExclusions([HttpTrigger(AuthorizationLevel.Function, "post", Route = Institution + "/exclusion-lists/{list}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetListings))]
    public Task GetListings([HttpTrigger(AuthorizationLevel.Function, "get", Route = Institution + "/loans/{loanNumber}/listings")] HttpRequest request) =>
        api.AnswerAsync(request);
}
