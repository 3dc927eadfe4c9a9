using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Calendars;

/// <summary>The working days: the years that ship with the program, overlaid by what was submitted since.</summary>
/// <remarks>
/// Whether there is anything new is asked again every few seconds of machine time, by one point read; a submission
/// through this very process is seen at once.
/// </remarks>
public sealed class CalendarDesk(ICalendarStore store, BusinessCalendar shipped)
{
    /// <summary>For how long a process may go on with a calendar that another one has replaced, in machine time.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private Known? _known;
    private long _notBefore;

    /// <summary>A year has come in through this process: dates want to be computed again. A host may listen; it need not.</summary>
    public event Action? Changed;

    /// <summary>The working days as they are known now.</summary>
    public async ValueTask<BusinessCalendar> CurrentAsync(CancellationToken cancellationToken) => (await KnownAsync(cancellationToken)).Calendar;

    /// <summary>The latest version of every year that is known, first to last.</summary>
    public async Task<IReadOnlyList<CalendarYear>> YearsAsync(CancellationToken cancellationToken)
    {
        var stored = (await KnownAsync(cancellationToken)).Stored.Years;
        return
        [
            .. shipped.Data.Years.Where(year => !stored.ContainsKey(year.Key)).Select(year => new CalendarYear(year.Key, 1, year.Value, StoredAt: null))
                .Concat(stored.Values)
                .OrderBy(year => year.Year),
        ];
    }

    /// <summary>The latest version of a year; null if the year is not known.</summary>
    public async Task<CalendarYear?> FindLatestAsync(int year, CancellationToken cancellationToken) =>
        (await KnownAsync(cancellationToken)).Stored.Years.GetValueOrDefault(year) ?? Shipped(year);

    /// <summary>One version of a year; null if there is none.</summary>
    public async Task<CalendarYear?> FindAsync(int year, int version, CancellationToken cancellationToken) =>
        await store.FindAsync(year, version, cancellationToken) ?? (version == 1 ? Shipped(year) : null);

    /// <summary>Stores a year's holidays as a new version, and says that dates want to be computed again. The same content again changes nothing.</summary>
    /// <param name="ifVersion">The latest version that the caller has seen, 0 for none; null if it does not care.</param>
    public async Task<PutCalendarAnswer> PutAsync(int year, HolidayYear content, int? ifVersion, CancellationToken cancellationToken)
    {
        if (HolidayRules.CheckSubmission(year, content) is { Count: > 0 } reasons)
            return new PutCalendarAnswer.Refused(reasons);
        // Somebody else may submit a year meanwhile; what this one is compared with has changed then.
        return await ConflictException.RetryAsync<PutCalendarAnswer>(async () =>
        {
            var (_, stored, _) = await ReadAsync(cancellationToken);
            var latest = stored.Years.GetValueOrDefault(year) ?? Shipped(year);
            if (latest is not null && latest.Fingerprint() == CalendarYear.FingerprintOf(content))
                return new PutCalendarAnswer.Stored(latest, IsNew: false);
            if (ifVersion is { } seen && seen != (latest?.Version ?? 0))
                return new PutCalendarAnswer.Stale(latest?.Version ?? 0);
            var next = new CalendarYear(year, (latest?.Version ?? 0) + 1, content, TimeProvider.System.GetUtcNow());
            await store.AddAsync(stored, next, cancellationToken);
            Forget();
            Changed?.Invoke();
            return new PutCalendarAnswer.Stored(next, IsNew: true);
        }, cancellationToken);
    }

    /// <summary>Keeps of an institution that is new that nothing of it has to be computed again: all that comes is computed with the years that are known now.</summary>
    /// <remarks>Not while another process may still go by older ones; then the next recomputation looks at what there is by then.</remarks>
    public async Task BeginAsync(InstitutionId institution, CancellationToken cancellationToken)
    {
        var now = await FingerprintsAsync(cancellationToken);
        if (await KnownToAllAtAsync(cancellationToken) <= TimeProvider.System.GetUtcNow())
            await store.PutComputedAsync(new(institution, now), cancellationToken);
    }

    /// <summary>The fingerprint of each year as it is known now, read anew.</summary>
    internal async Task<IReadOnlyDictionary<int, string>> FingerprintsAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Calendar.Data.Years.ToDictionary(year => year.Key, year => CalendarYear.FingerprintOf(year.Value));

    /// <summary>When every process is sure to know what is stored now, in machine time.</summary>
    internal async Task<DateTimeOffset> KnownToAllAtAsync(CancellationToken cancellationToken) =>
        ((await KnownAsync(cancellationToken)).Stored.Years.Values.Max(year => year.StoredAt) ?? DateTimeOffset.MinValue) + 2 * KnownFor;

    private CalendarYear? Shipped(int year) =>
        shipped.Data.Years.TryGetValue(year, out var content) ? new(year, 1, content, StoredAt: null) : null;

    private async ValueTask<Known> KnownAsync(CancellationToken cancellationToken)
    {
        Known? known;
        lock (_lock)
            known = _known;
        return known is not null && TimeProvider.System.GetElapsedTime(known.At) < KnownFor ? known : await ReadAsync(cancellationToken);
    }

    private async Task<Known> ReadAsync(CancellationToken cancellationToken)
    {
        var at = TimeProvider.System.GetTimestamp();
        var stored = await store.LatestAsync(cancellationToken);
        lock (_lock)
        {
            var calendar = _known is { } known && known.Stored.ETag == stored.ETag
                ? known.Calendar
                : shipped.With(stored.Years.ToDictionary(year => year.Key, year => year.Value.Content));
            var read = new Known(at, stored, calendar);
            // What was read before a submission through this process must not hide it.
            if (at >= _notBefore)
                _known = read;
            return read;
        }
    }

    private void Forget()
    {
        lock (_lock)
            (_known, _notBefore) = (null, TimeProvider.System.GetTimestamp());
    }

    private sealed record Known(long At, StoredCalendars Stored, BusinessCalendar Calendar);
}

public abstract record PutCalendarAnswer
{
    private PutCalendarAnswer()
    {
    }

    /// <param name="Year">With its version.</param>
    /// <param name="IsNew">Whether there was none of this content before.</param>
    public sealed record Stored(CalendarYear Year, bool IsNew) : PutCalendarAnswer;

    /// <param name="Reasons">At least one; fields are JSON paths.</param>
    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : PutCalendarAnswer;

    /// <summary>The caller wanted another version to be the latest.</summary>
    /// <param name="Latest">The one that is; 0 where there is none.</param>
    public sealed record Stale(int Latest) : PutCalendarAnswer;
}
