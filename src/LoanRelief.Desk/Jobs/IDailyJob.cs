using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Jobs;

/// <summary>Something that is done once a day for everything that came due up to that day.</summary>
public interface IDailyJob
{
    /// <summary>Stable name, in paths and watermarks.</summary>
    string Name { get; }

    /// <summary>Time of day in Beijing from which a day's run is due.</summary>
    TimeOnly At { get; }

    /// <summary>Whether there is work that should not wait for the time of day.</summary>
    Task<bool> IsWantedAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Does the day's work for one institution; may be repeated.</summary>
    /// <returns>What was done, by name.</returns>
    Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken);
}
