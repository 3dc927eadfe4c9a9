using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Coverage;

/// <summary>Whether a loan that matures has a case, and if not, why not. Each loan and maturity has exactly one.</summary>
public enum ScanVerdict
{
    /// <summary>A case was opened for this maturity; how it went on, or ended, is in the case.</summary>
    CaseOpened,

    /// <summary>Nothing is outstanding any more, and no case had been opened before.</summary>
    Settled,

    /// <summary>The book moved the maturity to another day before a case was opened for this one.</summary>
    Moved,

    /// <summary>The day on which the scan opens a case has not come.</summary>
    Ahead,

    /// <summary>That day has come and the scan has not looked at the loan since; the next run does.</summary>
    Due,

    /// <summary>That day has come, and a case about another maturity of the loan is open; the scan waits for its end.</summary>
    OtherCaseOpen,

    /// <summary>Nothing explains why there is no case. The program does not let it come to this.</summary>
    Unexplained,
}

/// <summary>One loan and one of its maturities, and what the scan made of it.</summary>
/// <param name="Maturity">The maturity that it is about.</param>
/// <param name="Loan">The loan as the book has it now.</param>
/// <param name="Case">The case about this maturity, or the open one that is waited for.</param>
/// <param name="ScanOn">The day on which the scan looks at the loan, where that is why.</param>
public sealed record CoveredLoan(DateOnly Maturity, Loan Loan, ScanVerdict Verdict, CaseId? Case = null, DateOnly? ScanOn = null)
{
    public MaturityEntry Entry => new(Maturity, Loan.Number);
}

/// <param name="Loans">How many loans (笔数).</param>
/// <param name="Outstanding">What is outstanding on them now (金额).</param>
public readonly record struct LoanFigure(int Loans, Money Outstanding)
{
    public static LoanFigure operator +(LoanFigure a, LoanFigure b) => new(a.Loans + b.Loans, a.Outstanding + b.Outstanding);
}

/// <summary>What the scan made of every loan with a maturity in a window. The figures of all verdicts add up to the loans that there are.</summary>
/// <param name="AsOf">Business time at which it was counted.</param>
/// <param name="ScannedUpTo">The last day whose scan has been completed; null before the first.</param>
/// <param name="Verdicts">Every verdict, those without a loan included.</param>
public sealed record ScanCoverage(DateTimeOffset AsOf, DateOnly? ScannedUpTo, IReadOnlyDictionary<ScanVerdict, LoanFigure> Verdicts)
{
    public LoanFigure All => Verdicts.Values.Aggregate(default(LoanFigure), (sum, each) => sum + each);
}

/// <param name="Loans">By day of maturity and number. May be fewer than asked for although others follow.</param>
/// <param name="Next">What the next page comes after; null on the last.</param>
public sealed record CoveragePage(IReadOnlyList<CoveredLoan> Loans, MaturityEntry? Next);
