using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Cases;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Policies;

public class ClassificationGuardTests
{
    private static readonly DateOnly Today = new(2025, 4, 1);

    private static readonly Loan Sound = SampleCase.WenchengLoan;

    [Theory]
    [InlineData(IntentKind.Renew, 1)]
    [InlineData(IntentKind.Extend, 0)]
    [InlineData(IntentKind.Defer, 0)]
    public void A_sound_normal_loan_may_stay_normal(IntentKind kind, int renewals)
    {
        var facts = Facts(Sound, kind);

        Assert.True(facts is { Before: LoanClass.Normal, AtBest: LoanClass.Normal, MayStayNormal: true, ByAbilityToPay: false, Observation: null });
        Assert.Equal((renewals, 0), (facts.Renewals, facts.Restructurings));
        Assert.Equal(kind == IntentKind.Renew ? ["金规〔2024〕13号 三"] : [], facts.Rules.Select(rule => $"{rule.Document} {rule.Article}"));
    }

    public static TheoryData<string, Loan> AgainstNormal => new()
    {
        { "class-not-normal", Sound with { Class = LoanClass.SpecialMention } },
        { "interest-arrears", Sound with { InterestArrears = Money.FromFen(1) } },
        { "operation-not-lawful", With(new(OperatesLawfully: false)) },
        { "no-ongoing-business", With(new(HasOngoingBusiness: false)) },
        { "credit-not-good", With(new(HasGoodCredit: false)) },
        { "lending-standard-not-met", With(new(MeetsLendingStandard: false)) },
    };

    [Theory]
    [MemberData(nameof(AgainstNormal))]
    public void A_renewal_that_misses_a_condition_goes_by_ability_to_pay_and_counts_as_refinanced(string code, Loan loan)
    {
        var facts = Facts(loan, IntentKind.Renew);

        Assert.Equal([code], facts.AgainstNormal.Select(reason => reason.Code));
        Assert.True(facts is { MayStayNormal: false, ByAbilityToPay: true, AtBest: LoanClass.SpecialMention });
        Assert.Contains(facts.Rules, rule => rule.Article == "第十一条（三）");
    }

    [Fact]
    public void Interest_in_arrears_forces_special_mention_whatever_the_relief()
    {
        var facts = Facts(Sound with { InterestArrears = Money.FromYuan(100) }, IntentKind.Extend);

        Assert.Equal((LoanClass.SpecialMention, "interest-arrears"), (facts.AtBest, Assert.Single(facts.AgainstNormal).Code));
        Assert.Equal("第十一条（一）", Assert.Single(facts.Rules).Article);
    }

    [Fact]
    public void Relief_in_financial_difficulty_is_a_restructuring_and_is_observed_for_a_year()
    {
        var extension = ReliefCalculator.Preview(Sound, Today, [new Extension(new(2025, 11, 15))], BusinessCalendar.China, SamplePolicies.Cap);

        var facts = Facts(Sound, IntentKind.Extend, Attestation.FinancialDifficulty, Assert.IsType<ReliefResult.Worked>(extension).Preview);

        Assert.Equal((LoanClass.SpecialMention, 1, false), (facts.AtBest, facts.Restructurings, facts.MayStayNormal));
        Assert.Equal("class-forced", Assert.Single(facts.AgainstNormal).Code);
        // From the first interest date after the change, 2025-04-15; two payments are over sooner than a year.
        Assert.Equal(new Observation(12, 2, new(2025, 4, 15), new(2026, 4, 15)), facts.Observation);
    }

    [Fact]
    public void Restructured_again_is_at_best_substandard() =>
        Assert.Equal(LoanClass.Substandard, Facts(Sound with { Restructurings = 1 }, IntentKind.Defer, Attestation.FinancialDifficulty).AtBest);

    [Fact]
    public void Relief_never_makes_a_category_better() =>
        Assert.Equal(LoanClass.Doubtful, Facts(Sound with { Class = LoanClass.Doubtful }, IntentKind.Renew).AtBest);

    [Fact]
    public void Other_parameters_in_the_policy_give_other_facts()
    {
        var lenient = PolicyPacks.Shipped.Select(pack => pack with { Classification = [.. pack.Classification.Select(rule => rule with { AtBest = rule.AtBest is null ? null : LoanClass.Normal })] });

        Assert.Equal(LoanClass.Normal, ClassificationGuard.Facts(lenient, Of(Sound with { InterestArrears = Money.FromYuan(1) }), IntentKind.Extend).AtBest);
    }

    private static Loan With(CreditStanding standing) => Sound with { Borrower = Sound.Borrower with { Standing = standing } };

    private static LoanFacts Of(Loan loan, params IReadOnlyCollection<Attestation> attested) => new(loan, Today, loan.Maturity.AddDays(-1)) { Attested = attested };

    private static ClassificationFacts Facts(Loan loan, IntentKind kind, Attestation? attested = null, ReliefPreview? preview = null) =>
        ClassificationGuard.Facts(PolicyPacks.InForce(PolicyPacks.Shipped, Today), Of(loan, attested is { } fact ? [fact] : []), kind, preview);
}
