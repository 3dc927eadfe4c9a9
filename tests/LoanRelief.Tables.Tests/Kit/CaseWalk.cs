using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;

namespace LoanRelief.Tables.Tests.Kit;

/// <summary>A random life of a case, as the state machine itself decides it; the same for the same seed.</summary>
internal sealed class CaseWalk
{
    private readonly Random _random;
    private readonly List<CaseStep> _steps = [];

    public CaseWalk(Loan loan, int seed, int ordinal = 1)
    {
        _random = new(seed);
        Now = Samples.Start.AddMinutes(_random.Next(60 * 24 * 30));
        var open = new OpenFact(new(loan.Institution, loan.Number, ordinal), loan, CasePolicy.Default, CaseTrigger.Scan);
        Keep((Verdict.Accepted)ReliefCase.Open(open, Context("system")));
    }

    public DateTimeOffset Now { get; private set; }

    public CaseState State { get; private set; } = null!;

    public IReadOnlyList<CaseStep> Steps => _steps;

    public CaseStep LastStep => _steps[^1];

    /// <summary>Takes one more step; false when the case is closed and all its effects are out.</summary>
    public bool Next()
    {
        while (State.NextDue is not null)
        {
            if (Decide() is Verdict.Accepted accepted)
            {
                Keep(accepted);
                return true;
            }
        }

        return false;
    }

    /// <summary>A step that can always be taken in the first stage: another attempt that reached nobody.</summary>
    public static Verdict.Accepted Attempt(CaseState state, string by) =>
        (Verdict.Accepted)ReliefCase.Report(state, new ContactFact(ContactChannel.Phone, Reached: false), new(state.ChangedAt, by, BusinessCalendar.China, PolicyPacks.Shipped));

    private Verdict Decide()
    {
        var kind = _random.Next(10);
        if (kind < 4 && State.PendingEffects.Count > 0)
            return Deliver();
        if (kind < 6 || State.IsClosed)
            Now = State.NextDue is { } due && due > Now ? due : Now.AddHours(1);
        else
            Now = Now.AddMinutes(_random.Next(60 * 48));
        // A withdrawal ends a case at once, so it is left out most of the time.
        var facts = ReliefCase.AcceptedFacts(State).Where(name => name != "withdrawal" || _random.Next(10) == 0).ToList();
        return kind < 6 || facts.Count == 0
            ? ReliefCase.PassTime(State, Context("system"))
            : ReliefCase.Report(State, Fact(facts[_random.Next(facts.Count)]), Context($"member-{_random.Next(5)}"));
    }

    private Verdict Deliver()
    {
        var result = (EffectResult)Math.Max(0, _random.Next(5) - 2);
        var effects = State.PendingEffects.Where(effect => effect.NotBefore <= Now).Take(1 + _random.Next(3));
        return ReliefCase.RecordDeliveries(State, [.. effects.Select(effect => new EffectReport(effect.Key, result, $"{result} 收到"))], Context("system"));
    }

    private Fact Fact(string name) => name switch
    {
        "contact" => new ContactFact(ContactChannel.Visit, Reached: true, Evidence: "走访记录 1"),
        "intent" => new IntentFact((IntentKind)_random.Next(5)),
        "documents" => new DocumentsFact(["application", "business-licence", "financial-statements", "tax-record"]),
        "approval" => new ApprovalFact((ApprovalDecision)Math.Max(0, _random.Next(5) - 2), ApprovalLevel.CreditCommittee, "理由", "原则上的例外"),
        "guarantor-consent" => new GuarantorConsentFact("G-1", Consents: _random.Next(8) > 0, "书面同意"),
        "signature" => new SignatureFact("HT-1", DateOnly.FromDateTime(Now.Date)),
        "booking" => new BookingFact(
            (BookingResult)_random.Next(3), "CORE-1", Identifier.Parse<LoanNumber>($"{State.Loan.Number}-R"), "核心系统"),
        "withdrawal" => new WithdrawalFact("借款人撤回"),
        "hold" => new HoldFact("等待材料"),
        _ => new ReleaseFact("材料齐了"),
    };

    private void Keep(Verdict.Accepted accepted)
    {
        _steps.Add(accepted.Step);
        State = accepted.After;
    }

    // An idempotency key now and then, which the case keeps for good.
    private CaseContext Context(string by) => new(Now, by, BusinessCalendar.China, PolicyPacks.Shipped, _random.Next(3) == 0 ? $"key-{_steps.Count}#{_random.Next()}" : null);
}
