using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>What a loan can have under the policies in force. The adviser and the case both ask here, so that they can not differ.</summary>
/// <param name="packs">Those in force on the day on which it is asked for.</param>
/// <param name="facts">A loan that <see cref="LoanRules"/> lets pass, and the day on which it is asked for.</param>
/// <param name="on">The day for which terms are worked out; the day of the facts or later.</param>
/// <param name="usual">The lender's usual terms, for what the policies leave open.</param>
/// <param name="calendar">Working days.</param>
internal sealed class Entitlements(IReadOnlyList<PolicyPack> packs, LoanFacts facts, DateOnly on, TermsPolicy usual, BusinessCalendar calendar)
{
    private ChangingLoan? _changing;

    /// <summary>What stands against relief of a kind besides the conditions of the measure: it is too late, or measures that restrict the kind rule it out.</summary>
    /// <param name="restricts">Whether the measure is itself one of those, and so need not be held against the others.</param>
    public IReadOnlyList<Refusal> Against(IntentKind kind, bool restricts)
    {
        var inTime = new AskedBeforeMaturity().Check(facts);
        return !inTime.Met ? [inTime.ToRefusal()]
            : restricts ? []
            : MeasureRules.RuledOut(packs, kind, facts);
    }

    /// <summary>The changes that a measure makes of the loan.</summary>
    public IReadOnlyList<LoanChange> Changes(PolicyMeasure measure)
    {
        var cap = measure.Intent == IntentKind.Extend ? MeasureRules.ExtensionCap(packs, facts) : null;
        return [.. measure.Offers.Select(offer => offer.For(facts.Loan, on, usual, cap))];
    }

    /// <summary>What the lender usually gives; an extension as much of it as the cap has left.</summary>
    public LoanChange Usual(IntentKind kind)
    {
        Offer offer = kind switch
        {
            IntentKind.Renew => new RenewalOffer(),
            IntentKind.Extend => new ExtensionOffer(),
            _ => new DeferralOffer(),
        };
        return offer.For(facts.Loan, on, usual, kind == IntentKind.Extend ? MeasureRules.ExtensionCap(packs, facts) : null);
    }

    public ReliefResult WorkOut(IReadOnlyList<LoanChange> changes)
    {
        // The same loan for every measure, so what it is without them is worked out once.
        _changing ??= new(facts.Loan, on, calendar);
        var cap = changes.Any(change => change is Extension) ? MeasureRules.ExtensionCap(packs, facts) : null;
        return _changing.Preview(changes, cap);
    }

    public ClassificationFacts Classify(IntentKind kind, ReliefPreview preview) => ClassificationGuard.Facts(packs, facts, kind, preview);

    /// <summary>The limit of a measure that terms go beyond; null when they keep to it or it has none.</summary>
    /// <remarks>What the measure gives by itself is never beyond its limit, where instalments move past it by whole periods.</remarks>
    public Refusal? Beyond(PackMeasure held, DateOnly lastDueDate)
    {
        if (held.Measure.Offers.Select(offer => offer.LatestDueDate(facts.Loan)).FirstOrDefault(date => date is not null) is not { } limit)
            return null;
        if (lastDueDate > limit && WorkOut(Changes(held.Measure)) is ReliefResult.Worked { Preview.LastDueDate: var own } && own > limit)
            limit = own;
        return lastDueDate <= limit ? null
            : held.Quoted(new Refusal("beyond-limit").With("limit", limit).With("seen", lastDueDate));
    }

    /// <summary>The limit that terms of the lender's own go beyond: the most generous of the "in principle" (原则上) measures for such loans.</summary>
    /// <remarks>What nobody has attested does not lift the limit.</remarks>
    public Refusal? BeyondPrinciple(IntentKind kind, DateOnly lastDueDate)
    {
        Refusal? mostGenerous = null;
        foreach (var held in MeasureRules.Of(packs, kind))
        {
            if (!held.Measure.InPrinciple || !MeasureRules.Check(held.Pack, held.Measure, facts).All(check => check.Met || check.Condition is Attests))
                continue;
            if (Beyond(held, lastDueDate) is not { } beyond)
                return null;
            if (mostGenerous is null || string.CompareOrdinal(beyond.Values["limit"], mostGenerous.Values["limit"]) > 0)
                mostGenerous = beyond;
        }

        return mostGenerous;
    }
}
