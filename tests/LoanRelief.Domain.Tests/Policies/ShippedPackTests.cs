using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Relief;
using LoanRelief.Domain.Values;
using Xunit;
using static LoanRelief.Domain.Tests.Policies.SamplePolicies;

namespace LoanRelief.Domain.Tests.Policies;

/// <summary>The shipped packs against the figures of the seeds and of the worked examples; sums that are in neither are written out.</summary>
public class ShippedPackTests
{
    private static readonly DateOnly IssueOfYubei = new(2022, 12, 28);

    [Fact]
    public void All_seventeen_articles_of_Yubei_are_there_as_measures_or_duties()
    {
        var pack = Pack("yubei-2022-16");
        string[] numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七"];

        var articles = pack.Measures.Select(measure => measure.Article).Concat(pack.Duties.Select(duty => duty.Article)).ToHashSet();

        Assert.Equal(numbers.Select(number => $"（{number}）").Order(), articles.Order());
        Assert.Equal(["（一）", "（二）", "（三）", "（四）", "（十四）"], pack.Measures.Select(measure => measure.Article).Distinct());
        Assert.All(pack.Duties, duty => Assert.NotEmpty(duty.Responsible));
        Assert.Equal(("渝北金〔2022〕16号", new DateOnly(2022, 12, 28)), (pack.DocumentNumber, pack.IssuedOn));
    }

    [Theory]
    [InlineData("5", "", "区商务委")]
    [InlineData("7", "区金融办", "相关镇街 园区国有公司 各银行机构")]
    [InlineData("16", "区金融办", "专班成员单位 各金融机构")]
    [InlineData("3-products", "区经济信息委", "区金融办 区科技局")]
    public void Duties_name_the_units_of_the_text(string id, string lead, string responsible)
    {
        var duty = Pack("yubei-2022-16").Duties.Single(each => each.Id == id);

        Assert.Equal((lead, responsible), (string.Join(' ', duty.Lead), string.Join(' ', duty.Responsible)));
    }

    [Fact]
    public void Yubei_1_defers_what_matures_in_the_fourth_quarter_to_the_middle_of_2023_without_penalty()
    {
        var loan = Yubei with { DrawnOn = new(2022, 6, 30), Maturity = new(2022, 12, 30) };

        var advice = Advise(loan, IssueOfYubei).Of("yubei-2022-16", "1-deferral");

        Assert.True(advice is { Applies: true, Measure: { InPrinciple: true, Automatic: false, Article: "（一）" } });
        Assert.Equal(new DateOnly(2023, 6, 30), advice.Preview!.NewMaturity);
        // 182 days of the worked example at the contract rate; the uplift of half of it is not charged.
        Assert.Equal(Yuan(43_983.33m), advice.Preview.After.Instalments[^1].Interest - advice.Preview.After.Instalments[^1].Carried);
        Assert.Equal(Money.Zero, advice.Preview.Relief.Totals.Interest.Relief);
        Assert.Equal(Yuan(21_991.67m), advice.Preview.Relief.Totals.Penalty.Relief);
    }

    [Theory]
    [InlineData(2022, 9, 30, "maturity-not-covered")]
    [InlineData(2023, 1, 1, "maturity-not-covered")]
    public void Yubei_1_is_for_the_fourth_quarter_of_2022(int year, int month, int day, string code)
    {
        var loan = Yubei with { DrawnOn = new(2022, 1, 4), Maturity = new(year, month, day) };

        Assert.Contains(code, Advise(loan, IssueOfYubei).Of("yubei-2022-16", "1-deferral").Reasons());
    }

    [Fact]
    public void Yubei_2_cuts_the_rate_by_a_tenth_without_application()
    {
        var advice = Advise(Yubei, new(2022, 12, 30)).Of("yubei-2022-16", "2-rate-cut");

        Assert.Equal(new Rate(0.03915m), advice.Preview!.NewRate);
        Assert.Equal((Yuan(43_983.33m), Yuan(39_585.00m), Yuan(4_398.33m)),
            (advice.Preview.Relief.Totals.Interest.WouldHavePaid, advice.Preview.Relief.Totals.Interest.Paid, advice.Saves));
        Assert.Equal([new AdviceStep(AdviceStepKind.Grant, null)], advice.Steps);
    }

    [Theory]
    // 2,000,000 at 3.6% for 15 days of 360.
    [InlineData(2023, 1, 5, 2023, 1, 20, 3_000.00)]
    // Ten days of June only: from July it is charged again.
    [InlineData(2023, 6, 21, 2023, 7, 6, 2_000.00)]
    public void Yubei_3_waives_the_bridge_fee_to_the_end_of_June_2023(int y1, int m1, int d1, int y2, int m2, int d2, decimal saved)
    {
        var loan = Yubei with { BridgeFee = new(Yuan(2_000_000), new(0.036m), new(y1, m1, d1), new(y2, m2, d2)) };

        Assert.Equal(Yuan(saved), Advise(loan, new(2023, 1, 4)).Of("yubei-2022-16", "3-bridge-fee").Saves);
        Assert.Contains("outside-measure-window", Advise(loan, new(2023, 7, 1)).Of("yubei-2022-16", "3-bridge-fee").Reasons());
    }

    [Fact]
    public void Yubei_4_caps_the_guarantee_fee_at_eight_per_mille_up_to_ten_million()
    {
        // 365 days of 360 at 1.5% and at 0.8%: 30,416.67 less 16,222.22.
        var loan = Yubei with { GuaranteeFee = new(Yuan(2_000_000), new(0.015m), new(2023, 1, 1), new(2024, 1, 1)) };
        var above = loan with { Principal = Yuan(20_000_000), Outstanding = Yuan(20_000_000), GuaranteeFee = loan.GuaranteeFee! with { Amount = Yuan(10_000_000.01m) } };

        Assert.Equal(Yuan(14_194.45m), Advise(loan, new(2023, 1, 1)).Of("yubei-2022-16", "4-guarantee-fee").Saves);
        Assert.Equal(["guaranteed-above-limit"], Advise(above, new(2023, 1, 1)).Of("yubei-2022-16", "4-guarantee-fee").Reasons());
    }

    [Fact]
    public void Yubei_14_is_for_housing_loans_of_persons_and_only_for_them()
    {
        var housing = SampleLoan.EqualInstalments with
        {
            Product = LoanProduct.Housing,
            Borrower = Yubei.Borrower with { Kind = BorrowerKind.Individual },
            DrawnOn = new(2020, 1, 12),
            Maturity = new(2040, 1, 12),
        };

        var advice = Advise(housing, new(2023, 2, 1));

        Assert.Equal(["14-longer-term", "14-postponement", "14-principal"],
            advice.Measures.Where(each => each.Applies && each.Pack.Id.Value == "yubei-2022-16").Select(each => each.Measure.Id).Order());
        Assert.Equal(["borrower-kind-not-covered", "product-not-covered"],
            Advise(Yubei, new(2023, 2, 1)).Of("yubei-2022-16", "14-principal").Reasons());
    }

    [Theory]
    [InlineData("朝阳区", "北京再担保公司", "餐饮", "four-districts")]
    [InlineData("通州", "北京国华担保有限公司", "零售", "four-districts")]
    [InlineData("石景山区", "北京石创担保有限公司", "道路交通运输", "shijingshan")]
    public void Beijing_waives_three_months_of_the_guarantee_fee(string district, string guarantor, string industry, string measure)
    {
        // 2022-06-01 to 09-01 is 92 days: 1,000,000 × 1% × 92/360.
        var advice = Advise(Beijing(district, guarantor, industry), new(2022, 6, 1)).Of("beijing-guarantee-fee-2022", measure);

        Assert.Equal(Yuan(2_555.56m), advice.Saves);
    }

    [Theory]
    [InlineData("海淀区", "北京再担保公司", "餐饮", 1, "district-not-covered")]
    [InlineData("石景山区", "北京石创担保有限公司", "餐饮", 1, "district-not-covered guarantor-not-covered")]
    [InlineData("朝阳区", "某担保公司", "餐饮", 1, "guarantor-not-covered")]
    [InlineData("朝阳区", "北京再担保公司", "制造", 1, "industry-not-covered")]
    [InlineData("朝阳区", "北京再担保公司", "餐饮", 10.01, "outstanding-above-limit")]
    public void Beijing_names_what_is_missing(string district, string guarantor, string industry, decimal millions, string codes)
    {
        var loan = Beijing(district, guarantor, industry);
        loan = loan with { Principal = Yuan(millions * 1_000_000), Outstanding = Yuan(millions * 1_000_000) };

        Assert.Equal(codes, string.Join(' ', Advise(loan, new(2022, 6, 1)).Of("beijing-guarantee-fee-2022", "four-districts").Reasons()));
    }

    [Theory]
    [InlineData(InstitutionKind.LeasingCompany, true)]
    [InlineData(InstitutionKind.GroupFinanceCompany, true)]
    [InlineData(InstitutionKind.AutoFinanceCompany, true)]
    [InlineData(InstitutionKind.Bank, false)]
    [InlineData(null, false)]
    public void Shanghai_is_for_clients_of_the_three_kinds_of_non_bank(InstitutionKind? lender, bool applies)
    {
        var loan = Yubei with { Borrower = Yubei.Borrower with { District = "浦东新区" }, DrawnOn = new(2021, 8, 1), Maturity = new(2022, 8, 1) };

        var measures = Advise(loan, new(2022, 6, 27), lender: lender).Measures.Where(each => each.Pack.Id.Value == "shanghai-non-bank-2022");

        Assert.Equal([applies, applies, applies], measures.Select(each => each.Applies));
    }

    [Fact]
    public void Zhejiang_wants_contact_a_month_ahead_and_keeps_excluded_firms_out()
    {
        var loan = Cases.SampleCase.WenchengLoan with { Maturity = new(2025, 11, 5) };
        var advice = Advise(loan, new(2025, 9, 1));
        var excluded = loan with { Borrower = loan.Borrower with { Exclusions = [ExclusionList.Shell] } };

        Assert.True(advice.Of("zhejiang-renewal-2025", "renewal").Applies);
        // A month before is in the holiday, so the last working day before it.
        Assert.Equal(new DateOnly(2025, 9, 30), advice.ContactDeadline.Date);
        Assert.Equal(["应续尽续", "预先剔除"], Pack("zhejiang-renewal-2025").Duties.Select(duty => duty.Article).Intersect(["应续尽续", "预先剔除"]));
        Assert.All(Advise(excluded, new(2025, 9, 1)).Measures, each => Assert.Contains("on-exclusion-list", each.Reasons()));
    }

    [Theory]
    [InlineData(BorrowerKind.SmallOrMicroFirm, LoanProduct.WorkingCapital, 2025, "")]
    [InlineData(BorrowerKind.Farmer, LoanProduct.BusinessOperation, 2025, "")]
    [InlineData(BorrowerKind.Individual, LoanProduct.WorkingCapital, 2025, "renewal-borrower")]
    [InlineData(BorrowerKind.SmallOrMicroFirm, LoanProduct.Housing, 2025, "renewal-product")]
    [InlineData(BorrowerKind.MediumFirm, LoanProduct.WorkingCapital, 2027, "")]
    [InlineData(BorrowerKind.MediumFirm, LoanProduct.WorkingCapital, 2028, "renewal-medium-firm-until")]
    public void Renewal_is_ruled_out_by_the_measure_that_comes_nearest(BorrowerKind kind, LoanProduct product, int year, string codes)
    {
        var loan = Cases.SampleCase.WenchengLoan with
        {
            Product = product,
            Borrower = Cases.SampleCase.WenchengLoan.Borrower with { Kind = kind },
            Maturity = new(year, 6, 30),
        };

        var reasons = MeasureRules.RuledOut(PolicyPacks.Shipped, Domain.Cases.IntentKind.Renew, new(loan, new(2025, 1, 2), loan.Maturity.AddDays(-1)));

        Assert.Equal(codes, string.Join(' ', reasons.Select(reason => reason.Code)));
    }

    [Theory]
    // A year drawn, six months extended already: six are left, and the usual six end there.
    [InlineData(2023, 1, 10, 2024, 1, 10, 2024, 7, 10, 2025, 1, 10)]
    // Eleven months extended already: one is left.
    [InlineData(2023, 1, 10, 2024, 1, 10, 2024, 12, 10, 2025, 1, 10)]
    // Four years drawn: two years of extension at most.
    [InlineData(2020, 1, 10, 2024, 1, 10, 2025, 12, 10, 2026, 1, 10)]
    // Seven years drawn: three.
    [InlineData(2017, 1, 10, 2024, 1, 10, 2026, 12, 10, 2027, 1, 10)]
    public void General_rules_offer_an_extension_up_to_what_is_left_of_the_cap(
        int y1, int m1, int d1, int y2, int m2, int d2, int y3, int m3, int d3, int y4, int m4, int d4)
    {
        var loan = SampleLoan.Bullet with { DrawnOn = new(y1, m1, d1), OriginalMaturity = new(y2, m2, d2), Maturity = new(y3, m3, d3) };

        var advice = Advise(loan, loan.Maturity.AddDays(-40)).Of("general-rules-of-loans", "extension");

        Assert.Equal(new DateOnly(y4, m4, d4), Assert.IsType<Extension>(Assert.Single(advice.Changes)).NewMaturity);
    }

    [Fact]
    public void A_cap_that_is_used_up_is_told_with_the_maturity_seen_and_wanted()
    {
        var loan = SampleLoan.Bullet with { DrawnOn = new(2023, 1, 10), OriginalMaturity = new(2024, 1, 10), Maturity = new(2025, 1, 10) };

        var check = Assert.Single(Advise(loan, new(2024, 12, 1)).Of("general-rules-of-loans", "extension").Conditions, each => !each.Met);

        Assert.Equal(("extension-cap-used-up", "maturity", "2025-01-10", "../2025-01-09"), (check.Code, check.Field, check.Seen, check.Wanted));
    }

    private static Loan Beijing(string district, string guarantor, string industry) => SampleLoan.Bullet with
    {
        Principal = Yuan(1_000_000),
        Outstanding = Yuan(1_000_000),
        Borrower = SampleLoan.Bullet.Borrower with { District = district, Industry = industry },
        DrawnOn = new(2022, 1, 1),
        Maturity = new(2023, 1, 1),
        Guarantors = [new("G-1", guarantor, GuarantorKind.GuaranteeCompany)],
        GuaranteeFee = new(Yuan(1_000_000), new(0.01m), new(2022, 1, 1), new(2023, 1, 1)),
    };
}
