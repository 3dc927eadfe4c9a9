using System.Collections.Concurrent;

namespace LoanRelief.Local.Demo;

/// <summary>Where the cases stand, in one line.</summary>
internal sealed class DemoTally(DemoBank bank)
{
    private readonly ConcurrentDictionary<string, byte> _reminders = new();

    public void CountReminder(string id) => _reminders.TryAdd(id, 0);

    public async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var open = await bank.ListAsync("api/cases?pageSize=1000", cancellationToken);
        var closed = await bank.ListAsync("api/cases?stage=closed&pageSize=1000", cancellationToken);
        return $"""
            open {open.Count,3}: {Counts(open.Select(each => each.Stage))}
                        closed {closed.Count,3}: {Counts(closed.Select(each => each.Outcome!.Value))}
                        reminders of due dates {_reminders.Count}
            """;
    }

    private static string Counts<T>(IEnumerable<T> values) where T : struct, Enum =>
        string.Join(" · ", values.GroupBy(value => value).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}"));
}
