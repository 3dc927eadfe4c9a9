using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Chunks;

/// <summary>Work on many loans of an institution.</summary>
public interface IWork
{
    InstitutionId Institution { get; }

    Guid Id { get; }
}

/// <summary>Port: work on many loans, how far each has come, and the list of what is open.</summary>
public interface IWorkStore<TWork>
    where TWork : IWork
{
    /// <summary>Stores work that begins, and lists it as open.</summary>
    /// <exception cref="ConflictException">There is some of this id.</exception>
    Task<StoredWork<TWork>> BeginAsync(TWork work, CancellationToken cancellationToken);

    /// <summary>The work, by one point read; null if there is none.</summary>
    Task<StoredWork<TWork>?> FindAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken);

    /// <summary>Stores how far it has come.</summary>
    /// <exception cref="ConflictException">It has changed since it was read; nothing was stored.</exception>
    Task<StoredWork<TWork>> PutAsync(StoredWork<TWork> before, TWork after, CancellationToken cancellationToken);

    /// <summary>Takes it off the list of what is open.</summary>
    Task CloseAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken);

    /// <summary>What is open, by institution and then by id. Work that is just over may still be among it.</summary>
    IAsyncEnumerable<WorkId> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Forgets it and everything that was laid down of it.</summary>
    Task RemoveAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken);
}

/// <param name="Institution">Whose work it is.</param>
public readonly record struct WorkId(InstitutionId Institution, Guid Id);

/// <param name="TouchedAt">When it was stored, in machine time.</param>
/// <param name="ETag">Guards against a change that came between.</param>
public sealed record StoredWork<TWork>(TWork Work, DateTimeOffset TouchedAt, string ETag);
