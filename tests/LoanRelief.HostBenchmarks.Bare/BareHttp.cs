using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LoanRelief.HostBenchmarks.Bare;

/// <summary>How orchestrations are started and told, and whether the app is ready, at the path at which the program says so.</summary>
internal static class BareHttp
{
    [Function("Start")]
    public static async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "start/{id}/{waits:int}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        int waits,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await client.ScheduleNewOrchestrationInstanceAsync(nameof(BareOrchestration), waits, new StartOrchestrationOptions(id), cancellationToken);
        return Results.StatusCode((int)HttpStatusCode.Accepted);
    }

    [Function("Changed")]
    public static async Task<IResult> ChangedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "changed/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await client.RaiseEventAsync(id, "Changed", eventPayload: null, cancellationToken);
        return Results.Ok();
    }

    [Function("Ready")]
    public static IResult Ready([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request) =>
        Results.Ok(request.Path.Value);
}
