using LoanRelief.Desk;
using LoanRelief.Domain.Cases;

namespace LoanRelief.Local.Demo;

/// <summary>Borrowers, account managers, approvers, guarantors and the core system: they hear of a case by its events and answer over HTTP.</summary>
internal sealed class DemoPeople(BusinessClock clock, DemoBank bank, ILogger<DemoPeople> logger)
{
    private const string Manager = "zhang.san";
    private const string Approver = "li.si";
    private const string Reviewer = "wang.wu";

    /// <summary>Takes an event in; the answer, if there is one, comes later.</summary>
    public void Hear(DemoEvent heard, CancellationToken stopping)
    {
        if (AnswerTo(heard) is { } answer)
            _ = GiveAsync(heard, answer, stopping);
    }

    private static Answer? AnswerTo(DemoEvent heard)
    {
        var (temper, details) = (new Temper(heard.Case), heard.Details);
        return heard.Kind switch
        {
            EffectKinds.ContactRequested => temper.Choose<Answer?>("contact",
                (75, new(temper.Hours("contact", 4, 150), Manager, new ContactFact(ContactChannel.Visit, Reached: true, "visit-form"))),
                (15, new(temper.Hours("late contact", 400, 700), Manager, new ContactFact(ContactChannel.Phone, Reached: true, "recording"))),
                (10, new(temper.Hours("vain contact", 24, 90), Manager, new ContactFact(ContactChannel.Phone, Reached: false)))),
            EffectKinds.ContactReminder or EffectKinds.ContactEscalated => temper.Is(heard.Kind + heard.Ordinal, 45)
                ? new(temper.Hours("reminded contact", 2, 30), Manager, new ContactFact(ContactChannel.Phone, Reached: true, "recording"))
                : null,
            EffectKinds.IntentRequested or EffectKinds.IntentReminder => Wish(heard, temper),
            EffectKinds.DocumentsRequested or EffectKinds.DocumentsReminder => temper.Is("documents" + heard.Ordinal, 92)
                ? new(temper.Hours("documents", 6, 60), Manager, new DocumentsFact(details.Documents!))
                : null,
            EffectKinds.ApprovalRequested => temper.Choose<Answer?>("approval" + heard.Ordinal,
                (78, Decide(ApprovalDecision.Approve)),
                (heard.Ordinal == 1 ? 8 : 0, Decide(ApprovalDecision.Return)),
                (14, Decide(ApprovalDecision.Refuse))),
            EffectKinds.ReviewRequested => new(temper.Hours("review", 10, 60), Reviewer, temper.Is("review", 40)
                ? new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditCommittee)
                : new ApprovalFact(ApprovalDecision.Refuse, ApprovalLevel.CreditCommittee, "现金流不足")),
            EffectKinds.ConsentRequested => new(temper.Hours("consent" + details.Guarantor, 8, 90), Manager, temper.Is("consent" + details.Guarantor, 93)
                ? new GuarantorConsentFact(details.Guarantor!, Consents: true, "signed-letter")
                : new GuarantorConsentFact(details.Guarantor!, Consents: false)),
            EffectKinds.SignatureRequested => temper.Choose<Answer?>("signature",
                (88, new(temper.Hours("signature", 8, 60), Manager, Fact: null, SignsToday: true)),
                (7, new(temper.Hours("withdrawal", 8, 60), Manager, new WithdrawalFact("另有资金来源"))),
                (5, null)),
            EffectKinds.BookingInstructed => new(temper.Hours("booking", 1, 6), "core", temper.Is("booking works", 85) || temper.Is("booking recovers", 60) && details.Attempt > 1
                ? new BookingFact(BookingResult.Confirmed, $"CORE-{heard.Loan}", heard.NewLoanNumber)
                : new BookingFact(BookingResult.Failed, Reason: "核心系统账户状态异常")),
            EffectKinds.ReversalInstructed => new(TimeSpan.FromHours(2), "core", new BookingFact(BookingResult.Reversed, $"REV-{heard.Loan}")),
            _ => null,
        };

        Answer Decide(ApprovalDecision decision) => new(
            temper.Hours("approval", 4, 70),
            Approver,
            new ApprovalFact(decision, ApprovalLevel.CreditCommittee, decision == ApprovalDecision.Approve ? null : "请补充说明"));
    }

    private static Answer? Wish(DemoEvent heard, Temper temper)
    {
        var wish = temper.Choose<IntentKind?>((heard.Kind == EffectKinds.IntentRequested ? "intent" : "intent reminder") + heard.Ordinal,
            (45, IntentKind.Renew),
            (14, IntentKind.Extend),
            (12, IntentKind.Defer),
            (15, IntentKind.Repay),
            (5, IntentKind.None),
            (9, null));
        return wish is { } kind ? new(temper.Hours("intent", 5, 110), Manager, new IntentFact(kind), RepaysAtMaturity: kind == IntentKind.Repay && temper.Is("repays", 85)) : null;
    }

    private async Task GiveAsync(DemoEvent heard, Answer answer, CancellationToken stopping)
    {
        try
        {
            await WaitUntilAsync(heard.Time + answer.After, stopping);
            var fact = answer.SignsToday ? new SignatureFact($"HT-{heard.Loan}", Domain.Values.BeijingTime.DateOf(clock.GetUtcNow())) : answer.Fact!;
            await bank.ReportAsync(heard.Case, fact, answer.By, stopping);
            if (!answer.RepaysAtMaturity)
                return;
            await WaitUntilAsync(Domain.Values.BeijingTime.At(heard.Maturity, new(10, 0)), stopping);
            await bank.ReportAsync(heard.Case, new BookingFact(BookingResult.Confirmed, $"PAID-{heard.Loan}"), "core", stopping);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogWarning(failure, "Nobody answered {Event}", heard.Id);
        }
        catch (OperationCanceledException)
        {
            // The demonstration ends.
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset time, CancellationToken stopping)
    {
        while (clock.GetUtcNow() < time)
            await Task.Delay(clock.MachineTimeUntil(time) + TimeSpan.FromMilliseconds(1), stopping);
    }

    /// <param name="After">Business time that passes before it is given.</param>
    private sealed record Answer(TimeSpan After, string By, Fact? Fact, bool SignsToday = false, bool RepaysAtMaturity = false);
}
