using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Schedules;

/// <summary>How much principal each of a number of rows repays; the last row repays what is left, and so absorbs the rounding.</summary>
internal readonly struct PrincipalPlan
{
    private readonly RepaymentMethod _method;
    private readonly decimal _rate;
    private readonly int _periodMonths;

    /// <summary>The equal instalment or the equal part of principal, in fen; not used by the other methods.</summary>
    private readonly long _equal;

    public PrincipalPlan(ScheduleTerms terms, long balance, int rows)
    {
        (_method, _rate, _periodMonths) = (terms.Method, terms.Rate.Fraction, terms.PeriodMonths);
        _equal = _method switch
        {
            RepaymentMethod.EqualInstalment => EqualInstalment(balance, _rate * _periodMonths / 12, rows),
            RepaymentMethod.EqualPrincipal => Money.RoundFen((decimal)balance / rows).Fen,
            _ => 0,
        };
    }

    /// <summary>The principal of all rows.</summary>
    public static Money[] Rows(ScheduleTerms terms, Money balance, int rows)
    {
        var plan = new PrincipalPlan(terms, balance.Fen, rows);
        var principal = new Money[rows];
        var left = balance.Fen;
        for (var i = 0; i < rows; i++)
        {
            principal[i] = Money.FromFen(plan.Principal(left, i == rows - 1, null));
            left -= principal[i].Fen;
        }

        return principal;
    }

    /// <summary>Principal of a row in fen.</summary>
    /// <remarks>
    /// A broken period repays what a whole one would; only its interest differs. So no row depends on the length of
    /// another, and the instalments of whole periods are equal.
    /// </remarks>
    /// <param name="balance">Before the row.</param>
    /// <param name="last">Whether it is the last row.</param>
    /// <param name="wholeInterest">Interest of a whole period on that balance, rounded, where it is known already.</param>
    public long Principal(long balance, bool last, long? wholeInterest) => last ? balance : _method switch
    {
        RepaymentMethod.EqualInstalment => Math.Clamp(_equal - (wholeInterest ?? WholePeriodInterest(balance)), 0, balance),
        RepaymentMethod.EqualPrincipal => Math.Min(_equal, balance),
        _ => 0,
    };

    private long WholePeriodInterest(long balance) =>
        Money.RoundFen(InterestMath.Exact(balance, _rate, InterestMath.ShareOfMonths(_periodMonths))).Fen;

    /// <summary>P·i·(1+i)ⁿ / ((1+i)ⁿ − 1), rounded to the fen.</summary>
    private static long EqualInstalment(long balance, decimal periodRate, int rows)
    {
        var growth = Power(1m + periodRate, rows);
        // No interest, or so little that 28 digits do not see it.
        if (growth == 1m)
            return Money.RoundFen((decimal)balance / rows).Fen;
        return Money.RoundFen(balance * periodRate * (growth / (growth - 1m))).Fen;
    }

    private static decimal Power(decimal value, int exponent)
    {
        var result = 1m;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1)
                result *= value;
            if (exponent > 1)
                value *= value;
        }

        return result;
    }
}
