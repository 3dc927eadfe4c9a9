using CsCheck;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Relief;

namespace LoanRelief.Domain.Tests.Policies;

/// <summary>Loans of every kind of borrower under the shipped policies and others that nobody has published.</summary>
internal static class PolicyGen
{
    private static readonly Gen<Offer> AnyOffer = Gen.OneOf<Offer>(
        Gen.Select(Gen.Int[1, 12], Gen.Bool, LoanGen.Date, Gen.Enum<DeferredPart>(), Gen.Enum<DeferralTerm>(), Gen.Enum<DeferredInterest>())
            .Select((months, byDate, latest, part, term, interest) =>
                (Offer)new DeferralOffer(byDate ? null : months, byDate ? latest : null) { Part = part, Term = term, Interest = interest }),
        Gen.Int[0, 24].Select(months => (Offer)new ExtensionOffer(months == 0 ? null : months)),
        Gen.Int[0, 24].Select(months => (Offer)new RenewalOffer(months == 0 ? null : months)),
        Gen.Select(Gen.Int[1, 10], Gen.Enum<RateCutMode>(), Gen.Bool, LoanGen.Date).Select((tenths, mode, open, last) =>
            (Offer)new RateCutOffer(tenths / 10m, mode, open ? null : last)),
        Gen.Int[1, 10].Select(tenths => (Offer)new PenaltyWaiverOffer(tenths / 10m)),
        Gen.Int[1, 130].Select(each => (Offer)new GuaranteeFeeCapOffer(new(each / 10_000m))),
        Gen.Select(Gen.Int[1, 10], Gen.Int[0, 6]).Select((tenths, months) => (Offer)new GuaranteeFeeWaiverOffer(tenths / 10m, months == 0 ? null : months)),
        Gen.Int[1, 10].Select(tenths => (Offer)new BridgeFeeWaiverOffer(tenths / 10m)));

    private static readonly Gen<Condition> AnyCondition = Gen.OneOf<Condition>(
        Gen.Enum<BorrowerKind>().Array[1, 6].Select(kinds => (Condition)new BorrowerKindIn(kinds)),
        Gen.Enum<LoanProduct>().Array[1, 6].Select(products => (Condition)new ProductIn(products)),
        Gen.Enum<LoanClass>().Array[1, 5].Select(classes => (Condition)new ClassIn(classes)),
        Gen.Enum<Attestation>().Select(fact => (Condition)new Attests(fact)),
        Gen.Const((Condition)new AskedBeforeMaturity()),
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 36]).Select((tenths, months) => (Condition)new ExtensionCapLeft(new(tenths / 10m, tenths / 10m, months, 12, 60))));

    private static readonly Gen<PolicyMeasure> AnyMeasure =
        Gen.Select(AnyOffer.Array[1, 2], AnyCondition.Array[0, 2], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 3]).Select((offers, conditions, automatic, inPrinciple, restricts) => new PolicyMeasure
        {
            Id = "to-be-named",
            Article = "1",
            Title = new("措施", "Measure"),
            Offers = Together(offers) ? offers : offers[..1],
            Conditions = conditions,
            Automatic = automatic == 0,
            InPrinciple = inPrinciple,
            Restricts = restricts == 0,
        });

    private static readonly Gen<PolicyPack> AnyPack =
        Gen.Select(AnyMeasure.Array[1, 3], Gen.OneOf("own-a", "zz-own")).Select((measures, id) => new PolicyPack
        {
            Id = Identifier.Parse<PolicyPackId>(id),
            Title = new("自定", "Own"),
            Authority = "x",
            Jurisdiction = "x",
            EffectiveFrom = new(2000, 1, 1),
            Source = "test",
            Measures = [.. measures.Select((measure, i) => measure with { Id = $"m{i}" })],
        });

    /// <summary>A loan on a day before its maturity, what is attested, who lends, and the policies of the day.</summary>
    public static readonly Gen<Case> Asked =
        Gen.Select(
            LoanGen.Running,
            Gen.Select(Gen.Enum<BorrowerKind>(), Gen.OneOf("渝北区", "文成县", "朝阳区", "浦东新区"), Gen.OneOf("餐饮", "制造"), Gen.Bool).Select((kind, district, industry, sound) =>
                SampleLoan.Bullet.Borrower with { Kind = kind, District = district, Industry = industry, Standing = new(sound) }),
            Gen.Frequency((3, Gen.Const(LoanProduct.WorkingCapital)), (2, Gen.Enum<LoanProduct>())),
            Gen.Frequency((3, Gen.Const(LoanClass.Normal)), (1, Gen.Enum<LoanClass>())),
            Gen.Enum<Attestation>().Array[0, 5],
            Gen.Enum<InstitutionKind>(),
            Gen.Select(AnyPack, Gen.Int[0, 2], Gen.Int[0, 1000]))
        .Select((running, borrower, product, @class, attested, lender, more) =>
        {
            var (own, without, choice) = more;
            var loan = running.Loan with { Borrower = borrower, Product = product, Class = @class };
            var asOf = running.AsOf < loan.Maturity ? running.AsOf : loan.Maturity.AddDays(-1);
            return new Case(loan, asOf, [.. attested.Distinct()], lender, without == 0 ? PolicyPacks.Shipped : [.. PolicyPacks.Shipped.Append(own)], choice);
        });

    /// <param name="Choice">Which of the measures that are offered.</param>
    internal sealed record Case(Loan Loan, DateOnly AsOf, IReadOnlyList<Attestation> Attested, InstitutionKind Lender, IReadOnlyList<PolicyPack> Packs, int Choice)
    {
        public override string ToString() =>
            $"{Loan} on {AsOf:O}, {Lender}, attested {string.Join(' ', Attested)}, choice {Choice}, {string.Join("; ", Packs.Where(pack => pack.Authority == "x").SelectMany(pack => pack.Measures))}";
    }

    private static bool Together(Offer[] offers) => offers.Length < 2 || offers[0].GetType() != offers[1].GetType() && offers.Count(offer => offer.Intent is not null) < 2;
}
