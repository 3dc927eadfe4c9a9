namespace LoanRelief.Domain.Schedules;

/// <summary>One row that differs between two versions of a schedule.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Before">Null when the row is new.</param>
/// <param name="After">Null when the row is gone.</param>
public sealed record ScheduleDifference(int Number, Instalment? Before, Instalment? After)
{
    /// <summary>The rows that differ, by number.</summary>
    public static IReadOnlyList<ScheduleDifference> Between(Schedule before, Schedule after)
    {
        var old = before.Instalments.ToDictionary(row => row.Number);
        var changed = new List<ScheduleDifference>();
        foreach (var row in after.Instalments)
        {
            if (!old.Remove(row.Number, out var was))
                changed.Add(new(row.Number, null, row));
            else if (was != row)
                changed.Add(new(row.Number, was, row));
        }

        changed.AddRange(old.Values.Select(gone => new ScheduleDifference(gone.Number, gone, null)));
        return [.. changed.OrderBy(each => each.Number)];
    }
}
