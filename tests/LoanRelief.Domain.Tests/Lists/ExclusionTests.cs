using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using Xunit;
using static LoanRelief.Domain.Tests.Cases.SampleCase;

namespace LoanRelief.Domain.Tests.Lists;

public class ExclusionTests
{
    private static readonly Exclusion Zombie = new(
        ExclusionList.Zombie, Identifier.Parse<InstitutionId>("wenzhou-fra"), Identifier.Parse<ListId>("zombie-2025"), "市场监管部门在册数据", new(2025, 1, 1), new(2025, 12, 31));

    [Fact]
    public void A_borrower_on_a_list_from_outside_is_closed_and_counted_when_the_case_is_opened()
    {
        var sample = Open(listed: Zombie);

        Assert.Equal((Outcome.Excluded, ReasonCodes.ListedZombie), (sample.State.Outcome, sample.State.ReasonCode));
        Assert.Equal([Zombie], Assert.Single(sample.Steps[0].Events.OfType<FoundListed>()).Entries);
    }

    [Fact]
    public void One_that_came_on_a_list_later_is_found_when_it_is_screened()
    {
        var sample = Open().Contacted();
        sample.Listed = [Zombie with { Kind = ExclusionList.Dishonest }, Zombie with { Kind = ExclusionList.Shell }];
        sample.Wants(IntentKind.Renew);

        Assert.Equal((Outcome.Excluded, ReasonCodes.ListedShell), (sample.State.Outcome, sample.State.ReasonCode));
        Assert.Equal(2, sample.Steps[^1].Events.OfType<FoundListed>().Single().Entries.Count);
        Assert.Empty(sample.Steps[^1].Events.OfType<Screened>());
    }

    [Fact]
    public void Nobody_else_is_excluded_and_the_history_of_one_whom_the_book_excludes_names_no_list()
    {
        Assert.Equal(Stage.Contact, Open().State.Stage);
        var byTheBook = Open(WenchengLoan with { Borrower = WenchengLoan.Borrower with { Exclusions = [ExclusionList.Shell] } });
        Assert.Equal(ReasonCodes.ListedShell, byTheBook.State.ReasonCode);
        Assert.Empty(byTheBook.Steps[0].Events.OfType<FoundListed>());
    }

    [Fact]
    public void The_condition_of_a_policy_shows_list_source_and_validity()
    {
        var request = new AdviceRequest(WenchengLoan, new(2025, 4, 1)) { Lender = InstitutionKind.Bank, Listed = [Zombie] };
        var advice = Assert.IsType<AdviceResult.Worked>(Adviser.Advise(request, PolicyPacks.Shipped, BusinessCalendar.China, CasePolicy.Default)).Advice;

        var check = advice.Measures.Single(each => each.Pack.Id.Value == "zhejiang-renewal-2025").Conditions.First(each => each.Condition is NotExcluded);
        Assert.False(check.Met);
        Assert.Equal("zombie (wenzhou-fra/zombie-2025: 市场监管部门在册数据, 2025-01-01/2025-12-31)", check.Seen);
    }

    [Fact]
    public void An_entry_holds_from_its_first_day_to_its_last()
    {
        Assert.Equal([false, true, true, false], new[] { "2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01" }.Select(day => Zombie.IsValidOn(DateOnly.Parse(day, null))));
        Assert.True((Zombie with { ValidUntil = null }).IsValidOn(new(2030, 1, 1)));
    }

    [Fact]
    public void A_firm_has_one_entry_of_a_kind_from_each_list()
    {
        var firm = new Firm(Identifier.Parse<CreditCode>("914403001922038216")).With(Zombie);

        Assert.Same(firm, firm.With(Zombie with { }));
        Assert.Equal([Zombie with { ValidUntil = null }], firm.With(Zombie with { ValidUntil = null }).Exclusions);
        Assert.Equal(3, firm.With(Zombie with { Kind = ExclusionList.Shell }).With(Zombie with { By = WenchengLoan.Institution }).Exclusions.Count);
    }

    [Theory]
    [InlineData("", "2025-01-01", null, "required source")]
    [InlineData("x", "1989-12-31", null, "out-of-range validFrom")]
    [InlineData("x", "2025-01-02", "2025-01-01", "out-of-range validUntil")]
    public void An_entry_that_can_not_be_is_refused(string source, string from, string? until, string wrong)
    {
        var entry = Zombie with { Source = source, ValidFrom = DateOnly.Parse(from, null), ValidUntil = until is null ? null : DateOnly.Parse(until, null) };
        Assert.Equal(wrong, new ExclusionRow(default, entry).Check().Select(refusal => $"{refusal.Code} {refusal.Field}").Single());
    }
}
