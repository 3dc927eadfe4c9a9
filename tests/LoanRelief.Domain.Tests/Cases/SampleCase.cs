using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Cases;

/// <summary>A case that a test drives by hand: the loan of seed 003, 2,000,000 yuan in Wencheng, due on 2025-05-15.</summary>
internal sealed class SampleCase
{
    public const string Manager = "zhang.san";
    public const string Approver = "li.si";
    public const string Reviewer = "wang.wu";

    private readonly List<CaseStep> _steps = [];

    private readonly IReadOnlyList<PolicyPack> _packs;

    private SampleCase(DateTimeOffset now, IReadOnlyList<PolicyPack> packs) => (Now, _packs) = (now, packs);

    public DateTimeOffset Now { get; private set; }

    public CaseState State { get; private set; } = null!;

    /// <summary>The holidays as they are known.</summary>
    public BusinessCalendar Calendar { get; private set; } = BusinessCalendar.China;

    /// <summary>Lists from outside as they are known.</summary>
    public IReadOnlyList<Exclusion> Listed { get; set; } = [];

    public IReadOnlyList<CaseStep> Steps => _steps;

    public IEnumerable<Effect> Effects => _steps.SelectMany(step => step.Events).OfType<EffectAsked>().Select(asked => asked.Effect);

    public static Loan WenchengLoan { get; } = new()
    {
        Institution = Identifier.Parse<InstitutionId>("icbc-wencheng"),
        Number = Identifier.Parse<LoanNumber>("JJ2024-0515"),
        Borrower = new() { Reference = "B-0001", Name = "文成某某机械有限公司", Kind = BorrowerKind.SmallOrMicroFirm, Industry = "制造", District = "文成" },
        Product = LoanProduct.WorkingCapital,
        Principal = Money.FromYuan(2_000_000),
        Outstanding = Money.FromYuan(2_000_000),
        Rate = new(0.0435m),
        RepaymentMethod = RepaymentMethod.InterestThenPrincipal,
        DrawnOn = new(2024, 5, 15),
        Maturity = new(2025, 5, 15),
    };

    public static Loan Guaranteed { get; } = WenchengLoan with { Guarantors = [new("G-1", "某某", GuarantorKind.Guarantor), new("G-2", "某某", GuarantorKind.Mortgagor)] };

    public static DateTimeOffset Morning(int month, int day, int hour = 10) => BeijingTime.At(new(2025, month, day), new(hour, 0));

    /// <summary>Opened on 2025-04-01, two weeks before the contact deadline of 2025-04-15.</summary>
    public static SampleCase Open(Loan? loan = null, CasePolicy? policy = null, DateTimeOffset? at = null, IEnumerable<PolicyPack>? packs = null, InstitutionKind? lender = InstitutionKind.Bank,
        params IReadOnlyList<Exclusion> listed)
    {
        var sample = new SampleCase(at ?? Morning(4, 1), [.. packs ?? PolicyPacks.Shipped]) { Listed = listed };
        loan ??= WenchengLoan;
        var fact = new OpenFact(new(loan.Institution, loan.Number, 1), loan, policy ?? CasePolicy.Default, CaseTrigger.Scan, lender);
        sample.Take(ReliefCase.Open(fact, sample.Context(CaseContext.System)));
        return sample;
    }

    public SampleCase At(DateTimeOffset now)
    {
        Assert.True(now >= Now, "A test's time goes forward.");
        Now = now;
        return this;
    }

    /// <summary>Lets time pass day by day, so that every timer goes off on its day.</summary>
    public SampleCase PassUntil(DateTimeOffset until)
    {
        while (State.NextDeadline is { } next && next <= until)
            At(next > Now ? next : Now).PassTime();
        return At(until);
    }

    public SampleCase PassTime()
    {
        Take(ReliefCase.PassTime(State, Context(CaseContext.System)));
        return this;
    }

    /// <summary>Other holidays become known.</summary>
    public SampleCase Recount(BusinessCalendar calendar)
    {
        Calendar = calendar;
        Take(ReliefCase.Recount(State, Context(CaseContext.System)));
        return this;
    }

    public SampleCase Report(Fact fact, string by = Manager)
    {
        var verdict = ReliefCase.Report(State, fact, Context(by));
        Assert.True(verdict is Verdict.Accepted, verdict.ToString() + (verdict as Verdict.Refused)?.Reasons[0]);
        Take(verdict);
        return this;
    }

    public SampleCase Deliver(EffectResult result = EffectResult.Delivered)
    {
        Take(ReliefCase.RecordDeliveries(State, [.. State.PendingEffects.Select(effect => new EffectReport(effect.Key, result, "test"))], Context(CaseContext.System)));
        return this;
    }

    public SampleCase Redrive(string key)
    {
        Take(ReliefCase.Redrive(State, key, Context("operator")));
        return this;
    }

    public Verdict.Refused Refused(Fact fact, string by = Manager) => Assert.IsType<Verdict.Refused>(ReliefCase.Report(State, fact, Context(by)));

    public string RefusedWith(Fact fact, string by = Manager) => Assert.Single(Refused(fact, by).Reasons).Code;

    public SampleCase Contacted() => Report(new ContactFact(ContactChannel.Visit, Reached: true, "visit-form-17"));

    public SampleCase Wants(IntentKind kind) => Report(new IntentFact(kind));

    public SampleCase WithDocuments() => Report(new DocumentsFact(["application", "business-licence", "financial-statements", "tax-record"]));

    public SampleCase Approved() => Report(new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditDepartment), Approver);

    public SampleCase Signed() => Report(new SignatureFact("HT-2025-1", BeijingTime.DateOf(Now)));

    public SampleCase Booked() => Report(new BookingFact(BookingResult.Confirmed, "CORE-1", Identifier.Parse<LoanNumber>("JJ2025-0515")), "core");

    /// <summary>A case that has just come to this stage, all on 2025-04-01.</summary>
    public static SampleCase In(Stage stage, IntentKind measure = IntentKind.Renew)
    {
        var sample = Open(stage == Stage.Guarantee ? Guaranteed : WenchengLoan);
        if (stage == Stage.Contact)
            return sample;
        sample.Contacted();
        if (stage == Stage.Intent)
            return sample;
        sample.Wants(stage == Stage.Repayment ? IntentKind.Repay : measure);
        if (stage is Stage.Screening or Stage.Repayment)
            return sample;
        sample.WithDocuments();
        if (stage == Stage.Approval)
            return sample;
        if (stage == Stage.SecondReview)
            return sample.Report(new ApprovalFact(ApprovalDecision.Refuse, ApprovalLevel.CreditDepartment, "cash flow"), Approver);
        sample.Approved();
        if (stage is Stage.Guarantee or Stage.Signature)
            return sample;
        sample.Signed();
        if (stage == Stage.Booking)
            return sample;
        sample.Booked();
        Assert.Equal(Stage.FollowUp, sample.State.Stage);
        return sample;
    }

    private void Take(Verdict verdict)
    {
        if (verdict is not Verdict.Accepted(var step, var after))
            return;
        Assert.Equal(_steps.Count + 1, step.Number);
        _steps.Add(step);
        State = after;
    }

    private CaseContext Context(string by) => new(Now, by, Calendar, _packs) { Listed = Listed };
}
