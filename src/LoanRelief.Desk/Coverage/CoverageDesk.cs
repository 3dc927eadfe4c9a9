using System.Runtime.CompilerServices;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Coverage;

/// <summary>Proves that no loan was dropped (应续尽续): every loan with a maturity in a window has a case, or a reason why not.</summary>
/// <remarks>
/// Nothing is taken from what the scan says of itself. Each loan and its cases are read where they stand, so a loan that
/// the scan had missed would show. A loan stands at every maturity that it ever had in the book: to move a maturity out of
/// the window does not move the loan out of the count. Costs two point reads a loan of the window, whatever the book holds.
/// </remarks>
public sealed class CoverageDesk(ILoanStore loans, ICaseStore cases, IJobStore jobs, TimeProvider clock)
{
    /// <summary>Days of maturity in a window, a month: of a book of a million loans that is some 80,000, each looked at by two point reads.</summary>
    public const int LongestDays = 31;

    /// <summary>Loans that are looked at side by side, and kept in memory.</summary>
    private const int AtATime = 256;

    /// <summary>Loans that are looked at for one page, however few of them are shown.</summary>
    private const int MostLookedAt = 1_000;

    /// <summary>Counts every loan with a maturity in the window.</summary>
    public async Task<ScanCoverage> CountAsync(InstitutionId institution, DayWindow window, CancellationToken cancellationToken)
    {
        var now = BeijingTime.Of(clock.GetUtcNow());
        var scanned = (await jobs.FindAsync(MaturityScan.JobName, cancellationToken))?.CompletedUpTo;
        var verdicts = Enum.GetValues<ScanVerdict>().ToDictionary(verdict => verdict, _ => default(LoanFigure));
        await foreach (var (_, loan) in LookAsync(institution, window, null, AtATime, cancellationToken))
        {
            if (loan is not null)
                verdicts[loan.Verdict] += new LoanFigure(1, loan.Loan.Outstanding);
        }

        return new(now, scanned, verdicts);
    }

    /// <summary>The loans behind the figures, a page at a time.</summary>
    /// <param name="verdict">Those with this verdict; null for all.</param>
    /// <param name="after"><see cref="CoveragePage.Next"/> of the page before.</param>
    /// <param name="size">1 to 1,000.</param>
    public async Task<CoveragePage> PageAsync(
        InstitutionId institution, DayWindow window, ScanVerdict? verdict, MaturityEntry? after, int size, CancellationToken cancellationToken)
    {
        var (page, lookedAt, last) = (new List<CoveredLoan>(), 0, default(MaturityEntry));
        await foreach (var (entry, loan) in LookAsync(institution, window, after, Math.Min(size + 1, AtATime), cancellationToken))
        {
            if (page.Count == size || lookedAt == MostLookedAt)
                return new(page, last);
            (last, lookedAt) = (entry, lookedAt + 1);
            if (loan is not null && (verdict is null || loan.Verdict == verdict))
                page.Add(loan);
        }

        return new(page, null);
    }

    /// <summary>Every entry of the index, with the loan if it ever had that maturity.</summary>
    private async IAsyncEnumerable<(MaturityEntry Entry, CoveredLoan? Loan)> LookAsync(
        InstitutionId institution, DayWindow window, MaturityEntry? after, int atATime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entries in loans.MaturingAsync(institution, window.From, window.To, after, cancellationToken).Chunk(atATime))
        {
            var looked = await SideBySide.SelectAsync(entries, (entry, token) => LookAtAsync(institution, entry, token), cancellationToken);
            foreach (var each in entries.Zip(looked))
                yield return each;
        }
    }

    /// <remarks>The loan first: one that the scan has done with has its case by then.</remarks>
    private async Task<CoveredLoan?> LookAtAsync(InstitutionId institution, MaturityEntry entry, CancellationToken cancellationToken)
    {
        if (await loans.FindAsync(institution, entry.Loan, cancellationToken) is not { } stored || !stored.HasHad(entry.On))
            return null;
        var known = await cases.CasesOfAsync(institution, entry.Loan, cancellationToken);
        return await CaseAboutAsync(known, entry.On, cancellationToken) is { } about
            ? new(entry.On, stored.Loan, ScanVerdict.CaseOpened, about)
            : WhyNot(stored, entry.On, known.Open);
    }

    private CoveredLoan WhyNot(StoredLoan stored, DateOnly maturity, CaseId? open)
    {
        var today = BeijingTime.DateOf(clock.GetUtcNow());
        var (loan, scanOn) = (stored.Loan, stored.Watch.ScanOn);
        if (loan.Maturity != maturity)
            return new(maturity, loan, ScanVerdict.Moved);
        if (loan.IsSettled)
            return new(maturity, loan, ScanVerdict.Settled);
        if (scanOn is null)
            return new(maturity, loan, ScanVerdict.Unexplained);
        // While another case is open the scan looks again each day.
        if (open is not null && scanOn <= today.AddDays(1))
            return new(maturity, loan, ScanVerdict.OtherCaseOpen, open);
        return new(maturity, loan, scanOn > today ? ScanVerdict.Ahead : ScanVerdict.Due, ScanOn: scanOn);
    }

    /// <summary>The last case nearly always; a loan that was extended has had one for each maturity.</summary>
    private async Task<CaseId?> CaseAboutAsync(LoanCases known, DateOnly maturity, CancellationToken cancellationToken)
    {
        if (known.LastMaturity == maturity)
            return known.Last;
        for (var ordinal = known.Cases - 1; ordinal > 0; ordinal--)
        {
            var earlier = new CaseId(known.Institution, known.Loan, ordinal);
            if ((await cases.FindAsync(earlier, cancellationToken))?.State.Maturity == maturity)
                return earlier;
        }

        return null;
    }
}
