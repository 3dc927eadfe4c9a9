using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk;

/// <summary>The events that could not be delivered, of cases and of loans, for an operator to see and to send again.</summary>
public sealed class DeadLetterDesk(ICaseStore cases, ILoanStore loans, IInstitutionStore institutions, CaseDesk desk, Courier courier, TimeProvider clock)
{
    /// <summary>An institution's dead letters: those of its cases, then those of its loans.</summary>
    public async IAsyncEnumerable<DeadLetter> ListAsync(
        InstitutionId institution, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var letter in cases.DeadLettersAsync(institution, cancellationToken))
            yield return letter;
        await foreach (var letter in loans.DeadLettersAsync(institution, cancellationToken))
            yield return letter;
    }

    /// <summary>Sends a dead letter again, with the key that it had.</summary>
    /// <remarks>
    /// An event of a case goes back to the case's outbox, with its retries. An event of a loan has no outbox: it is sent
    /// now, once, and stays on the list unless it is delivered.
    /// </remarks>
    public async Task<RedriveAnswer> RedriveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        var subject = key.Split('/')[0];
        if (CaseId.TryParse(subject, out var id))
            return await desk.RedriveAsync(id, key, caller, cancellationToken) is DeskAnswer.Done ? new RedriveAnswer.Queued() : new RedriveAnswer.Unknown();
        return subject.Split('~') is [var institution, var number]
            && InstitutionId.TryParse(institution, out var institutionId) && LoanNumber.TryParse(number, out var loan)
                ? await SendAsync(institutionId, loan, key, cancellationToken)
                : new RedriveAnswer.Unknown();
    }

    private async Task<RedriveAnswer> SendAsync(InstitutionId id, LoanNumber loan, string key, CancellationToken cancellationToken)
    {
        if (await loans.FindDeadLetterAsync(id, loan, key, cancellationToken) is not { } outgoing
            || await institutions.FindAsync(id, cancellationToken) is not { } institution)
            return new RedriveAnswer.Unknown();
        var delivery = await courier.DeliverAsync(institution, outgoing, attempt: 1, clock.GetUtcNow(), cancellationToken);
        if (delivery.Status is not (DeliveryStatus.Delivered or DeliveryStatus.NoReceiver))
            return new RedriveAnswer.Failed(delivery.Detail);
        await loans.RemoveDeadLetterAsync(id, loan, key, cancellationToken);
        return new RedriveAnswer.Delivered();
    }
}

/// <summary>What came of sending a dead letter again.</summary>
public abstract record RedriveAnswer
{
    private RedriveAnswer()
    {
    }

    /// <summary>Back in the outbox of its case.</summary>
    public sealed record Queued : RedriveAnswer;

    /// <summary>Sent, and off the list.</summary>
    public sealed record Delivered : RedriveAnswer;

    /// <summary>Sent in vain; it stays on the list.</summary>
    /// <param name="Detail">For an operator, without payload.</param>
    public sealed record Failed(string Detail) : RedriveAnswer;

    /// <summary>There is no dead letter of that key.</summary>
    public sealed record Unknown : RedriveAnswer;
}
