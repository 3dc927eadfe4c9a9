using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Tests.Relief;

/// <summary>Loans of every kind, on any day of their lives.</summary>
internal static class LoanGen
{
    private static readonly DateOnly FirstDay = new(2014, 11, 1);

    /// <summary>Every fourth is one of the last days of a month, where dates are clamped.</summary>
    public static readonly Gen<DateOnly> Date = Gen.Frequency(
        (3, Gen.Int[0, 5000].Select(FirstDay.AddDays)),
        (1, Gen.Select(Gen.Int[1, 164], Gen.Int[1, 4]).Select((months, before) => FirstDay.AddMonths(months).AddDays(-before))));

    /// <summary>Also the ends of the calendar.</summary>
    public static readonly Gen<DateOnly> AnyDate =
        Gen.Frequency((20, Date), (1, Gen.Const(DateOnly.MinValue)), (1, Gen.Const(DateOnly.MaxValue)));

    /// <summary>Up to 36 months or 1,100 days, amounts from one fen, rates from nothing: few rows, every kind of edge.</summary>
    public static readonly Gen<Loan> Loan =
        Gen.Select(
            Gen.OneOf(Gen.Long[1, 1000], Gen.Long[1, 10_000_000_000]),
            Gen.OneOf(Gen.Const(0), Gen.Int[1, 360_000]),
            Gen.Enum<RepaymentMethod>(),
            Gen.Enum<DayCount>(),
            Gen.Enum<HolidayRule>(),
            Gen.Select(Gen.OneOf(Gen.Const(1), Gen.Const(3)), Gen.Frequency((6, Gen.Const(7)), (1, Gen.Int[0, LoanRules.MaximumShortestLastPeriodDays]))),
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
            PeriodMonths = period.Item1,
            ShortestLastPeriodDays = period.Item2,
            DrawnOn = drawnOn,
            Maturity = drawnOn.AddMonths(term.Item1).AddDays(term.Item2),
        });

    /// <summary>A loan somewhere in its life or past it, with what the book may show then.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf)> Running =
        Gen.Select(Loan, Gen.Frequency((4, Gen.Int[0, 1050]), (1, Gen.Const(1000))), Gen.Enum<Kept>(), Gen.Int[1, 1000], Gen.Int[0, 60], Gen.Int[0, 200])
        .Select((loan, thousandths, kept, share, first, uplift) =>
        {
            var firstDue = loan.DrawnOn.AddDays(first);
            loan = loan with
            {
                FirstDueDate = first > 0 && firstDue <= loan.Maturity ? firstDue : null,
                PenaltyUplift = Math.Min(uplift, 100) / 100m,
                GuaranteeFee = new(loan.Principal, new(0.0125m), loan.DrawnOn, loan.Maturity),
                BridgeFee = new(loan.Principal, new(0.06m), loan.Maturity.AddDays(-1), loan.Maturity.AddDays(10)),
            };
            var asOf = loan.DrawnOn.AddDays((int)((long)(loan.Maturity.DayNumber - loan.DrawnOn.DayNumber) * thousandths / 1000));
            return (Book(loan, asOf, kept, share), asOf);
        });

    /// <summary>A loan that is not past its last day of payment; also on the days between a maturity on a day off and that day.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf)> Open = Running.Select((loan, asOf) => (loan, Earlier(asOf, LastDay(loan))));

    private static readonly DateOnly[] DaysOff =
        [.. Enumerable.Range(0, 365 * 11).Select(new DateOnly(2015, 1, 1).AddDays).Where(day => !BusinessCalendar.China.IsWorkingDay(day))];

    /// <summary>A loan that matures on a day off, on a day after that and up to its day of payment.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf)> BetweenMaturityAndPayment =
        Gen.Select(Loan, Gen.Int[0, DaysOff.Length - 1], Gen.Int[1, 24], Gen.Int[0, 20], Gen.Bool).Select((loan, dayOff, months, later, always) =>
        {
            var maturity = DaysOff[dayOff];
            loan = loan with { DrawnOn = maturity.AddMonths(-months), Maturity = maturity, HolidayRule = always ? HolidayRule.Roll : HolidayRule.RollMaturity };
            return (Book(loan, maturity, Kept.AsAgreed, 0), maturity.AddDays(1 + (later % (LastDay(loan).DayNumber - maturity.DayNumber))));
        });

    /// <summary>Loans drawn and maturing in the last days of months, in their own last days: where dates are clamped most.</summary>
    public static readonly Gen<(Loan Loan, DateOnly AsOf)> AtMonthEnds =
        Gen.Select(Loan, Gen.Int[1, 5], Gen.Int[1, 26], Gen.Int[1, 5], Gen.Int[0, 40]).Select((loan, drawn, months, matures, before) =>
        {
            var drawnOn = MonthEnd(loan.DrawnOn, 0).AddDays(1 - drawn);
            var maturity = MonthEnd(drawnOn, months).AddDays(1 - matures);
            var asOf = maturity.AddDays(-before);
            return (loan with { DrawnOn = drawnOn, Maturity = maturity }, asOf < drawnOn ? drawnOn : asOf);
        });

    public static DateOnly LastDay(Loan loan) =>
        loan.HolidayRule == HolidayRule.Stay ? loan.Maturity : BusinessCalendar.China.NextWorkingDayOnOrAfter(loan.Maturity).Date;

    public static DateOnly MonthEnd(DateOnly date, int monthsLater) =>
        new DateOnly(date.Year, date.Month, 1).AddMonths(monthsLater + 1).AddDays(-1);

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    /// <summary>The loan as its book has it on a day.</summary>
    private static Loan Book(Loan loan, DateOnly asOf, Kept kept, int thousandths)
    {
        if (loan.RepaymentMethod == RepaymentMethod.Bullet && kept == Kept.Prepaid)
            loan = loan with { InterestPaidTo = loan.DrawnOn.AddDays(Math.Max(Earlier(asOf, loan.Maturity).DayNumber - loan.DrawnOn.DayNumber, 0) / 2) };
        if (kept is Kept.NothingRepaid)
            return loan;
        if (kept is Kept.Prepaid)
            return loan with { Outstanding = Money.FromFen(Math.Max(loan.Principal.Fen / 1000 * thousandths, 1)) };
        var contract = ScheduleCalculator.For(ScheduleTerms.Of(loan), BusinessCalendar.China).Instalments;
        // The last one is in arrears by itself when it is past.
        var past = contract.SkipLast(1).TakeWhile(row => row.PayBy < asOf).ToList();
        var left = past.Count == 0 ? loan.Principal : past[^1].Balance;
        UnpaidPrincipal[] arrears = kept == Kept.AsAgreed ? []
            : [.. past.Where(row => row.Principal.IsPositive).TakeLast(1 + (thousandths % 3)).Select(row => new UnpaidPrincipal(row.DueDate, row.Principal))];
        var outstanding = left + arrears.Sum(each => each.Amount);
        return outstanding.IsZero ? loan : loan with { Outstanding = outstanding, PrincipalArrears = arrears };
    }

    /// <summary>How a loan has been paid.</summary>
    private enum Kept
    {
        AsAgreed,

        /// <summary>One to three of the last instalments are unpaid.</summary>
        InArrears,

        /// <summary>In part, and of a bullet loan interest.</summary>
        Prepaid,

        /// <summary>As after a deferral within the term.</summary>
        NothingRepaid,
    }
}
