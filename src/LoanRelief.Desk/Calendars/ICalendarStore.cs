using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Calendars;

/// <summary>Port: the years of holidays that were submitted, and how far their consequences have been drawn.</summary>
public interface ICalendarStore
{
    /// <summary>The latest version of every year that was submitted, by one point read.</summary>
    Task<StoredCalendars> LatestAsync(CancellationToken cancellationToken);

    /// <summary>One version of a year, by one point read; null if it was never submitted.</summary>
    Task<CalendarYear?> FindAsync(int year, int version, CancellationToken cancellationToken);

    /// <summary>Stores a version and makes it the latest of its year, in one transaction.</summary>
    /// <param name="before">The latest versions as they were read.</param>
    /// <exception cref="ConflictException">Another version of some year was stored meanwhile; nothing was stored.</exception>
    Task AddAsync(StoredCalendars before, CalendarYear added, CancellationToken cancellationToken);

    /// <summary>With which years the institution's dates were computed again last, by one point read; null if they never were.</summary>
    Task<ComputedWith?> FindComputedAsync(InstitutionId institution, CancellationToken cancellationToken);

    /// <summary>The same for all institutions for which there is something: tens to hundreds.</summary>
    IAsyncEnumerable<ComputedWith> AllComputedAsync(CancellationToken cancellationToken);

    /// <summary>Stores it; the last writer wins, for a computation that is done twice does no harm.</summary>
    Task PutComputedAsync(ComputedWith computed, CancellationToken cancellationToken);
}

/// <param name="Years">By year.</param>
/// <param name="ETag">Changes with every submission; null when there was none yet.</param>
public sealed record StoredCalendars(IReadOnlyDictionary<int, CalendarYear> Years, string? ETag);

/// <summary>The calendar with which everything of an institution has been computed.</summary>
/// <param name="Years">The fingerprint of each year's content.</param>
public sealed record ComputedWith(InstitutionId Institution, IReadOnlyDictionary<int, string> Years)
{
    /// <summary>The years that have another content now.</summary>
    /// <param name="now">Fingerprints of all years that are known.</param>
    public IReadOnlySet<int> Outdated(IReadOnlyDictionary<int, string> now) =>
        now.Where(year => Years.GetValueOrDefault(year.Key) != year.Value).Select(year => year.Key).ToHashSet();
}
