using System.Threading.Channels;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Functions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Imports;

/// <summary>Starts the orchestration that stores an institution's books, behind the back of whoever sent one.</summary>
/// <remarks>A start may be lost, with the process or with the storage; the watchdog starts what is missing.</remarks>
internal sealed class ImportStarter(ImportDesk desk, IImportStore imports, DurableClient durable, ILogger<ImportStarter> logger) : BackgroundService
{
    private readonly Channel<InstitutionId> _received = Channel.CreateUnbounded<InstitutionId>();

    /// <summary>Starts what has something to do and is not under way.</summary>
    public async Task StartOpenAsync(CancellationToken cancellationToken)
    {
        await foreach (var institution in imports.OpenAsync(cancellationToken).Select(open => open.Institution).Distinct())
            await StartAsync(institution, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        desk.Received += open => _received.Writer.TryWrite(open.Institution);
        await foreach (var institution in _received.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await StartAsync(institution, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "Storing the books of {Institution} could not be started; the watchdog will see to it", institution);
            }
        }
    }

    private async Task StartAsync(InstitutionId institution, CancellationToken cancellationToken)
    {
        var client = await durable.GetAsync(cancellationToken);
        var instance = $"loan-imports~{institution}";
        if (await client.GetInstanceAsync(instance, cancellationToken) is not { IsCompleted: false })
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(LoanImportOrchestrator), institution.Value, new StartOrchestrationOptions(instance), cancellationToken);
    }
}
