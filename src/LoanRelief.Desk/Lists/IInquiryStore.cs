using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <summary>Port: needs and problems that want an answer.</summary>
public interface IInquiryStore
{
    /// <summary>The inquiry, by one point read; null if there is none.</summary>
    Task<StoredInquiry?> FindAsync(InquiryId id, CancellationToken cancellationToken);

    /// <summary>Stores the inquiry, and lists it as open while it has no answer.</summary>
    /// <param name="before">As this store gave it out; null for one that is new.</param>
    /// <exception cref="ConflictException">It has changed since it was read; nothing was stored.</exception>
    Task PutAsync(StoredInquiry? before, Inquiry after, CancellationToken cancellationToken);

    /// <summary>What somebody has to answer, by the last day for it, as the index has it. Costs by what is open.</summary>
    /// <remarks>None is missing; one too many, of a change that broke off, is told by the inquiry itself: <see cref="OpenInquiry.Holds"/>.</remarks>
    /// <param name="after">What comes after this one; null for all.</param>
    /// <param name="before">What is to be answered before this day; null for all.</param>
    IAsyncEnumerable<OpenInquiry> OpenAsync(InstitutionId responsible, OpenInquiry? after, DateOnly? before, CancellationToken cancellationToken);
}

/// <param name="Inquiry">The inquiry.</param>
/// <param name="ETag">Guards against a change that came between.</param>
public sealed record StoredInquiry(Inquiry Inquiry, string ETag);

/// <param name="AnswerBy">The last day on which an answer is in time.</param>
public readonly record struct OpenInquiry(DateOnly AnswerBy, InquiryId Id)
{
    /// <summary>Whether the inquiry stands as the index has it.</summary>
    public bool Holds(Inquiry inquiry, InstitutionId responsible) => inquiry.Answer is null && inquiry.Responsible == responsible && inquiry.AnswerBy.Date == AnswerBy;
}
