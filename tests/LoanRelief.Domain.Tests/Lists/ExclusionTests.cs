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

    [Theory]
    [InlineData(Stage.Screening)]
    [InlineData(Stage.Approval)]
    [InlineData(Stage.SecondReview)]
    [InlineData(Stage.Signature)]
    public void One_that_came_on_a_list_after_its_request_is_found_by_the_next_step_on_which_relief_rests(Stage stage)
    {
        var sample = In(stage);
        Fact fact = stage switch
        {
            Stage.Screening => new DocumentsFact(["application"]),
            Stage.Signature => new SignatureFact("HT-2025-1", new(2025, 4, 1)),
            _ => new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditDepartment),
        };
        Assert.Equal(new DateOnly(2025, 4, 1), ReliefCase.ListsWanted(sample.State, fact, new(2025, 4, 1)));
        sample.Listed = [Zombie];
        sample.Report(fact, Reviewer);

        Assert.Equal((Outcome.Excluded, ReasonCodes.ListedZombie), (sample.State.Outcome, sample.State.ReasonCode));
        Assert.Equal([Zombie], sample.Steps[^1].Events.OfType<FoundListed>().Single().Entries);
        Assert.DoesNotContain(sample.Effects, effect => effect.Kind == EffectKinds.BookingInstructed);
        // Nobody approved it; a contract that was signed all the same is on record.
        Assert.Empty(sample.Steps[^1].Events.OfType<Decided>());
        Assert.Equal(stage == Stage.Signature ? "HT-2025-1" : null, sample.State.ContractNumber);
    }

    [Fact]
    public void One_whom_the_book_excludes_meanwhile_is_found_too()
    {
        var sample = In(Stage.Approval);
        sample.Report(new LoanFact(WenchengLoan with { Borrower = WenchengLoan.Borrower with { Exclusions = [ExclusionList.Dishonest] } }));
        sample.Approved();

        Assert.Equal((Outcome.Excluded, ReasonCodes.ListedDishonest), (sample.State.Outcome, sample.State.ReasonCode));
        Assert.Empty(sample.Steps[^1].Events.OfType<FoundListed>());
    }

    [Fact]
    public void Lists_are_looked_at_for_the_day_of_the_signature_and_for_nothing_on_which_no_relief_rests()
    {
        var (signature, today) = (In(Stage.Signature).State, new DateOnly(2025, 4, 8));
        Assert.Equal(new DateOnly(2025, 4, 3), ReliefCase.ListsWanted(signature, new SignatureFact("HT-2025-1", new(2025, 4, 3)), today));
        foreach (var fact in new Fact[] { new DocumentsFact(["tax-record"]), new ContactFact(ContactChannel.Phone, Reached: true), new WithdrawalFact("x"), new GuarantorConsentFact("G-1", true, "x"), new HoldFact("x") })
            Assert.Null(ReliefCase.ListsWanted(signature, fact, today));
        Assert.Null(ReliefCase.ListsWanted(In(Stage.Approval).State, new ApprovalFact(ApprovalDecision.Refuse, ApprovalLevel.Branch, "x"), today));
    }

    [Fact]
    public void Whoever_may_not_approve_is_told_so_before_anything_is_looked_at()
    {
        var sample = In(Stage.Approval);
        sample.Listed = [Zombie];
        Assert.Equal("preparer-may-not-approve", sample.RefusedWith(new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditDepartment), Manager));
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
