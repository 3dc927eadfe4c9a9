using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Http;

/// <summary>One measure for many loans.</summary>
internal sealed class BatchFunctions(Api api)
{
    private const string Batches = "api/institutions/{institution}/case-batches";

    [Function(nameof(CreateBatch))]
    public Task CreateBatch([HttpTrigger(AuthorizationLevel.Function, "post", Route = Batches)] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(GetBatch))]
    public Task GetBatch([HttpTrigger(AuthorizationLevel.Function, "get", Route = Batches + "/{batch}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListBatchRows))]
    public Task ListBatchRows([HttpTrigger(AuthorizationLevel.Function, "get", Route = Batches + "/{batch}/rows")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ApproveBatch))]
    public Task ApproveBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Batches + "/{batch}/approval")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(CancelBatch))]
    public Task CancelBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Batches + "/{batch}/cancel")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
