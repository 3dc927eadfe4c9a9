using System.Diagnostics.Metrics;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Telemetry;

/// <summary>Counts what there is: the open cases by stage, and what should have been done by now. From the lists, so that it is right after any restart and whoever did the work.</summary>
/// <remarks>
/// <para>
/// A counter that goes up and down with every commit would begin at zero in each process. So somebody counts now and
/// then: in Azure a timer trigger, which runs in one instance at a time, locally the one process. Whoever counted shows
/// the figures until the next count is due and then falls silent, so that no two show different ones for long. Each
/// shows the whole: over processes take the maximum, never the sum.
/// </para>
/// <para>
/// It reads the lists of open and of due cases, a thousand at a time; closed cases, history and the rest of the tables
/// cost nothing. A case that an operator has stopped is counted as stopped and never as overdue. Of what is overdue at most <see cref="LookedAt"/> cases of an institution are read.
/// </para>
/// </remarks>
public sealed class CaseCensus : IDisposable
{
    /// <summary>The cases that have waited longest; the oldest event is among them or is not much younger.</summary>
    private const int LookedAt = 20;

    private const int Page = 1_000;

    private readonly ICaseStore _cases;
    private readonly IInstitutionStore _institutions;
    private readonly IOrchestrationStore _orchestrations;
    private readonly TimeProvider _clock;
    private readonly Meter _meter = new(DeskTelemetry.Name);
    private readonly ObservableGauge<long> _open;
    private readonly TimeProvider _machine;
    private Figures? _figures;

    /// <param name="clock">Business time.</param>
    /// <param name="machine">Time in which figures grow old; the system's unless a test has its own.</param>
    public CaseCensus(ICaseStore cases, IInstitutionStore institutions, IOrchestrationStore orchestrations, TimeProvider clock, TimeProvider? machine = null)
    {
        (_cases, _institutions, _orchestrations, _clock, _machine) = (cases, institutions, orchestrations, clock, machine ?? TimeProvider.System);
        _open = _meter.CreateObservableGauge("loanrelief.cases.open", Open, "{case}", "Open cases by stage.");
        _meter.CreateObservableGauge("loanrelief.cases.overdue", () => Each(bank => bank.Overdue), "{case}", "Cases whose time has come and that nobody has looked at yet.");
        _meter.CreateObservableGauge("loanrelief.cases.overdue.age", () => Each(bank => bank.OverdueAge.TotalSeconds), "s", "For how long the first of them has been waiting.");
        _meter.CreateObservableGauge("loanrelief.cases.stopped", () => Each(bank => bank.Stopped), "{case}", "Cases whose time has come and that an operator has stopped.");
        _meter.CreateObservableGauge("loanrelief.outbox.age", () => Each(bank => bank.OutboxAge.TotalSeconds), "s", "For how long the first event that may go out has been waiting.");
    }

    /// <summary>Whether anybody wants to know.</summary>
    public bool IsWanted => _open.Enabled;

    /// <summary>Counts.</summary>
    /// <param name="next">When the next count is due; two of these later the figures are forgotten.</param>
    public async Task TakeAsync(TimeSpan next, CancellationToken cancellationToken)
    {
        var banks = new List<Bank>();
        var stopped = await _orchestrations.StoppedAsync(cancellationToken);
        await foreach (var institution in _institutions.AllAsync(cancellationToken))
            banks.Add(await CountAsync(institution.Id, stopped, cancellationToken));
        _figures = new(banks, _machine.GetTimestamp(), next * 2);
    }

    public void Dispose() => _meter.Dispose();

    private async Task<Bank> CountAsync(InstitutionId institution, IReadOnlySet<CaseId> stopped, CancellationToken cancellationToken)
    {
        var stages = Enum.GetValues<Stage>().Where(stage => stage != Stage.Closed).ToDictionary(stage => stage, _ => 0);
        var query = new CaseQuery { Institution = institution, PageSize = Page };
        do
        {
            var page = await _cases.ListAsync(query, cancellationToken);
            foreach (var @case in page.Cases)
                stages[@case.Stage]++;
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        var now = _clock.GetUtcNow();
        var due = await _cases.DueAsync(institution, now, cancellationToken).ToListAsync(cancellationToken);
        var overdue = due.Where(each => !stopped.Contains(each.Id)).ToList();
        var outbox = TimeSpan.Zero;
        foreach (var each in overdue.OrderBy(each => each.DueAt).Take(LookedAt))
        {
            if (await _cases.FindAsync(each.Id, cancellationToken) is not { } stored)
                continue;
            foreach (var effect in stored.State.PendingEffects.Where(effect => now - effect.NotBefore > outbox))
                outbox = now - effect.NotBefore;
        }

        var age = overdue.Count == 0 ? TimeSpan.Zero : now - overdue.Min(each => each.DueAt);
        return new(institution, stages, overdue.Count, due.Count - overdue.Count, age, outbox);
    }

    private IEnumerable<Measurement<long>> Open() =>
        from bank in Current
        from stage in bank.Stages
        select new Measurement<long>(stage.Value, new(DeskTelemetry.Institution, bank.Id.Value), new(DeskTelemetry.Stage, DeskTelemetry.Word(stage.Key)));

    private IEnumerable<Measurement<T>> Each<T>(Func<Bank, T> figure) where T : struct =>
        Current.Select(bank => new Measurement<T>(figure(bank), new KeyValuePair<string, object?>(DeskTelemetry.Institution, bank.Id.Value)));

    private IReadOnlyList<Bank> Current =>
        _figures is { } figures && _machine.GetElapsedTime(figures.TakenAt) < figures.GoodFor ? figures.Banks : [];

    private sealed record Figures(IReadOnlyList<Bank> Banks, long TakenAt, TimeSpan GoodFor);

    private sealed record Bank(InstitutionId Id, IReadOnlyDictionary<Stage, int> Stages, int Overdue, int Stopped, TimeSpan OverdueAge, TimeSpan OutboxAge);
}
