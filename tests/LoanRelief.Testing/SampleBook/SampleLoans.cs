using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Testing.SampleBook;

/// <summary>The sample loan book: the same 300 loans on every machine. How it is made up: <c>Samples/README.md</c>.</summary>
public static class SampleLoans
{
    /// <summary>First day of the demonstration; the amounts outstanding are of this day.</summary>
    public static readonly DateOnly AsOf = new(2025, 3, 3);

    /// <summary>Mean amount of a relieved loan: 38.58 亿元 in 6,662 loans (seed 000).</summary>
    public static readonly decimal MeanYuan = 3_858_000_000m / 6_662m;

    /// <summary>
    /// Seed 003: a small firm in 文成 expanded, is short of cash, and can not raise the 2,000,000 yuan that come due;
    /// the branch renews the loan without repayment of principal.
    /// </summary>
    public static Loan Story { get; } = new()
    {
        Institution = Identifier.Parse<InstitutionId>("icbc-wencheng"),
        Number = Identifier.Parse<LoanNumber>("JJ2024-0001"),
        Borrower = new() { Reference = "KH-icbc-wencheng-0001", Name = "文成故事样例制造有限公司", Kind = BorrowerKind.SmallOrMicroFirm, Industry = "制造", District = "文成" },
        Product = LoanProduct.WorkingCapital,
        Principal = Money.FromYuan(2_000_000m),
        Outstanding = Money.FromYuan(2_000_000m),
        Rate = new(0.0435m),
        RepaymentMethod = RepaymentMethod.InterestThenPrincipal,
        DrawnOn = new(2024, 4, 30),
        Maturity = new(2025, 4, 30),
    };

    /// <summary>Sorted by institution and number.</summary>
    // After what it is made from: static members are initialised from top to bottom.
    public static IReadOnlyList<Loan> All { get; } = Make();

    private static Loan[] Make()
    {
        var random = new SampleRandom(20250303);
        var names = new SampleNames(random);
        var segments = SampleSegment.All.SelectMany(segment => Enumerable.Repeat(segment, segment.Count)).ToList();
        var maturities = SampleMaturities.Deal(segments.Count, random);
        var loans = segments.Select((segment, n) => Make(segment, n, maturities.Dequeue(), random, names)).ToList();
        MeetTheMean(loans, Story.Outstanding);
        new SampleMarks(loans, random, names).Apply();
        return
        [
            .. Numbered(loans).Prepend(Story)
                .OrderBy(loan => loan.Institution.Value, StringComparer.Ordinal).ThenBy(loan => loan.Number.Value, StringComparer.Ordinal),
        ];
    }

    private static Loan Make(SampleSegment segment, int n, DateOnly maturity, SampleRandom random, SampleNames names)
    {
        var district = random.Pick(segment.Districts);
        var industry = random.Pick(segment.Industries);
        var terms = SampleTerms.Of(segment.Product, random);
        var principal = Money.FromYuan(random.Small(segment.Wan.Least, segment.Wan.Most) * 10_000m);
        var rate = Rate.FromPercent(random.Between(segment.BasisPoints.Least / 5, segment.BasisPoints.Most / 5) * 0.05m);
        var drawnOn = maturity.AddMonths(-terms.Months);
        return new()
        {
            Institution = Identifier.Parse<InstitutionId>(segment.Institution),
            Number = Identifier.Parse<LoanNumber>("later"),
            Borrower = new()
            {
                Reference = $"KH-{segment.Institution}-{n + 2:0000}",
                Name = names.For(segment.Kind, district, industry),
                Kind = segment.Kind,
                Industry = industry,
                District = district,
            },
            Product = segment.Product,
            Principal = principal,
            Outstanding = terms.Outstanding(principal, rate, drawnOn, AsOf),
            Rate = rate,
            RepaymentMethod = terms.Method,
            PeriodMonths = terms.PeriodMonths,
            DrawnOn = drawnOn,
            Maturity = maturity,
        };
    }

    /// <summary>Makes working-capital loans of small firms larger or smaller by 万元 until the mean is as near to the seed's as that allows.</summary>
    private static void MeetTheMean(List<Loan> loans, Money story)
    {
        var step = Money.FromYuan(10_000m);
        var wanted = MeanYuan * (loans.Count + 1);
        var off = loans.Aggregate(story, (sum, loan) => sum + loan.Outstanding).Yuan - wanted;
        var flexible = Enumerable.Range(0, loans.Count)
            .Where(n => loans[n] is { Product: LoanProduct.WorkingCapital, Borrower.Kind: BorrowerKind.SmallOrMicroFirm }).ToList();
        for (var n = 0; Math.Abs(off) > step.Yuan / 2; n = (n + 1) % flexible.Count)
        {
            var loan = loans[flexible[n]];
            var change = off > 0 ? -step : step;
            loans[flexible[n]] = loan with { Principal = loan.Principal + change, Outstanding = loan.Outstanding + change };
            off += change.Yuan;
        }
    }

    /// <summary>借据号: year of the drawdown and a running number of the institution, of which the story has the first.</summary>
    private static IEnumerable<Loan> Numbered(IEnumerable<Loan> loans) =>
        loans.GroupBy(loan => loan.Institution).SelectMany(book => book.Select((loan, n) =>
            loan with { Number = Identifier.Parse<LoanNumber>($"JJ{loan.DrawnOn.Year}-{n + (book.Key == Story.Institution ? 2 : 1):0000}") }));
}
