using LoanRelief.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Xunit;

namespace LoanRelief.Functions.Tests;

/// <summary>The runtime of orchestrations in the process of the tests.</summary>
internal static class InProcessRuntime
{
    /// <remarks>On a port that nobody else gets: those that the host picks by itself are also those of outgoing connections.</remarks>
    public static Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> tasks) =>
        DurableTaskTestHost.StartAsync(tasks, new DurableTaskTestHostOptions { Port = LoopbackPort.Next() }, TestContext.Current.CancellationToken);
}
