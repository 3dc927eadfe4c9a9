using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

public sealed class HistoryTests(Azurite azurite) : StoreTests(azurite)
{
    [Fact]
    public async Task A_case_that_is_not_there_is_null_and_has_no_history()
    {
        var id = new CaseId(Samples.Bank, Samples.Number(1), 1);

        Assert.Null(await Stores.Cases.FindAsync(id, Cancellation));
        Assert.Empty(await Stores.Cases.HistoryAsync(id, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(new(Samples.Bank, Samples.Number(1), 0, null, null, null), await Stores.Cases.CasesOfAsync(Samples.Bank, Samples.Number(1), Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Through_all_its_steps_a_case_is_read_as_it_was_stored_and_its_events_rebuild_it(int seed)
    {
        var walk = new CaseWalk(Samples.Loan(Samples.Bank, Samples.Number(seed)), seed);
        for (var stored = await Stores.OpenAsync(walk); ; stored = await Stores.Cases.AppendAsync(stored, [walk.LastStep], walk.State, Cancellation))
        {
            Assert.Equal(Json(walk.State), Json(stored.State));
            var found = await Stores.Cases.FindAsync(walk.State.Id, Cancellation);
            Assert.Equal((Json(walk.State), stored.ETag), (Json(found!.State), found.ETag));

            var history = await Stores.Cases.HistoryAsync(walk.State.Id, Cancellation).ToListAsync(Cancellation);
            Assert.Equal(Json(walk.Steps), Json(history));
            Assert.Equal(Json(walk.State), Json(CaseFold.Rebuild(history)));
            if (!walk.Next())
                break;
        }

        Assert.True(walk.Steps.Count > 5 && walk.State.IsClosed);
    }
}
