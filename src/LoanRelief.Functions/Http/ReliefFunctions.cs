using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Http;

/// <summary>What relief a loan could have, and by which policies.</summary>
internal sealed class ReliefFunctions(Api api)
{
    [Function(nameof(PreviewRelief))]
    public Task PreviewRelief([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/previews")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GiveAdvice))]
    public Task GiveAdvice([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/advice")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(PutPolicy))]
    public Task PutPolicy([HttpTrigger(AuthorizationLevel.Function, "put", Route = "api/policies/{id}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetPolicySchema))]
    public Task GetPolicySchema([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/policies/schema")] HttpRequest request) =>
        api.AnswerAsync(request);

    /// <remarks>The host asks functions in the order of their names and takes the first whose path fits, so this one has to leave the schema alone.</remarks>
    [Function(nameof(GetPolicy))]
    public Task GetPolicy([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/policies/{id:regex(^(?!schema$))}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListPolicies))]
    public Task ListPolicies([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/policies")] HttpRequest request) =>
        api.AnswerAsync(request);
}
