using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Cases;

/// <summary>Port: tells whoever keeps time that a case has changed. May be lost without harm: the truth is in the row.</summary>
public interface ICaseSignal
{
    /// <summary>Returns at once and never throws: whoever changed the case does not wait for this.</summary>
    /// <param name="dueAt">When somebody has to touch the case next; null when it is closed and nothing is left to do.</param>
    void Changed(CaseId id, DateTimeOffset? dueAt);
}
