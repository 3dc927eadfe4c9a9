using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace LoanRelief.Domain.Calendars;

/// <summary>One year of the State Council's notices (国务院办公厅关于部分节假日安排的通知).</summary>
/// <param name="Notices">Document numbers, the year's notice first and later changes after it; empty when not known.</param>
/// <param name="Holidays">As announced, in the order of their dates.</param>
public sealed record HolidayYear(
    [property: Length(0, 20)] IReadOnlyList<string> Notices,
    [property: Length(1, 30)] IReadOnlyList<Holiday> Holidays)
{
    /// <summary>Where it was read, such as the address of the published notice.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Source { get; init; }
}

/// <param name="Name">节日, such as 春节.</param>
/// <param name="From">First day off. New Year's holiday may begin in December of the year before.</param>
/// <param name="To">Last day off, included.</param>
public sealed record Holiday([property: StringLength(100, MinimumLength = 1)] string Name, DateOnly From, DateOnly To)
{
    /// <summary>调休上班: Saturdays and Sundays that are worked instead.</summary>
    [Length(0, 10)]
    public IReadOnlyList<DateOnly> MakeUpDays { get; init; } = [];

    /// <summary>Days off, the first and the last included.</summary>
    [JsonIgnore]
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Those of them that would be worked without the holiday.</summary>
    [JsonIgnore]
    public int WeekdaysOff => Enumerable.Range(From.DayNumber, Days).Count(day => !BusinessCalendar.IsWeekend(DateOnly.FromDayNumber(day)));
}

/// <summary>Holiday data as it is written in JSON.</summary>
/// <param name="Source">Where the data comes from, in words.</param>
/// <param name="Years">By year of the notice.</param>
public sealed record HolidayData(string Source, IReadOnlyDictionary<int, HolidayYear> Years);
