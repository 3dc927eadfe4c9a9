using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Policies;

internal static class SamplePolicies
{
    public static readonly IReadOnlySet<Attestation> Everything = Enum.GetValues<Attestation>().Where(fact => fact != Attestation.FinancialDifficulty).ToHashSet();

    /// <summary>2,000,000.00 yuan in Yubei, half a year from 2022-12-30.</summary>
    public static Loan Yubei { get; } = SampleLoan.Bullet with { Borrower = SampleLoan.Bullet.Borrower with { District = "渝北区", Industry = "餐饮" } };

    /// <summary>贷款通则 §12.</summary>
    public static ExtensionCap Cap { get; } = Pack("general-rules-of-loans").Measures.Single().ExtensionCap!;

    public static PolicyPack Pack(string id) => PolicyPacks.Shipped.Single(pack => pack.Id.Value == id);

    public static Advice Advise(Loan loan, DateOnly asOf, IEnumerable<Attestation>? attested = null, InstitutionKind? lender = InstitutionKind.Bank, IEnumerable<PolicyPack>? packs = null) =>
        Assert.IsType<AdviceResult.Worked>(Adviser.Advise(
            new(loan, asOf) { Attested = [.. attested ?? Everything], Lender = lender }, packs ?? PolicyPacks.Shipped, BusinessCalendar.China, CasePolicy.Default)).Advice;

    public static MeasureAdvice Of(this Advice advice, string pack, string measure) =>
        advice.Measures.Single(each => each.Pack.Id.Value == pack && each.Measure.Id == measure);

    /// <summary>Codes of conditions that are not met, and of whatever else stands against the measure.</summary>
    public static IEnumerable<string> Reasons(this MeasureAdvice advice) =>
        advice.Conditions.Where(check => !check.Met).Select(check => check.Code).Concat(advice.Against.Select(reason => reason.Code));

    public static Money Yuan(decimal yuan) => Money.FromYuan(yuan);
}
