using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Loans;

/// <summary>Port: the institutions that hand over loan books.</summary>
public interface IInstitutionStore
{
    Task<Institution?> FindAsync(InstitutionId id, CancellationToken cancellationToken);

    /// <summary>The institution as it was some minutes ago at most: for what is done so often that it should not be read each time.</summary>
    Task<Institution?> RecallAsync(InstitutionId id, CancellationToken cancellationToken);

    /// <summary>Stores the institution, new or changed. The last writer wins: an institution is set up by one administrator.</summary>
    Task PutAsync(Institution institution, CancellationToken cancellationToken);

    /// <summary>All institutions by id: tens to hundreds.</summary>
    IAsyncEnumerable<Institution> AllAsync(CancellationToken cancellationToken);
}
