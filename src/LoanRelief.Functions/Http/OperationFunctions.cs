using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Http;

/// <summary>For whoever runs the program.</summary>
internal sealed class OperationFunctions(Api api)
{
    [Function(nameof(ListOrchestrations))]
    public Task ListOrchestrations([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/operations/orchestrations")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetOrchestration))]
    public Task GetOrchestration(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/operations/orchestrations/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(SuspendOrchestration))]
    public Task SuspendOrchestration(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operations/orchestrations/{id}/suspend")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ResumeOrchestration))]
    public Task ResumeOrchestration(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operations/orchestrations/{id}/resume")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(TerminateOrchestration))]
    public Task TerminateOrchestration(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operations/orchestrations/{id}/terminate")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(RestartOrchestration))]
    public Task RestartOrchestration(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operations/orchestrations/{id}/restart")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ListDeadLetters))]
    public Task ListDeadLetters([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/operations/dead-letters")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(RedriveDeadLetter))]
    public Task RedriveDeadLetter(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operations/dead-letters/redrive")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReadClock))]
    public Task ReadClock([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/operations/clock")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(MoveClock))]
    public Task MoveClock(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operations/clock")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ListJobs))]
    public Task ListJobs([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/operations/jobs")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(RunJob))]
    public Task RunJob(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/operations/jobs/{job}/runs")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
