using System.Threading.Channels;
using LoanRelief.Desk.Chunks;
using LoanRelief.Functions.Orchestrations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Chunks;

/// <summary>Starts the orchestrations that do an institution's imports and batches, behind the back of whoever sent one.</summary>
/// <remarks>A start may be lost, with the process or with the storage; the watchdog starts what is missing.</remarks>
internal sealed class ChunkStarter(IEnumerable<IChunkedWork> works, ChunkSignal signal, DurableClient durable, ILogger<ChunkStarter> logger) : BackgroundService
{
    private readonly Channel<InstitutionWork> _wanted = Channel.CreateUnbounded<InstitutionWork>();

    /// <summary>Starts what has something to do and is not under way.</summary>
    public async Task StartOpenAsync(CancellationToken cancellationToken)
    {
        foreach (var work in works)
        {
            await foreach (var institution in work.OpenAsync(cancellationToken))
                await StartAsync(new(work.Name, institution.Value), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Wanted += (work, institution) => _wanted.Writer.TryWrite(new(work, institution.Value));
        await foreach (var wanted in _wanted.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await StartAsync(wanted, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "{Work} of {Institution} could not be started; the watchdog will see to it", wanted.Work, wanted.Institution);
            }
        }
    }

    private Task StartAsync(InstitutionWork wanted, CancellationToken cancellationToken) =>
        durable.StartUnlessUnderWayAsync(nameof(ChunkOrchestrator), wanted.Instance, wanted, cancellationToken);
}

/// <param name="Work">Name of the kind of work.</param>
/// <param name="Institution">Whose it is.</param>
internal sealed record InstitutionWork(string Work, string Institution)
{
    /// <summary>Id of the orchestration: at most one at a time.</summary>
    internal string Instance => $"{Work}~{Institution}";
}
