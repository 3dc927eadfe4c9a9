using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>Whether a loan can have relief, before there is a case: decided as the case would decide on the same day.</summary>
/// <param name="packs">The latest version of every pack; those not in force on the day are left out.</param>
/// <param name="policy">The lender's own rules.</param>
/// <param name="calendar">Working days.</param>
/// <param name="today">The Beijing date.</param>
/// <param name="lender">What the lender is, where that is known.</param>
public sealed class Eligibility(IEnumerable<PolicyPack> packs, CasePolicy policy, BusinessCalendar calendar, DateOnly today, InstitutionKind? lender)
{
    private readonly IReadOnlyList<PolicyPack> _packs = PolicyPacks.InForce(packs, today);

    /// <summary>What the policies say to a request for relief.</summary>
    /// <param name="listed">Entries of exclusion lists from outside about the borrower that are valid today.</param>
    public Grant Of(Loan loan, IntentFact intent, IReadOnlyList<Exclusion> listed) =>
        new Granting(_packs, Facts(loan, intent.Attested ?? [], listed), today, policy.Terms, calendar)
            .Decide(new(intent.Kind, intent.Measures ?? [], intent.Changes ?? []));

    /// <summary>What an automatic measure (免申即享) gives a loan by itself.</summary>
    /// <param name="listed">Entries of exclusion lists from outside about the borrower that are valid today.</param>
    public AutomaticGrant OfAutomatic(Loan loan, MeasureId id, IReadOnlyCollection<Attestation> attested, IReadOnlyList<Exclusion> listed)
    {
        if (NotAutomatic(id, out var held) is { } wrong)
            return new AutomaticGrant.Impossible([wrong]);
        if (loan.IsSettled)
            return new AutomaticGrant.Impossible([new("loan-settled")]);
        var facts = Facts(loan, attested, listed);
        List<Refusal> unmet = [.. MeasureRules.Check(held.Pack, held.Measure, facts).Where(check => !check.Met).Select(check => held.Quoted(check.ToRefusal()))];
        var entitled = new Entitlements(_packs, facts, today, policy.Terms, calendar);
        if (unmet.Count == 0 && held.Measure.Intent is { } kind)
            unmet.AddRange(entitled.Against(kind, held.Measure.Restricts));
        if (unmet.Count > 0)
            return new AutomaticGrant.NotMet(unmet);
        return entitled.WorkOut(entitled.Changes(held.Measure)) switch
        {
            ReliefResult.Worked { Preview: var preview } => new AutomaticGrant.Given(held.Pack.Reference, preview),
            // A reason about a change is about the measure that makes it.
            ReliefResult.Refused { Reasons: var reasons } => new AutomaticGrant.Impossible([.. reasons.Select(reason => reason with { Field = null })]),
            _ => throw new InvalidOperationException("A preview is worked out or refused."),
        };
    }

    /// <summary>Why a measure can not be granted without being asked for, whatever the loan; null when it can.</summary>
    public Refusal? NotAutomatic(MeasureId id) => NotAutomatic(id, out _);

    private Refusal? NotAutomatic(MeasureId id, out PackMeasure held) =>
        MeasureRules.Find(_packs, id, out held) is { } unknown ? unknown
        : held.Measure.Automatic ? null
        : new Refusal("measure-not-automatic").With("seen", id.Measure);

    private LoanFacts Facts(Loan loan, IReadOnlyCollection<Attestation> attested, IReadOnlyList<Exclusion> listed) =>
        new(loan, today, policy.Signature.LastDayOf(loan)) { Lender = lender, Listed = listed, Attested = attested };
}

/// <summary>What an automatic measure (免申即享) gives.</summary>
public abstract record AutomaticGrant
{
    private AutomaticGrant()
    {
    }

    /// <param name="Reasons">At least one: no such measure, or nothing in the loan for it to change.</param>
    public sealed record Impossible(IReadOnlyList<Refusal> Reasons) : AutomaticGrant;

    /// <param name="Reasons">At least one, each with the value seen, the value wanted and the article.</param>
    public sealed record NotMet(IReadOnlyList<Refusal> Reasons) : AutomaticGrant;

    /// <param name="Policy">The version of the pack.</param>
    /// <param name="Preview">The loan before and after.</param>
    public sealed record Given(PolicyPackReference Policy, ReliefPreview Preview) : AutomaticGrant;
}
