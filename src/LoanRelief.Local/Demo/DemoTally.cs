using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using LoanRelief.Domain.Cases;

namespace LoanRelief.Local.Demo;

/// <summary>Where the cases stand: a table with a column for each stage and each outcome, by the names that the lists of cases take.</summary>
internal sealed class DemoTally(DemoBank bank)
{
    private const string DayFormat = "MM-dd";
    private const string Bar = "   |"; // the width of a column
    private const string Gap = "    ";

    // A proposal is worked out within one step: no case is ever seen there.
    private static readonly string[] Stages = Names(Stage.Proposal, Stage.Closed);
    private static readonly string[] Outcomes = Names<Outcome>();

    private readonly ConcurrentDictionary<string, byte> _reminders = new();

    /// <summary>How many reminders of due dates have come in.</summary>
    public int Reminders => _reminders.Count;

    /// <summary>The names, each above its column.</summary>
    public static string Heading =>
        string.Join('\n', Enumerable.Range(0, Math.Max(Stages.Length, Outcomes.Length)).Select(row => Line("", Stair(Stages, row), Stair(Outcomes, row))));

    public async Task<string> LineAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var open = await bank.ListAsync("api/cases?pageSize=1000", cancellationToken);
        var closed = await bank.ListAsync("api/cases?stage=closed&pageSize=1000", cancellationToken);
        return Line(
            day.ToString(DayFormat, CultureInfo.InvariantCulture),
            Counts(Stages, open.Select(each => Name(each.Stage))),
            Counts(Outcomes, closed.Select(each => Name(each.Outcome!.Value))));
    }

    public void CountReminder(string id) => _reminders.TryAdd(id, 0);

    private static string Line(string day, string stages, string outcomes) =>
        (day.PadRight(DayFormat.Length) + stages.PadRight(Stages.Length * Bar.Length + Gap.Length) + outcomes).TrimEnd();

    private static string Stair(string[] names, int row) =>
        string.Concat(Enumerable.Repeat(Bar, Math.Min(row, names.Length))) + (row < names.Length ? Bar[..^1] + names[row] : "");

    private static string Counts(string[] names, IEnumerable<string> seen)
    {
        var counts = seen.CountBy(name => name).ToDictionary();
        return string.Concat(names.Select(name => (counts.TryGetValue(name, out var count) ? $"{count}" : "·").PadLeft(Bar.Length)));
    }

    private static string[] Names<T>(params T[] without) where T : struct, Enum => [.. Enum.GetValues<T>().Except(without).Select(Name)];

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
