using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Cases;

/// <summary>Who asks, and with which key a repeat is recognised.</summary>
/// <param name="By">The person or system, as the institution names it.</param>
/// <param name="Key">The caller's idempotency key, if it gave one.</param>
/// <param name="Fingerprint">Of what was sent with the key: the same key with something else is a mistake.</param>
public sealed record Caller(string By, string? Key = null, string? Fingerprint = null)
{
    public static readonly Caller System = new(CaseContext.System);

    /// <summary>As it is kept in the case.</summary>
    internal string? Mark => Key is null ? null : $"{Key}#{Fingerprint}";

    /// <summary>The key in a mark; a fingerprint has no #.</summary>
    internal static string KeyOf(string mark) => mark[..mark.LastIndexOf('#')];
}

/// <summary>What the desk answers.</summary>
public abstract record DeskAnswer
{
    private DeskAnswer()
    {
    }

    /// <summary>It is so: done just now, or before by a request with the same key.</summary>
    /// <param name="Changed">Whether this very request did it.</param>
    public sealed record Done(StoredCase Case, bool Changed) : DeskAnswer;

    /// <summary>Not accepted; nothing changed.</summary>
    /// <param name="Case">The case as it stands; null when there is none yet.</param>
    /// <param name="NotNow">The case takes no such fact at this point, whatever it says.</param>
    public sealed record Refused(StoredCase? Case, IReadOnlyList<Refusal> Reasons, bool NotNow) : DeskAnswer;

    public sealed record NoSuchCase(CaseId Id) : DeskAnswer;

    public sealed record NoSuchLoan(InstitutionId Institution, LoanNumber Loan) : DeskAnswer;

    /// <summary>The loan has an open case already.</summary>
    public sealed record AlreadyOpen(CaseId Id) : DeskAnswer;

    /// <summary>The caller wanted the case at another version.</summary>
    public sealed record Stale(StoredCase Case) : DeskAnswer;

    /// <summary>The idempotency key was used before for something else.</summary>
    public sealed record KeyReused(StoredCase Case) : DeskAnswer;
}
