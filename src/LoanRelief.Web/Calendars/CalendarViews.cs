using LoanRelief.Desk.Calendars;
using LoanRelief.Domain.Calendars;

namespace LoanRelief.Web.Calendars;

/// <summary>How sure the working days of a year are.</summary>
public enum CalendarStatus
{
    /// <summary>The notice of the State Council is known.</summary>
    Published,

    /// <summary>It is not: weekdays count as working days, and every date that rests on them is marked.</summary>
    Provisional,
}

/// <summary>The years that are known, and those after them, up to the next, that are not.</summary>
public sealed record CalendarList(IReadOnlyList<CalendarSummary> Years);

/// <summary>A year without its days.</summary>
public sealed record CalendarSummary
{
    public required int Year { get; init; }

    public required CalendarStatus Status { get; init; }

    /// <summary>From 1; 0 for a provisional year.</summary>
    public required int Version { get; init; }

    /// <summary>Document numbers of the notices.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Where it was read.</summary>
    public string? Source { get; init; }

    internal static CalendarSummary Of(CalendarYear year) => new()
    {
        Year = year.Year,
        Status = CalendarStatus.Published,
        Version = year.Version,
        Notices = year.Content.Notices,
        Source = year.Content.Source,
    };

    internal static CalendarSummary Provisional(int year) =>
        new() { Year = year, Status = CalendarStatus.Provisional, Version = 0, Notices = [] };
}

/// <summary>A year of holidays (节假日安排).</summary>
public sealed record CalendarView
{
    public required int Year { get; init; }

    public required CalendarStatus Status { get; init; }

    /// <summary>From 1; 0 for a provisional year. The <c>ETag</c> is made of it.</summary>
    public required int Version { get; init; }

    /// <summary>Document numbers of the notices.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Where it was read.</summary>
    public string? Source { get; init; }

    /// <summary>As announced; none for a provisional year.</summary>
    public required IReadOnlyList<Holiday> Holidays { get; init; }

    internal static CalendarView Of(CalendarYear year) => new()
    {
        Year = year.Year,
        Status = CalendarStatus.Published,
        Version = year.Version,
        Notices = year.Content.Notices,
        Source = year.Content.Source,
        Holidays = year.Content.Holidays,
    };

    internal static CalendarView Provisional(int year) =>
        new() { Year = year, Status = CalendarStatus.Provisional, Version = 0, Notices = [], Holidays = [] };
}
