using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Http;

/// <summary>Cases, from opening to history.</summary>
internal sealed class CaseFunctions(Api api)
{
    [Function(nameof(OpenCase))]
    public Task OpenCase(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/institutions/{institution}/cases")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(GetCase))]
    public Task GetCase([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/cases/{id}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetHistory))]
    public Task GetHistory([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/cases/{id}/history")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetSchedules))]
    public Task GetSchedules([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/cases/{id}/schedules")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListCases))]
    public Task ListCases([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/cases")] HttpRequest request) =>
        api.AnswerAsync(request);
}
