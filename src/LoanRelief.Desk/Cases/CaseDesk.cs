using System.Diagnostics;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Cases;

/// <summary>Load, decide, commit: every change of a case goes through here, whoever asks for it.</summary>
/// <remarks>
/// A step costs one transaction, and one point read unless this process took the last step of the case too; the policies
/// that the case began with never change and are at hand; where lists from outside are looked at, one point read more.
/// Steps of one case wait for each other (<see cref="CaseTurns"/>). When another process came between, the case is read and
/// decided again; what the rules say about the newer state holds. Storage errors pass through to the caller: nothing was
/// stored, or all of it was and a repeat with the same key finds it so. Whoever keeps time is told of every step but those
/// that it takes itself (<see cref="CaseWork"/>): it learns from their outcome when the case is due next.
/// </remarks>
public sealed class CaseDesk(
    ICaseStore cases,
    ILoanStore loans,
    IInstitutionStore institutions,
    PolicyDesk policies,
    CasePolicy policy,
    CalendarDesk calendars,
    ExclusionDesk exclusions,
    TimeProvider clock,
    ICaseSignal signal,
    DeskMetrics metrics)
{
    private readonly RecentCases _recent = new();
    private readonly CaseTurns _turns = new();
    private readonly UnrecordedEffects _unrecorded = new();

    /// <summary>Opens a case for a loan.</summary>
    /// <remarks>The maturity scan opens at most one case for each maturity of a loan; an institution may ask for another after the last was closed.</remarks>
    public async Task<DeskAnswer> OpenAsync(InstitutionId institution, LoanNumber number, CaseTrigger trigger, Caller caller, CancellationToken cancellationToken) =>
        await loans.FindAsync(institution, number, cancellationToken) is { Loan: var loan }
            ? await OpenAsync(loan, (await institutions.FindAsync(institution, cancellationToken))?.Kind, trigger, caller, cancellationToken)
            : new DeskAnswer.NoSuchLoan(institution, number);

    /// <summary>Opens a case for a loan that has just been read.</summary>
    /// <param name="lender">What the institution is, where that is known.</param>
    public Task<DeskAnswer> OpenAsync(Loan loan, InstitutionKind? lender, CaseTrigger trigger, Caller caller, CancellationToken cancellationToken) =>
        TellAsync("open", loan.Institution, span => ConflictException.RetryAsync(async () =>
        {
            var known = await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken);
            span.Concerns(known.Open ?? known.Next);
            if (await FindOpenedBeforeAsync(known, loan, trigger, caller, cancellationToken) is { } answer)
                return answer;
            var context = await ContextAsync(caller, await policies.LatestAsync(cancellationToken), cancellationToken);
            context = context with { Listed = await exclusions.ListedAsync(loan, context.Today, cancellationToken) };
            var verdict = ReliefCase.Open(new(known.Next, loan, policy, trigger, lender), context);
            if (verdict is not Verdict.Accepted accepted)
                return new DeskAnswer.Refused(null, ((Verdict.Refused)verdict).Reasons, NotNow: false);
            return Told(Done(null, [accepted], await cases.OpenAsync(known, accepted.Step, accepted.After, cancellationToken)));
        }, cancellationToken));

    /// <summary>Takes a fact about a case.</summary>
    /// <param name="ifVersion">The version that the caller has seen; null if it does not care.</param>
    public async Task<DeskAnswer> ReportAsync(CaseId id, Fact fact, Caller caller, int? ifVersion, CancellationToken cancellationToken) =>
        Told(await StepAsync(
            Fact.NameOf(fact.GetType()), id, caller, ifVersion, (state, context) => ReliefCase.Report(state, fact, context), cancellationToken,
            listsWanted: (state, today) => ReliefCase.ListsWanted(state, fact, today)));

    /// <summary>Deals with every deadline that has come.</summary>
    /// <remarks>
    /// When this process has just left the case with something to send, that is the answer, and nothing is read. Should
    /// another process have sent it meanwhile, it goes out twice with one key.
    /// </remarks>
    public Task<DeskAnswer> AdvanceAsync(CaseId id, CancellationToken cancellationToken) =>
        StepAsync("time", id, Caller.System, null, ReliefCase.PassTime, cancellationToken, isAnswer: HasToSend);

    /// <summary>Records how attempts to send effects ended. Not to be cancelled: they have been sent.</summary>
    /// <param name="seen">The case as it stood when they were sent; it need not be read again when nothing came between.</param>
    /// <param name="patience">How long, in machine time, deliveries may wait for the next step of the case to record them (<see cref="UnrecordedEffects"/>).</param>
    /// <param name="hurry">Ends the wait.</param>
    public async Task<DeskAnswer> RecordDeliveriesAsync(StoredCase seen, IReadOnlyList<EffectReport> reports, TimeSpan patience, CancellationToken hurry)
    {
        var (id, sent) = (seen.State.Id, new SentEffects(reports, clock.GetUtcNow()));
        var waits = patience > TimeSpan.Zero && sent.AreDelivered && _unrecorded.TryAdd(id, sent);
        try
        {
            // Looked at after they were put there: a step that is on its way, or over since they were sent, did not see them.
            if (waits && !_turns.IsWanted(id) && !(_recent.Find(id)?.State.Version > seen.State.Version))
                await sent.WaitAsync(patience, hurry);
            return await StepAsync("delivery", id, Caller.System, null, static (_, _) => new Verdict.Nothing(), CancellationToken.None, seen, isAnswer: _ => true, sent: sent);
        }
        finally
        {
            if (waits)
                _unrecorded.Remove(id, sent);
        }
    }

    /// <summary>Counts the case's dates again with the calendar as it is now; nothing changes when they are the same.</summary>
    public async Task<DeskAnswer> RecountAsync(CaseId id, CancellationToken cancellationToken) =>
        Told(await StepAsync("calendar", id, Caller.System, null, ReliefCase.Recount, cancellationToken));

    /// <summary>Sends an effect from the dead-letter list again.</summary>
    public async Task<DeskAnswer> RedriveAsync(CaseId id, string effectKey, Caller caller, CancellationToken cancellationToken) =>
        Told(await StepAsync("redrive", id, caller, null, (state, context) => ReliefCase.Redrive(state, effectKey, context), cancellationToken));

    /// <summary>Decides on the case as this process left it, if that leads to a step, or else on the case as it is read.</summary>
    /// <param name="seen">The case as the caller holds it, if it is later than that.</param>
    /// <param name="isAnswer">Whether the case as this process left it is the answer although it leads to no step.</param>
    /// <param name="listsWanted">For which day the decision looks at lists from outside; null when it does not.</param>
    /// <param name="sent">What the step has to record, if it is one by itself; any other takes along what waits.</param>
    private Task<DeskAnswer> StepAsync(
        string cause, CaseId id, Caller caller, int? ifVersion, Func<CaseState, CaseContext, Verdict> decide, CancellationToken cancellationToken,
        StoredCase? seen = null, Predicate<CaseState>? isAnswer = null, Func<CaseState, DateOnly, DateOnly?>? listsWanted = null, SentEffects? sent = null) =>
        TellAsync(cause, id.Institution, span => _turns.TakeAsync(id, () => ConflictException.RetryAsync(async () =>
        {
            span.Concerns(id);
            if (sent?.RecordedIn is { } recorded)
                return new DeskAnswer.Done(recorded, Changed: false);
            // What is remembered, or seen, is good for one attempt: if another process came between, its ETag is refused.
            var known = Later(_recent.Find(id), seen);
            seen = null;
            if (known is not null && await TryAsync(known) is DeskAnswer.Done done && (done.Changed || isAnswer?.Invoke(known.State) is true))
                return done;
            return await cases.FindAsync(id, cancellationToken) is { } stored ? await TryAsync(stored) : new DeskAnswer.NoSuchCase(id);

            async Task<DeskAnswer> TryAsync(StoredCase stored)
            {
                if (Repeated(stored, caller) is { } before)
                    return before;
                if (ifVersion is { } version && version != stored.State.Version)
                    return new DeskAnswer.Stale(stored);
                var packs = await policies.ResolveAsync(stored.State.Packs, cancellationToken);
                var context = await ContextAsync(caller, packs, cancellationToken);
                if (listsWanted?.Invoke(stored.State, context.Today) is { } day)
                    context = context with { Listed = await exclusions.ListedAsync(stored.State.Loan, day, cancellationToken) };
                var along = sent ?? _unrecorded.Of(id);
                List<Verdict.Accepted> taken = along is not null && Recorded(stored.State, along, context) is { } deliveries ? [deliveries] : [];
                switch (decide(taken is [var first] ? first.After : stored.State, context))
                {
                    case Verdict.Accepted accepted:
                        taken.Add(accepted);
                        break;
                    case Verdict.Refused refused:
                        return new DeskAnswer.Refused(stored, refused.Reasons, refused.NotNow);
                    case Verdict.Nothing when sent is null || taken.Count == 0:
                        return new DeskAnswer.Done(stored, Changed: false);
                }

                var done = await CommitAsync(stored, taken, cancellationToken);
                along?.Recorded(done.Case);
                return done;
            }
        }, cancellationToken), cancellationToken));

    /// <summary>As of when the effects were sent, or of the step that came since.</summary>
    private static Verdict.Accepted? Recorded(CaseState state, SentEffects sent, CaseContext context) => ReliefCase.RecordDeliveries(
        state, sent.Reports, context with { Now = sent.At > state.ChangedAt ? sent.At : state.ChangedAt, By = CaseContext.System, Key = null }) as Verdict.Accepted;

    /// <summary>Commits steps that follow each other in one transaction.</summary>
    private async Task<DeskAnswer.Done> CommitAsync(StoredCase before, List<Verdict.Accepted> taken, CancellationToken cancellationToken)
    {
        try
        {
            return Done(before.State, taken, await cases.AppendAsync(before, [.. taken.Select(each => each.Step)], taken[^1].After, cancellationToken));
        }
        catch
        {
            // It is old, or may be: nobody is to try with it again.
            _recent.Forget(before.State.Id);
            throw;
        }
    }

    private static StoredCase? Later(StoredCase? one, StoredCase? other) => one is null || other?.State.Version > one.State.Version ? other : one;

    private async Task<DeskAnswer?> FindOpenedBeforeAsync(LoanCases known, Loan loan, CaseTrigger trigger, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Key is not null && known.Last is { } last && Repeated((await cases.FindAsync(last, cancellationToken))!, caller) is { } before)
            return before;
        if (known.Open is { } open)
            return new DeskAnswer.AlreadyOpen(open);
        return trigger == CaseTrigger.Scan && known.LastMaturity == loan.Maturity ? new DeskAnswer.AlreadyOpen(known.Last!.Value) : null;
    }

    private static DeskAnswer? Repeated(StoredCase stored, Caller caller)
    {
        if (caller.Key is null)
            return null;
        if (stored.State.Keys.Contains(caller.Mark))
            return new DeskAnswer.Done(stored, Changed: false);
        return stored.State.Keys.Any(mark => Caller.KeyOf(mark) == caller.Key) ? new DeskAnswer.KeyReused(stored) : null;
    }

    private DeskAnswer Told(DeskAnswer answer)
    {
        if (answer is DeskAnswer.Done { Changed: true, Case.State: var state })
            signal.Changed(state.Id, state.NextDue);
        return answer;
    }

    private DeskAnswer.Done Done(CaseState? before, List<Verdict.Accepted> taken, StoredCase stored)
    {
        _recent.Keep(stored);
        foreach (var (step, after) in taken)
        {
            metrics.Committed(before, step, after);
            before = after;
        }

        return new(stored, Changed: true);
    }

    private bool HasToSend(CaseState state) => state.PendingEffects.Any(effect => effect.NotBefore <= clock.GetUtcNow());

    private async ValueTask<CaseContext> ContextAsync(Caller caller, IReadOnlyList<PolicyPack> packs, CancellationToken cancellationToken)
    {
        var calendar = await calendars.CurrentAsync(cancellationToken);
        return new(BeijingTime.Of(clock.GetUtcNow()), caller.By, calendar, packs, caller.Mark);
    }

    /// <summary>Tells traces and metrics what becomes of a step.</summary>
    private async Task<DeskAnswer> TellAsync(string cause, InstitutionId institution, Func<Activity?, Task<DeskAnswer>> step)
    {
        using var span = Spans.Step(cause, institution);
        var began = Stopwatch.GetTimestamp();
        try
        {
            var answer = await step(span);
            span.Answered(answer);
            metrics.StepTook(Stopwatch.GetElapsedTime(began), cause, Spans.NameOf(answer));
            return answer;
        }
        catch (Exception failure)
        {
            span.Failed(failure);
            metrics.StepTook(Stopwatch.GetElapsedTime(began), cause, "failed");
            throw;
        }
    }
}
