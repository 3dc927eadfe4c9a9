using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Tests.Relief;

/// <summary>Loans and changes of every kind, sound and unsound.</summary>
internal static class LoanGen
{
    private static readonly DateOnly FirstDay = new(2014, 11, 1);

    /// <summary>Every fourth is one of the last days of a month, where dates are clamped.</summary>
    public static readonly Gen<DateOnly> Date = Gen.Frequency(
        (3, Gen.Int[0, 5000].Select(FirstDay.AddDays)),
        (1, Gen.Select(Gen.Int[1, 164], Gen.Int[1, 4]).Select((months, before) => FirstDay.AddMonths(months).AddDays(-before))));

    /// <summary>Also the ends of the calendar.</summary>
    private static readonly Gen<DateOnly> AnyDate =
        Gen.Frequency((20, Date), (1, Gen.Const(DateOnly.MinValue)), (1, Gen.Const(DateOnly.MaxValue)));

    /// <summary>Up to 36 months or 1,100 days, amounts from one fen, rates from nothing: few rows, every kind of edge.</summary>
    public static readonly Gen<Loan> Loan =
        Gen.Select(
            Gen.OneOf(Gen.Long[1, 1000], Gen.Long[1, 10_000_000_000]),
            Gen.OneOf(Gen.Const(0), Gen.Int[1, 360_000]),
            Gen.Enum<RepaymentMethod>(),
            Gen.Enum<DayCount>(),
            Gen.Enum<HolidayRule>(),
            Gen.OneOf(Gen.Const(1), Gen.Const(3)),
            Date,
            Gen.OneOf(
                Gen.Int[1, 36].Select(months => (months, 0)),
                Gen.Int[1, 1100].Select(days => (0, days)),
                Gen.Select(Gen.Int[1, 14], Gen.Int[-9, 9])))
        .Select((fen, millionths, method, dayCount, holidays, period, drawnOn, term) => SampleLoan.Bullet with
        {
            Principal = Money.FromFen(fen),
            Outstanding = Money.FromFen(fen),
            Rate = new(millionths / 1_000_000m),
            RepaymentMethod = method,
            DayCount = dayCount,
            HolidayRule = holidays,
            PeriodMonths = period,
            DrawnOn = drawnOn,
            Maturity = drawnOn.AddMonths(term.Item1).AddDays(term.Item2),
        });

    /// <summary>A loan somewhere in its life or past it, with what the book may show then.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf)> Running =
        Gen.Select(Loan, Gen.Frequency((4, Gen.Int[0, 1050]), (1, Gen.Const(1000))), Gen.Long[1, 1000], Gen.Bool, Gen.Int[0, 60], Gen.Int[0, 200]).Select((loan, thousandths, paid, prepaid, first, uplift) =>
        {
            var term = loan.Maturity.DayNumber - loan.DrawnOn.DayNumber;
            var firstDue = loan.DrawnOn.AddDays(first);
            return (loan with
            {
                Outstanding = prepaid ? Money.FromFen(Math.Max(loan.Principal.Fen / 1000 * paid, 1)) : loan.Principal,
                FirstDueDate = first > 0 && firstDue <= loan.Maturity ? firstDue : null,
                PenaltyUplift = Math.Min(uplift, 100) / 100m,
                GuaranteeFee = new(loan.Principal, new(0.0125m), loan.DrawnOn, loan.Maturity),
                BridgeFee = new(loan.Principal, new(0.06m), loan.Maturity.AddDays(-1), loan.Maturity.AddDays(10)),
            }, loan.DrawnOn.AddDays((int)((long)term * thousandths / 1000)));
        });

    /// <summary>Also on days that can not be meant.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf)> Any =
        Gen.Select(Running, Gen.Int[0, 19], AnyDate).Select((running, rarely, day) => rarely == 0 ? (running.Loan, day) : running);

    public static readonly Gen<Deferral> Deferral =
        Gen.Select(Gen.Int[0, 12], AnyDate, Gen.Bool, Gen.Enum<DeferredPart>(), Gen.Enum<DeferralTerm>(), Gen.Enum<DeferredInterest>())
        .Select((months, until, byMonths, part, term, interest) =>
            (byMonths ? new Deferral(months * 3) : new Deferral(Until: until)) with { Part = part, Term = term, Interest = interest });

    public static readonly Gen<RateCut> Cut =
        Gen.Select(Gen.Int[1, 1000], Gen.Bool, Gen.Enum<RateCutMode>(), AnyDate, AnyDate, Gen.Bool)
        .Select((thousandths, byShare, mode, from, until, open) => new RateCut
        {
            Share = byShare ? thousandths / 1000m : null,
            NewRate = byShare ? null : new(thousandths / 10_000m),
            Mode = mode,
            From = open ? null : from,
            Until = open ? null : until,
        });

    public static readonly Gen<LoanChange> Change = Gen.OneOf<LoanChange>(
        Deferral.Select(each => (LoanChange)each),
        Cut.Select(each => (LoanChange)each),
        AnyDate.Select(date => (LoanChange)new Extension(date)),
        Gen.Select(AnyDate, Gen.Bool, AnyDate, Gen.Enum<RepaymentMethod>()).Select((maturity, named, on, method) =>
            (LoanChange)new Renewal(maturity) { On = named ? on : null, Rate = named ? new(0.03m) : null, RepaymentMethod = method }),
        Gen.Int[1, 10].Select(tenths => (LoanChange)new PenaltyWaiver(tenths / 10m)),
        Gen.Select(Gen.Int[1, 10], AnyDate, AnyDate).Select((tenths, from, until) => (LoanChange)new GuaranteeFeeWaiver(tenths / 10m) { From = from, Until = until }),
        Gen.Int[1, 130].Select(each => (LoanChange)new GuaranteeFeeCap(new(each / 10_000m))),
        Gen.Int[1, 130].Select(each => (LoanChange)new GuaranteeFeeSubsidy(new(each / 10_000m))),
        Gen.Int[1, 10].Select(tenths => (LoanChange)new BridgeFeeWaiver(tenths / 10m)));

    /// <summary>Changes that suit the loan, so that few are refused.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf, LoanChange[] Changes)> Fitting =
        Gen.Select(Running, Gen.Int[0, 5], Deferral, Gen.Int[1, 600], Gen.Int[-40, 40], Cut, Gen.Int[0, 15])
        .Select((running, kind, deferral, days, around, cut, others) =>
        {
            var loan = running.Loan;
            // Also on the days between a maturity on a day off and its day of payment.
            var lastDay = loan.HolidayRule == HolidayRule.Stay ? loan.Maturity : BusinessCalendar.China.NextWorkingDayOnOrAfter(loan.Maturity).Date;
            var asOf = Earlier(running.AsOf, lastDay);
            var later = loan.Maturity.AddDays(days);
            deferral = deferral.Months is { } months ? deferral with { Months = months + 3 } : deferral with { Until = later };
            LoanChange[] terms = kind switch
            {
                0 => [],
                1 => [deferral with { Term = DeferralTerm.Lengthen }],
                2 => [deferral with { Term = DeferralTerm.Keep, Months = null, Until = asOf.AddDays(days) }],
                3 => [new Extension(later)],
                4 => [new Extension(later), deferral with { Term = DeferralTerm.Keep, Months = 3, Until = null }],
                _ => [new Renewal(later) { On = around < 0 ? null : Earlier(asOf.AddDays(around), lastDay), RepaymentMethod = cut.From is null ? null : RepaymentMethod.EqualInstalment }],
            };
            var from = cut.From is null ? (DateOnly?)null : asOf.AddDays(around);
            var sized = cut with { From = from, Until = from?.AddDays(days), NewRate = null, Share = cut.Share ?? 0.1m };
            LoanChange[] beside = [sized, new GuaranteeFeeWaiver(0.5m), new GuaranteeFeeCap(new(0.008m)), new BridgeFeeWaiver()];
            LoanChange[] changes = [.. terms, .. beside.Where((_, i) => (others & (1 << i)) != 0)];
            return (loan, asOf, changes);
        });

    /// <summary>Loans drawn and maturing in the last days of months, changed in their own last days: where dates are clamped most.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf, LoanChange Change)> MonthEnds =
        Gen.Select(Loan, Gen.Int[1, 5], Gen.Int[1, 26], Gen.Int[1, 5], Gen.Int[0, 40], Gen.Select(Gen.Int[1, 14], Gen.Bool, Deferral))
        .Select((loan, drawn, months, matures, before, change) =>
        {
            var (later, extends, deferral) = change;
            var drawnOn = MonthEnd(loan.DrawnOn, 0).AddDays(1 - drawn);
            var maturity = MonthEnd(drawnOn, months).AddDays(1 - matures);
            var asOf = maturity.AddDays(-before);
            LoanChange wanted = extends
                ? new Extension(MonthEnd(maturity, later).AddDays(1 - drawn))
                : deferral with { Months = later * loan.PeriodMonths, Until = null, Term = DeferralTerm.Lengthen };
            return (loan with { DrawnOn = drawnOn, Maturity = maturity }, asOf < drawnOn ? drawnOn : asOf, wanted);
        });

    private static DateOnly MonthEnd(DateOnly date, int monthsLater) =>
        new DateOnly(date.Year, date.Month, 1).AddMonths(monthsLater + 1).AddDays(-1);

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
