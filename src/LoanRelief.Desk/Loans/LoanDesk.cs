using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Loans;

/// <summary>Takes in loans: stores them, plans when they have to be looked at, and tells their open cases.</summary>
public sealed class LoanDesk(ILoanStore loans, ICaseStore cases, CaseDesk desk, CasePolicy policy, CalendarDesk calendars, TimeProvider clock)
{
    private readonly LoanPlanner _planner = new(cases, desk, policy, calendars, clock);

    /// <summary>Stores a loan, new or changed. The same loan again changes nothing.</summary>
    /// <remarks>
    /// When the loan has an open case, the loan is stored as due for the next maturity scan and then the case is told.
    /// Should the program end in between, a repeat tells the case, or else the scan does.
    /// </remarks>
    public async Task<PutLoanAnswer> PutAsync(Loan loan, CancellationToken cancellationToken)
    {
        if (LoanRules.Check(loan) is { Count: > 0 } reasons)
            return new PutLoanAnswer.Refused(reasons);
        return await ConflictException.RetryAsync(() => TryPutAsync(loan, cancellationToken), cancellationToken);
    }

    /// <summary>Stores many loans of one institution, new or changed, each as <see cref="PutAsync"/> would, at a fraction of the cost.</summary>
    /// <remarks>
    /// When it breaks off, some loans are stored and some are not; to hand over all of them again is safe. When a loan
    /// comes more than once, the last one counts; in an import it comes once.
    /// </remarks>
    /// <param name="book">All of the one institution; some thousands at a time cost the least.</param>
    /// <param name="import">The import that they come with, which may bring them again after it was broken off: then the answer is the same as the first time, and nothing that came since is overwritten.</param>
    /// <returns>What came of each, in the same order.</returns>
    /// <exception cref="ArgumentException">A loan is of another institution.</exception>
    public async Task<IReadOnlyList<PutLoanAnswer>> PutManyAsync(InstitutionId institution, IReadOnlyList<Loan> book, Guid? import, CancellationToken cancellationToken)
    {
        if (book.FirstOrDefault(loan => loan.Institution != institution) is { } stranger)
            throw new ArgumentException($"Loan {stranger.Number} is of {stranger.Institution}, not of {institution}.", nameof(book));
        var answers = book.Select(loan => LoanRules.Check(loan) is { Count: > 0 } reasons ? new PutLoanAnswer.Refused(reasons) : (PutLoanAnswer?)null).ToArray();
        var (once, again) = FirstOfEach(book, Enumerable.Range(0, book.Count).Where(n => answers[n] is null));

        // Of a book that is new nothing needs to be read: what is there all the same is refused, and then it is read.
        var left = await PutManyAsync(institution, book, import, once, await AreKnownAsync(), answers, cancellationToken);
        if (left.Count > 0)
            left = await PutManyAsync(institution, book, import, left, read: true, answers, cancellationToken);
        foreach (var n in left.Concat(again)) // somebody else changes them just now; or they come once more
        {
            await ConflictException.RetryAsync(
                async () => await PutManyAsync(institution, book, import, [n], read: true, answers, cancellationToken) is []
                    ? answers[n]
                    : throw new ConflictException($"Loan {book[n].Number} of {institution} has changed meanwhile."),
                cancellationToken);
        }

        return answers!;

        async Task<bool> AreKnownAsync()
        {
            int[] sample = once.Count < 3 ? [.. once] : [once[0], once[once.Count / 2], once[^1]];
            return (await loans.FindManyAsync(institution, [.. sample.Select(n => book[n].Number)], cancellationToken)).Count > 0;
        }
    }

    /// <summary>Other holidays became known: plans the day of the scan again. One that has come already stays, for the scan plans what follows.</summary>
    /// <returns>Whether it is another day now.</returns>
    public Task<bool> PlanAnewAsync(InstitutionId institution, LoanNumber number, CancellationToken cancellationToken) =>
        ConflictException.RetryAsync(async () =>
        {
            if (await loans.FindAsync(institution, number, cancellationToken) is not { Watch.ScanOn: { } planned } stored || planned <= BeijingTime.DateOf(clock.GetUtcNow()))
                return false;
            var known = await cases.CasesOfAsync(institution, number, cancellationToken);
            var scanOn = await _planner.NextScanAsync(stored.Loan, known, cancellationToken);
            if (scanOn == planned)
                return false;
            await loans.PutAsync(stored, stored.Loan, stored.Watch with { ScanOn = scanOn }, cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>After the maturity scan has looked at a loan: tells its open case, if it has one, what the book says, and plans the next scan.</summary>
    /// <returns>When the scan has to look at the loan again; null when there is a case for its maturity, or it is settled.</returns>
    public async Task<DateOnly?> AfterScanAsync(Loan loan, CancellationToken cancellationToken)
    {
        await _planner.TellAsync((await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken)).Open, loan, cancellationToken);
        // Read again: what the case was told may have closed it, or moved the maturity that it is about.
        return await _planner.NextScanAsync(loan, await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken), cancellationToken);
    }

    private async Task<PutLoanAnswer> TryPutAsync(Loan loan, CancellationToken cancellationToken)
    {
        var plan = await _planner.PlanAsync(await loans.FindAsync(loan.Institution, loan.Number, cancellationToken), loan, import: null, cancellationToken);
        if (plan.Watch is { } watch)
            await loans.PutAsync(plan.Before, loan, watch, cancellationToken);
        await _planner.TellAsync(plan.Tell, loan, cancellationToken);
        return plan.Answer;
    }

    /// <param name="some">Positions in the book, of different loans.</param>
    /// <param name="read">Whether they may be there already; if not, and one is, it is left.</param>
    /// <returns>Those that were refused by the store.</returns>
    private async Task<IReadOnlyList<int>> PutManyAsync(
        InstitutionId institution, IReadOnlyList<Loan> book, Guid? import, IReadOnlyList<int> some, bool read, PutLoanAnswer?[] answers, CancellationToken cancellationToken)
    {
        var before = read ? await loans.FindManyAsync(institution, [.. some.Select(n => book[n].Number)], cancellationToken) : null;
        var plans = await SideBySide.SelectAsync(some, (n, token) => _planner.PlanAsync(before?.GetValueOrDefault(book[n].Number), book[n], import, token), cancellationToken);

        var changes = plans.Where(plan => plan.Watch is not null).ToList();
        var stored = await loans.PutManyAsync(institution, [.. changes.Select(plan => new LoanChange(plan.Before, plan.Loan, plan.Watch!, MarkOf(plan)))], cancellationToken);
        var refused = changes.Zip(stored).Where(each => !each.Second).Select(each => each.First.Loan.Number).ToHashSet();

        await Parallel.ForAsync(0, some.Count, SideBySide.Options(cancellationToken), async (n, token) =>
        {
            if (refused.Contains(plans[n].Loan.Number))
                return;
            await _planner.TellAsync(plans[n].Tell, plans[n].Loan, token);
            answers[some[n]] = plans[n].Answer;
        });
        return [.. some.Where(n => refused.Contains(book[n].Number))];

        ImportMark? MarkOf(LoanPlan plan) => import is { } id ? new(id, plan.Kind) : null;
    }

    private static (IReadOnlyList<int> First, IReadOnlyList<int> Again) FirstOfEach(IReadOnlyList<Loan> book, IEnumerable<int> positions)
    {
        var seen = new HashSet<LoanNumber>();
        var split = positions.ToLookup(n => seen.Add(book[n].Number));
        return ([.. split[true]], [.. split[false]]);
    }
}

/// <summary>What a loan that was handed over did to the book.</summary>
public enum LoanChangeKind
{
    /// <summary>It stood like this already.</summary>
    None,

    Added,

    Changed,
}

public abstract record PutLoanAnswer
{
    private PutLoanAnswer()
    {
    }

    public sealed record Stored(Loan Loan, LoanChangeKind Kind) : PutLoanAnswer;

    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : PutLoanAnswer;
}
