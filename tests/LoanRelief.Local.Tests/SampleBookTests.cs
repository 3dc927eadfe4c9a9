using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Testing;
using LoanRelief.Testing.SampleBook;
using LoanRelief.Web.Imports.Reading;
using Xunit;

namespace LoanRelief.Local.Tests;

/// <summary>The committed sample book against its generator, and the generator against the figures of the seeds.</summary>
public sealed class SampleBookTests
{
    private static readonly IReadOnlyList<Loan> Book = SampleLoans.All;

    public static TheoryData<string, string> Files => new()
    {
        { "loan-book.csv", SampleCsv.Loans(SampleLoans.All) },
        { "institutions.csv", SampleCsv.Institutions(SampleInstitutions.All) },
    };

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public async Task The_committed_file_is_what_the_generator_makes(string file, string made)
    {
        var path = RepositoryRoot.At("src", "LoanRelief.Local", "Samples", file);
        if (Environment.GetEnvironmentVariable("WRITE_SAMPLES") == "1")
            await File.WriteAllTextAsync(path, made, TestContext.Current.CancellationToken);

        Assert.Equal(made, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Every_row_is_read_back_as_the_loan_that_was_written()
    {
        await using var file = File.OpenRead(RepositoryRoot.At("src", "LoanRelief.Local", "Samples", "loan-book.csv"));

        await using var book = await LoanBook.OpenAsync(file, BookFormat.Csv, declared: null, institution: null, TestContext.Current.CancellationToken);
        var rows = await book.RowsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Empty(rows.SelectMany(row => row.Errors));
        Assert.Equivalent(Book, rows.Select(row => row.Content), strict: true);
    }

    [Fact]
    public void Every_loan_keeps_the_rules_for_loans()
    {
        Assert.All(Book, loan => Assert.Empty(LoanRules.Check(loan)));
        Assert.All(Book, loan => Assert.True(loan.DrawnOn < (loan.OriginalMaturity ?? loan.Maturity) && loan.DrawnOn <= SampleLoans.AsOf));
        Assert.All(Book, loan => Assert.True(loan.OriginalMaturity is null || loan.OriginalMaturity < loan.Maturity));
        Assert.All(Book, loan => Assert.True(loan.Outstanding.IsPositive && loan.Outstanding <= loan.Principal));
        Assert.Equal(Book.Count, Book.Select(loan => (loan.Institution, loan.Number)).Distinct().Count());
    }

    [Fact]
    public void The_mean_is_that_of_a_relieved_loan_in_seed_000()
    {
        var mean = Book.Aggregate(Money.Zero, (sum, loan) => sum + loan.Outstanding).Yuan / Book.Count;

        Assert.Equal(579_105.37m, decimal.Round(SampleLoans.MeanYuan, 2));
        Assert.InRange(mean, SampleLoans.MeanYuan * 0.999m, SampleLoans.MeanYuan * 1.001m);
    }

    [Fact]
    public void Lenders_other_than_banks_are_mixed_like_the_borrowers_that_seed_000_counts()
    {
        var kinds = SampleInstitutions.All.ToDictionary(i => i.Id, i => i.Kind);
        var counts = Book.CountBy(loan => kinds[loan.Institution]).ToDictionary();

        Assert.Equal(180, counts[InstitutionKind.Bank]);
        foreach (var (kind, borrowers) in new[]
        {
            (InstitutionKind.GroupFinanceCompany, 3_463), (InstitutionKind.LeasingCompany, 218), (InstitutionKind.AutoFinanceCompany, 13_610),
        })
        {
            Assert.InRange(counts[kind] - 120m * borrowers / 17_291m, -1m, 1m);
        }
    }

    [Fact]
    public void Borrowers_are_of_every_kind()
    {
        Assert.Equal(
            [
                (BorrowerKind.SmallOrMicroFirm, 168), (BorrowerKind.SelfEmployed, 63), (BorrowerKind.SmallFirmOwner, 36),
                (BorrowerKind.MediumFirm, 14), (BorrowerKind.Farmer, 9), (BorrowerKind.Individual, 10),
            ],
            Book.CountBy(loan => loan.Borrower.Kind).Select(kind => (kind.Key, kind.Value)).OrderBy(kind => kind.Key));
        Assert.Equal(288, Book.Select(loan => loan.Borrower.Reference).Distinct().Count());
    }

    [Fact]
    public void The_places_and_trades_are_those_of_the_seeds()
    {
        string[] places = ["渝北", "朝阳", "顺义", "房山", "通州", "石景山", "文成", "苍南", "永嘉", "瑞安", "浦东"];
        string[] trades = ["零售", "交通运输", "餐饮", "文旅", "制造", "外贸", "科技", "冷链物流", "汽车经销", "农业"];

        Assert.Empty(places.Except(Book.Select(loan => loan.Borrower.District)));
        Assert.Empty(trades.Except(Book.Select(loan => loan.Borrower.Industry)));
    }

    [Fact]
    public void Every_product_method_day_count_class_and_kind_of_guarantor_occurs()
    {
        Assert.Equal(Enum.GetValues<LoanProduct>(), Occurring(loan => loan.Product));
        Assert.Equal(Enum.GetValues<RepaymentMethod>(), Occurring(loan => loan.RepaymentMethod));
        Assert.Equal(Enum.GetValues<DayCount>(), Occurring(loan => loan.DayCount));
        Assert.Equal(Enum.GetValues<LoanClass>(), Occurring(loan => loan.Class));
        Assert.Equal(Enum.GetValues<GuarantorKind>(), Book.SelectMany(loan => loan.Guarantors).Select(g => g.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<ExclusionList>(), Book.SelectMany(loan => loan.Borrower.Exclusions).Distinct().Order());
    }

    [Fact]
    public void Maturities_lie_in_the_demonstration_some_on_holidays_and_some_too_late()
    {
        Assert.All(Book, loan => Assert.InRange(loan.Maturity, new(2025, 3, 10), new(2025, 5, 31)));
        Assert.Equal(24, Book.Count(loan => ContactDeadline.For(loan.Maturity, BusinessCalendar.China, ContactRule.OneMonth).Date < SampleLoans.AsOf));
        Assert.Equal(10, Book.Count(loan => loan.Maturity >= new DateOnly(2025, 4, 4) && loan.Maturity <= new DateOnly(2025, 4, 6)));
        Assert.Equal(15, Book.Count(loan => loan.Maturity >= new DateOnly(2025, 5, 1) && loan.Maturity <= new DateOnly(2025, 5, 5)));
    }

    [Theory]
    [InlineData("excluded", 12)]
    [InlineData("in arrears with principal", 4)]
    [InlineData("in arrears with interest", 23)]
    [InlineData("not 正常", 17)]
    [InlineData("standing in doubt", 16)]
    [InlineData("with guarantors", 75)]
    [InlineData("with two guarantors", 6)]
    [InlineData("extended", 10)]
    [InlineData("renewed", 21)]
    [InlineData("renewed twice", 5)]
    public void So_many_are_special(string what, int count)
    {
        Func<Loan, bool> special = what switch
        {
            "excluded" => loan => loan.Borrower.Exclusions.Count > 0,
            "in arrears with principal" => loan => loan.PrincipalArrears.Count > 0,
            "in arrears with interest" => loan => loan.InterestArrears.IsPositive,
            "not 正常" => loan => loan.Class != LoanClass.Normal,
            "standing in doubt" => loan => loan.Borrower.Standing != new CreditStanding(),
            "with guarantors" => loan => loan.Guarantors.Count > 0,
            "with two guarantors" => loan => loan.Guarantors.Count == 2,
            "extended" => loan => loan.OriginalMaturity is not null,
            "renewed" => loan => loan.RenewalOf is not null,
            "renewed twice" => loan => loan.Renewals == 2,
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };

        Assert.Equal(count, Book.Count(special));
    }

    [Fact]
    public void The_story_of_seed_003_is_in_it_untouched()
    {
        var story = Assert.Single(Book, loan => loan.Institution.Value == "icbc-wencheng" && loan.Number.Value == "JJ2024-0001");

        Assert.Equal(SampleLoans.Story, story);
        Assert.Equal(2_000_000m, story.Outstanding.Yuan);
        Assert.Equal("文成", story.Borrower.District);
    }

    [Fact]
    public void Nobody_in_it_is_real()
    {
        Assert.All(Book, loan => Assert.Contains("样例", loan.Borrower.Name, StringComparison.Ordinal));
        Assert.All(Book.SelectMany(loan => loan.Guarantors), guarantor => Assert.Contains("样例", guarantor.Name, StringComparison.Ordinal));
    }

    private static IEnumerable<T> Occurring<T>(Func<Loan, T> what) => Book.Select(what).Distinct().Order();
}
