using System.Net.Http.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;

namespace LoanRelief.HostBenchmarks.Bare;

/// <summary>The least that gives a case its time: an activity, then rounds of (wait for an event or a timer, then one activity).</summary>
/// <remarks>It is written as the documentation of Durable Functions writes it, and stands for what any program with as many waits costs.</remarks>
internal static class BareOrchestration
{
    private static readonly TimeSpan Deadline = TimeSpan.FromDays(2);

    [Function(nameof(BareOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var waits = context.GetInput<int>();
        await context.CallActivityAsync(nameof(BareActivity), context.InstanceId);
        for (var wait = 0; wait < waits; wait++)
        {
            using var over = new CancellationTokenSource();
            var timer = context.CreateTimer(context.CurrentUtcDateTime + Deadline, over.Token);
            await Task.WhenAny(context.WaitForExternalEvent<string?>("Changed"), timer);
#pragma warning disable CA1849 // Not CancelAsync: an orchestrator awaits nothing but the runtime.
            over.Cancel();
#pragma warning restore CA1849
            await context.CallActivityAsync(nameof(BareActivity), context.InstanceId);
        }
    }
}

/// <summary>Tells whoever answers the waits that the orchestration has come to its next one.</summary>
internal sealed class BareActivity(HttpClient http, IConfiguration settings)
{
    [Function(nameof(BareActivity))]
    public async Task RunAsync([ActivityTrigger] string instance, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(settings["Bare:Tell"]!), new { subject = instance }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
