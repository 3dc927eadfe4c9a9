using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Tests.Policies;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Cases;

/// <summary>The adviser never offers what the case then refuses, and the case gives what was offered.</summary>
public class AdviceKeptTests
{
    [Fact]
    public void What_the_adviser_offers_the_case_takes_and_proposes()
    {
        var (kept, beside) = (0, 0);
        PolicyGen.Asked.Sample(asked =>
        {
            var advice = SamplePolicies.Advise(asked.Loan, asked.AsOf, asked.Attested, asked.Lender, asked.Packs);
            var offered = advice.Measures.Where(each => each.Applies).ToList();
            if (offered.Count == 0)
                return;
            var chosen = offered[asked.Choice % offered.Count];
            // A fee or a rate is relieved beside one of the three kinds of relief that a case is about.
            var main = chosen.Measure.Intent is not null ? chosen : offered.FirstOrDefault(each => each.Measure.Intent is not null && !GivesTheLike(each, chosen));
            if (main is null)
                return;
            Interlocked.Increment(ref main == chosen ? ref kept : ref beside);
            Assert.Equal("", Broken(asked, main == chosen ? [chosen] : [main, chosen]));
        }, print: asked => asked.ToString());
        Assert.True(kept > PropertyCases.Count / 5 && beside > PropertyCases.Count / 50, $"Of {PropertyCases.Count} only {kept} were offered something, {beside} something beside it.");
    }

    /// <summary>What became of an offer, when it is asked for by name and when only its kind is asked for; nothing when it was kept.</summary>
    private static string Broken(PolicyGen.Case asked, IReadOnlyList<MeasureAdvice> wanted)
    {
        var ids = wanted.Select(each => new MeasureId(each.Pack.Id, each.Measure.Id)).ToList();
        var kind = wanted[0].Measure.Intent!.Value;
        var (ofKind, refusedKind) = Propose(asked, new(kind, Attested: asked.Attested));
        if (ofKind is null)
            return refusedKind;
        var (proposal, refused) = Propose(asked, new(kind, Measures: ids, Attested: asked.Attested));
        if (proposal is null)
            return refused;
        if (ofKind.Beyond.Count + proposal.Beyond.Count > 0)
            return "needs a reason";
        if (ids.Except(proposal.Measures).Any() || wanted.SelectMany(each => each.Changes).Except(proposal.Changes).Any())
            return "is not in the proposal";
        // Where nothing automatic joined, it saves what the adviser said.
        var (relief, maturity) = (wanted[0].Preview!.Relief.Totals, wanted[0].Preview!.NewMaturity);
        return proposal.Measures.Count == 1 && (relief != proposal.Relief || maturity != proposal.NewMaturity) ? "saves something else"
            : proposal.Classification.AtBest != wanted[0].Classification!.AtBest ? "is classified otherwise"
            : "";
    }

    private static bool GivesTheLike(MeasureAdvice one, MeasureAdvice other) =>
        one.Measure.Offers.Select(offer => offer.GetType()).Intersect(other.Measure.Offers.Select(offer => offer.GetType())).Any();

    private static (ProposedTerms? Proposal, string Refused) Propose(PolicyGen.Case asked, IntentFact intent)
    {
        var loan = asked.Loan;
        var context = new CaseContext(BeijingTime.At(asked.AsOf, new(10, 0)), "zhang.san", BusinessCalendar.China, asked.Packs);
        var verdict = ReliefCase.Open(new(new(loan.Institution, loan.Number, 1), loan, CasePolicy.Default, CaseTrigger.Institution, asked.Lender), context);
        foreach (var fact in (Fact[])[new ContactFact(ContactChannel.Visit, Reached: true, "form"), intent, new DocumentsFact(["application", "business-licence", "financial-statements", "tax-record"])])
        {
            if (verdict is Verdict.Accepted { After.Screening: null or { Unmet.Count: 0 } } accepted)
                verdict = ReliefCase.Report(accepted.After, fact, context);
        }

        return verdict switch
        {
            Verdict.Accepted { After: { Proposal: { } proposal, Screening.Unmet.Count: 0 } } => (proposal, ""),
            Verdict.Accepted { After.Screening: var screening } => (null, $"is screened out: {string.Join(", ", screening!.Unmet)}"),
            Verdict.Refused { Reasons: var reasons } => (null, $"is refused: {string.Join(", ", reasons)}"),
            _ => (null, "came to nothing"),
        };
    }
}
