namespace LoanRelief.Testing.SampleBook;

/// <summary>When the sample loans mature: from 2025-03-10 to 2025-05-31.</summary>
internal static class SampleMaturities
{
    /// <summary>The month-ahead contact of these is already late on the first day of the demonstration.</summary>
    public const int TooLate = 24;

    /// <summary>清明, 4 to 6 April 2025.</summary>
    public const int OnTombSweeping = 10;

    /// <summary>劳动节, 1 to 5 May 2025.</summary>
    public const int OnLabourDay = 15;

    /// <summary>As many maturities, in no order.</summary>
    public static Queue<DateOnly> Deal(int count, SampleRandom random)
    {
        var rest = count - TooLate - OnTombSweeping - OnLabourDay;
        List<DateOnly> dates =
        [
            .. Spread(TooLate, Days(new(2025, 3, 10), new(2025, 4, 2))),
            .. Spread(OnTombSweeping, Days(new(2025, 4, 4), new(2025, 4, 6))),
            .. Spread(OnLabourDay, Days(new(2025, 5, 1), new(2025, 5, 5))),
            .. Spread(rest,
            [
                .. Days(new(2025, 4, 3), new(2025, 4, 3)),
                .. Days(new(2025, 4, 7), new(2025, 4, 30)),
                .. Days(new(2025, 5, 6), new(2025, 5, 31)),
            ]),
        ];
        random.Shuffle(dates);
        return new(dates);
    }

    private static IEnumerable<DateOnly> Spread(int count, DateOnly[] days) => Enumerable.Range(0, count).Select(n => days[n % days.Length]);

    private static DateOnly[] Days(DateOnly first, DateOnly last) =>
        [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)];
}
