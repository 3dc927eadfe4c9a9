using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Schedules;
using Asked = (LoanRelief.Domain.Loans.Loan Loan, System.DateOnly AsOf, LoanRelief.Domain.Relief.LoanChange[] Changes);

namespace LoanRelief.Domain.Tests.Relief;

/// <summary>Requests for changes of a loan: such as suit it, and any at all.</summary>
internal static class ChangeGen
{
    public static readonly Gen<Deferral> Deferral =
        Gen.Select(Gen.Int[0, 12], LoanGen.AnyDate, Gen.Bool, Gen.Enum<DeferredPart>(), Gen.Enum<DeferralTerm>(), Gen.Enum<DeferredInterest>())
        .Select((months, until, byMonths, part, term, interest) =>
            (byMonths ? new Deferral(months * 3) : new Deferral(Until: until)) with { Part = part, Term = term, Interest = interest });

    private static readonly Gen<RateCut> Cut =
        Gen.Select(Gen.Int[1, 1000], Gen.Bool, Gen.Enum<RateCutMode>(), LoanGen.AnyDate, LoanGen.AnyDate, Gen.Bool)
        .Select((thousandths, byShare, mode, from, until, open) => new RateCut
        {
            Share = byShare ? thousandths / 1000m : null,
            NewRate = byShare ? null : new(thousandths / 10_000m),
            Mode = mode,
            From = open ? null : from,
            Until = open ? null : until,
        });

    private static readonly Gen<LoanChange> Change = Gen.OneOf<LoanChange>(
        Deferral.Select(each => (LoanChange)each),
        Cut.Select(each => (LoanChange)each),
        LoanGen.AnyDate.Select(date => (LoanChange)new Extension(date)),
        Gen.Select(LoanGen.AnyDate, Gen.Bool, LoanGen.AnyDate, Gen.Enum<RepaymentMethod>()).Select((maturity, named, on, method) =>
            (LoanChange)new Renewal(maturity) { On = named ? on : null, Rate = named ? new(0.03m) : null, RepaymentMethod = method }),
        Gen.Int[1, 10].Select(tenths => (LoanChange)new PenaltyWaiver(tenths / 10m)),
        Gen.Select(Gen.Int[1, 10], LoanGen.AnyDate, LoanGen.AnyDate).Select((tenths, from, until) => (LoanChange)new GuaranteeFeeWaiver(tenths / 10m) { From = from, Until = until }),
        Gen.Int[1, 130].Select(each => (LoanChange)new GuaranteeFeeCap(new(each / 10_000m))),
        Gen.Int[1, 130].Select(each => (LoanChange)new GuaranteeFeeSubsidy(new(each / 10_000m))),
        Gen.Int[1, 10].Select(tenths => (LoanChange)new BridgeFeeWaiver(tenths / 10m)));

    /// <summary>Changes of any kind on any day, most of which can not be meant.</summary>
    private static readonly Gen<Asked> Wild =
        Gen.Select(LoanGen.Running, Gen.Int[0, 19], LoanGen.AnyDate, Change.Array[1, 3])
        .Select((running, rarely, day, changes) => (running.Loan, rarely == 0 ? day : running.AsOf, changes));

    private static readonly Gen<Wish> AnyWish =
        Gen.Select(
            Gen.Enum<Term>(), Gen.Bool, Gen.Int[1, 12], Gen.Int[1, 600], Gen.Int[0, 999], Gen.Int[0, 31],
            Gen.Select(Gen.Enum<DeferredPart>(), Gen.Enum<DeferredInterest>(), Gen.Int[1, 1000], Gen.Enum<RateCutMode>(), Gen.Enum<RepaymentMethod>()))
        .Select((term, byMonths, periods, days, share, beside, more) => new Wish(term, byMonths, periods, days, share, beside, more.Item1, more.Item2, more.Item3 / 1000m, more.Item4, more.Item5));

    /// <summary>Changes that suit the loan, alone and together.</summary>
    public static readonly Gen<Asked> Fitting = Suiting(LoanGen.Open, AnyWish);

    /// <summary>Likewise with a deferral that lengthens the term in all of them.</summary>
    public static readonly Gen<Asked> Lengthening = Suiting(LoanGen.Open, AnyWish.Select(wish => wish with { Term = Term.Lengthened }));

    /// <summary>Such as suit it between a maturity on a day off and its day of payment.</summary>
    public static readonly Gen<Asked> BetweenMaturityAndPayment = Suiting(LoanGen.BetweenMaturityAndPayment, AnyWish);

    /// <summary>An extension or a longer term, where dates are clamped most.</summary>
    public static readonly Gen<Asked> AtMonthEnds =
        Gen.Select(LoanGen.AtMonthEnds, AnyWish).Select((running, wish) =>
        {
            var (loan, asOf) = running;
            LoanChange change = wish.ByMonths
                ? new Extension(LoanGen.MonthEnd(loan.Maturity, wish.Periods).AddDays(-wish.Days % 5))
                : Lengthened(loan, asOf, wish with { ByMonths = true });
            return (loan, asOf, new[] { change });
        });

    public static readonly Gen<Asked> Any = Gen.OneOf(Fitting, Wild);

    private static Gen<Asked> Suiting(Gen<(Loan, DateOnly)> loans, Gen<Wish> wishes) =>
        Gen.Select(loans, wishes).Select((running, wish) => (running.Item1, running.Item2, Suiting(running.Item1, running.Item2, wish)));

    private static LoanChange[] Suiting(Loan loan, DateOnly asOf, Wish wish)
    {
        var changes = new List<LoanChange>();
        var remaining = ScheduleCalculator.Remaining(loan, asOf, BusinessCalendar.China).Instalments;
        var canKeep = remaining.Count > 1 && loan.RepaymentMethod != RepaymentMethod.Bullet;
        var lastDay = LoanGen.LastDay(loan);
        if (wish.Term is Term.Extended or Term.ExtendedAndKept)
            changes.Add(new Extension(loan.Maturity.AddDays(wish.Days)));
        if (wish.Term == Term.Lengthened)
            changes.Add(Lengthened(loan, asOf, wish));
        if (wish.Term == Term.Kept && canKeep)
            changes.Add(Kept(loan, asOf, wish, remaining, 1 + (wish.Share * (remaining.Count - 1) / 1000)));
        if (wish.Term == Term.ExtendedAndKept && canKeep)
            changes.Add(Kept(loan, asOf, wish with { ByMonths = true }, remaining, 1));
        if (wish.Term == Term.Renewed)
            changes.Add(new Renewal(lastDay.AddDays(wish.Days)) { On = wish.ByMonths ? null : Part(asOf, lastDay, wish.Share), RepaymentMethod = wish.Method });

        if ((wish.Beside & 1) != 0 && (asOf < lastDay || wish.Term is Term.Extended or Term.Lengthened))
        {
            var from = wish.ByMonths || asOf >= lastDay ? (DateOnly?)null : Part(asOf, lastDay, wish.Share);
            changes.Add(new RateCut { Share = wish.CutBy, Mode = wish.Mode, From = from, Until = from?.AddDays(wish.Days) });
        }

        if ((wish.Beside & 2) != 0 && asOf < loan.GuaranteeFee?.To)
            changes.Add(new GuaranteeFeeWaiver(0.5m));
        if ((wish.Beside & 4) != 0 && asOf < loan.GuaranteeFee?.To)
            changes.Add(new GuaranteeFeeCap(new(0.008m)));
        if ((wish.Beside & 8) != 0 && loan.PrincipalArrears.Count > 0)
            changes.Add(new PenaltyWaiver(wish.CutBy));
        if (loan.BridgeFee is not null && ((wish.Beside & 16) != 0 || changes.Count == 0))
            changes.Add(new BridgeFeeWaiver());
        return changes.Count > 0 ? [.. changes] : [new Extension(loan.Maturity.AddDays(wish.Days))];
    }

    private static Deferral Lengthened(Loan loan, DateOnly asOf, Wish wish)
    {
        var bullet = loan.RepaymentMethod == RepaymentMethod.Bullet;
        var deferral = wish.ByMonths ? new Deferral(wish.Periods * (bullet ? 1 : loan.PeriodMonths)) : new Deferral(Until: Later(loan.Maturity, asOf).AddDays(wish.Days));
        // Nothing follows a bullet loan whose interest is deferred too, to which it could be added.
        return deferral with { Part = wish.Part, Interest = bullet && wish.Interest == DeferredInterest.Capitalise ? DeferredInterest.AtEnd : wish.Interest };
    }

    private static Deferral Kept(Loan loan, DateOnly asOf, Wish wish, IReadOnlyList<Instalment> remaining, int rows)
    {
        var deferral = wish.ByMonths ? new Deferral(rows * loan.PeriodMonths) : new Deferral(Until: Later(asOf, remaining[rows - 1].DueDate.AddDays(1)));
        // Where principal is due at maturity only, there is nothing else to defer within the term.
        var part = loan.RepaymentMethod == RepaymentMethod.InterestThenPrincipal ? DeferredPart.PrincipalAndInterest : wish.Part;
        return deferral with { Term = DeferralTerm.Keep, Part = part, Interest = wish.Interest };
    }

    /// <summary>A day from one on and before another, where there is one.</summary>
    private static DateOnly Part(DateOnly from, DateOnly to, int thousandths) => from.AddDays((to.DayNumber - from.DayNumber) * thousandths / 1000);

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private enum Term
    {
        AsItIs,
        Lengthened,
        Kept,
        Extended,
        ExtendedAndKept,
        Renewed,
    }

    /// <summary>What is asked for, in measures that any loan can be given.</summary>
    /// <param name="Share">Thousandths of the rows or the time that is left.</param>
    /// <param name="Beside">One bit for each change that does not touch the term.</param>
    private sealed record Wish(
        Term Term, bool ByMonths, int Periods, int Days, int Share, int Beside,
        DeferredPart Part, DeferredInterest Interest, decimal CutBy, RateCutMode Mode, RepaymentMethod Method);
}
