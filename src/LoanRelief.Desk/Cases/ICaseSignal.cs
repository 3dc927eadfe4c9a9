using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Cases;

/// <summary>Port: tells whoever keeps time that a case has changed. May be lost without harm: the truth is in the row.</summary>
public interface ICaseSignal
{
    /// <param name="dueAt">When somebody has to touch the case next.</param>
    void Changed(CaseId id, DateTimeOffset dueAt);
}
