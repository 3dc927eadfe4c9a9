using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;

namespace LoanRelief.Domain.Relief;

/// <summary>What a deferral does to the dates of a loan.</summary>
/// <param name="Rows">How many of the first rows still to be paid are deferred.</param>
/// <param name="Maturity">The maturity after it.</param>
internal readonly record struct DeferralShape(int Rows, DateOnly Maturity)
{
    /// <param name="deferral">With months or a date.</param>
    /// <param name="terms">Of the loan before the deferral.</param>
    /// <param name="pastRows">Rows that are not to be paid any more.</param>
    public static DeferralShape Of(Deferral deferral, ScheduleTerms terms, int pastRows)
    {
        var dates = new DueDates(terms);
        var rows = terms.Method == RepaymentMethod.Bullet
            ? (deferral.Months > 0 || deferral.Until > terms.Maturity ? 1 : 0)
            : deferral.Months / terms.PeriodMonths ?? Math.Max(dates.CountBefore(deferral.Until!.Value) - pastRows, 0);
        return new(rows, deferral.Term == DeferralTerm.Keep ? terms.Maturity : Lengthened(deferral, terms, dates, rows));
    }

    /// <summary>Instalments move by whole periods; a loan that is repaid at maturity moves to the very date.</summary>
    private static DateOnly Lengthened(Deferral deferral, ScheduleTerms terms, DueDates dates, int rows)
    {
        if (deferral.Months is { } months)
            return dates.MaturityPlus(months);
        if (InterestMath.CountsMonths(terms.Method))
            return dates.MaturityPlus(rows * terms.PeriodMonths);
        return deferral.Until > terms.Maturity ? deferral.Until.Value : terms.Maturity;
    }
}
