using System.Text.Json;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using Xunit;
using static LoanRelief.Domain.Tests.Cases.SampleCase;

namespace LoanRelief.Domain.Tests.Cases;

public class ScheduleVersionTests
{
    private static readonly IntentFact SixMonthsMore = new(IntentKind.Extend, [new Extension(new(2025, 11, 15))]);

    [Fact]
    public void What_was_owed_what_is_proposed_and_what_is_booked_are_versions()
    {
        var sample = Open().Contacted().Report(SixMonthsMore).WithDocuments().Approved().Signed().Booked();

        var versions = ScheduleVersions.Of(sample.Steps);

        Assert.Equal([(1, ScheduleReason.Opened), (2, ScheduleReason.Proposed), (3, ScheduleReason.Booked)], versions.Select(each => (each.Number, each.Reason)));
        // Monthly interest of 7,250.00 or so: two rows are left of the loan, eight of the extended one.
        Assert.Equal([2, 8, 8], versions.Select(each => each.Schedule.Instalments.Count));
        Assert.All(versions, each => Assert.Equal(WenchengLoan.Outstanding, each.Schedule.TotalPrincipal));
        Assert.Equal(versions[1].Schedule.Instalments, versions[2].Schedule.Instalments);
        Assert.Empty(versions[0].Differences);
        Assert.Empty(versions[2].Differences);
    }

    [Fact]
    public void A_version_tells_row_by_row_what_differs_from_the_one_before()
    {
        var proposed = ScheduleVersions.Of(Open().Contacted().Report(SixMonthsMore).WithDocuments().Steps)[1];

        Assert.Equal(["12 changed", "13 new", "14 new", "15 new", "16 new", "17 new", "18 new"], proposed.Differences.Select(each =>
            $"{each.Number} {(each.Before is null ? "new" : each.After is null ? "gone" : "changed")}"));
        Assert.Equal((2_000_000m, 0m), (proposed.Differences[0].Before!.Value.Principal.Yuan, proposed.Differences[0].After!.Value.Principal.Yuan));
        Assert.Equal((2_000_000m, new DateOnly(2025, 11, 15)), (proposed.Differences[^1].After!.Value.Principal.Yuan, proposed.Differences[^1].After!.Value.DueDate));
    }

    [Fact]
    public void A_change_of_the_book_is_a_version_where_it_changes_what_is_to_be_paid()
    {
        var sample = Open()
            .Report(new LoanFact(WenchengLoan with { Class = LoanClass.SpecialMention }), CaseContext.System)
            .Report(new LoanFact(WenchengLoan with { Outstanding = Money.FromYuan(1_500_000) }), CaseContext.System);

        var changed = Assert.Single(ScheduleVersions.Of(sample.Steps).Skip(1));

        Assert.Equal((ScheduleReason.LoanUpdated, 3), (changed.Reason, changed.Step));
        Assert.Equal(1_500_000m, changed.Schedule.TotalPrincipal.Yuan);
        Assert.Equal([11, 12], changed.Differences.Select(each => each.Number));
    }

    [Fact]
    public void Terms_that_were_sent_back_stay_a_version_and_the_ones_that_were_signed_are_booked()
    {
        var sample = Open().Contacted().Report(SixMonthsMore).WithDocuments()
            .Report(new ApprovalFact(ApprovalDecision.Return, ApprovalLevel.CreditDepartment, "too long"), Approver)
            .Report(new IntentFact(IntentKind.Extend, [new Extension(new(2025, 8, 15))])).Approved().Signed().Booked();

        var versions = ScheduleVersions.Of(sample.Steps);

        Assert.Equal([ScheduleReason.Opened, ScheduleReason.Proposed, ScheduleReason.Proposed, ScheduleReason.Booked], versions.Select(each => each.Reason));
        Assert.Equal([2, 8, 5, 5], versions.Select(each => each.Schedule.Instalments.Count));
        Assert.Equal([15, 16, 17, 18], versions[2].Differences.Where(each => each.After is null || each.Number == 15).Select(each => each.Number));
    }

    [Fact]
    public void A_repayment_books_no_schedule()
    {
        var sample = Open().Contacted().Report(SixMonthsMore).WithDocuments()
            .Report(new ApprovalFact(ApprovalDecision.Return, ApprovalLevel.CreditDepartment, "no"), Approver)
            .Wants(IntentKind.Repay).Report(new BookingFact(BookingResult.Confirmed, "CORE-9"), "core");

        Assert.Equal([ScheduleReason.Opened, ScheduleReason.Proposed], ScheduleVersions.Of(sample.Steps).Select(each => each.Reason));
    }

    [Fact]
    public void Schedules_are_kept_in_the_history_exactly_and_not_in_the_state()
    {
        var sample = Open().Contacted().Report(SixMonthsMore).WithDocuments().Approved().Signed().Booked();
        var stored = sample.Steps.Select(step => JsonSerializer.Deserialize<CaseStep>(JsonSerializer.Serialize(step, DomainJson.Options), DomainJson.Options)!);

        Assert.Equal(
            ScheduleVersions.Of(sample.Steps).SelectMany(version => version.Schedule.Instalments),
            ScheduleVersions.Of(stored).SelectMany(version => version.Schedule.Instalments));
        Assert.DoesNotContain("instalments", JsonSerializer.Serialize(sample.State, DomainJson.Options), StringComparison.OrdinalIgnoreCase);
    }
}
