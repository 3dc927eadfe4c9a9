using LoanRelief.Desk;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Lists;

public sealed class InquiryDeskTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly CreditCode Firm = Identifier.Parse<CreditCode>("91330328MA2CPQ4R41");

    public static MatrixTheoryData<int, bool> Endings => new([2, 3], [false, true]);

    [Theory, MemberData(nameof(Endings))]
    public async Task A_list_that_broke_off_anywhere_is_whole_when_it_is_sent_again(int call, bool callIsDone)
    {
        await Stores.EndsAtAsync(call, callIsDone, () => Desk(Stores).PutAsync([Row()], Cancellation));

        await using var after = await Stores.StartAsync(Azurite, Stores.Prefix);
        var desk = Desk(after);
        await desk.PutAsync([Row()], Cancellation);
        Assert.Equal(new ListCounts(0, 0, 1), await desk.PutAsync([Row()], Cancellation));

        Assert.Equal(["17"], (await desk.OpenAsync(Samples.Bank, late: false, null, 10, Cancellation)).Inquiries.Select(open => open.Inquiry.Id.Number.Value));
    }

    [Fact]
    public async Task One_whose_day_was_moved_or_that_was_answered_stands_on_the_list_where_it_belongs_only()
    {
        var desk = Desk(Stores);
        await desk.PutAsync([Row(), Row("18") with { AnswerBy = new(2025, 1, 31) }], Cancellation);
        Assert.Equal(new ListCounts(0, 1, 0), await desk.PutAsync([Row() with { AnswerBy = new(2025, 2, 28) }], Cancellation));

        var open = (await desk.OpenAsync(Samples.Bank, late: false, null, 10, Cancellation)).Inquiries;
        Assert.Equal([("18", new DateOnly(2025, 1, 31)), ("17", new(2025, 2, 28))], open.Select(each => (each.Inquiry.Id.Number.Value, each.Inquiry.AnswerBy.Date)));

        Assert.IsType<AnswerResult.Taken>(await desk.AnswerAsync(Samples.Bank, Row("18").Id, "mgr-lin", "已对接", Cancellation));
        // What is sent again keeps its answer.
        await desk.PutAsync([Row("18") with { AnswerBy = new(2025, 1, 31), Text = "另一说法" }], Cancellation);
        Assert.Equal(["17"], (await desk.OpenAsync(Samples.Bank, late: false, null, 10, Cancellation)).Inquiries.Select(each => each.Inquiry.Id.Number.Value));
    }

    [Fact]
    public async Task A_firm_s_loans_are_found_by_its_code_and_those_that_it_has_no_more_are_not()
    {
        foreach (var n in new[] { 1, 2, 3 })
            await PutLoanAsync(n, n == 3 ? Identifier.Parse<CreditCode>("92330328MA2CPQ4R51") : Firm);
        await PutLoanAsync(2, Identifier.Parse<CreditCode>("92330328MA2CPQ4R51"));
        await Desk(Stores).PutAsync([Row()], Cancellation);

        var found = await Desk(Stores).FindAsync(Samples.Bank, Row().Id, Cancellation);
        Assert.Equal([Samples.Number(1)], found!.Loans);
    }

    private async Task PutLoanAsync(int n, CreditCode code)
    {
        var loan = Samples.Loan(Samples.Bank, Samples.Number(n));
        await Stores.Loans.PutAsync(
            await Stores.Loans.FindAsync(Samples.Bank, loan.Number, Cancellation), loan with { Borrower = loan.Borrower with { CreditCode = code } }, new(null, null), Cancellation);
    }

    private static InquiryDesk Desk(Stores stores) => new(
        stores.Inquiries, stores.Institutions, stores.Loans, CasePolicy.Default, new CalendarDesk(stores.Calendars, BusinessCalendar.China), BusinessClock.Simulated(Samples.Start, speed: 0));

    private static InquiryRow Row(string number = "17") => new(
        new(Samples.Bank, Identifier.Parse<ListId>("needs-2025-01"), Identifier.Parse<EntryNumber>(number)), InquiryKind.Need, Samples.Bank, Firm, "购置设备需贷款", new(2025, 1, 6), null);
}
