using LoanRelief.Tables;
using Microsoft.Extensions.Hosting;

namespace LoanRelief.Functions;

/// <summary>Makes the tables before the first function runs.</summary>
internal sealed class TablesAtStart(TablesSetup tables) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => tables.EnsureAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
