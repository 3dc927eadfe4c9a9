using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

public sealed class DueTests(Azurite azurite) : StoreTests(azurite)
{
    [Fact]
    public async Task Every_case_that_has_to_be_touched_comes_once()
    {
        var states = await FillAsync();
        var times = states.Select(state => state.NextDue).OfType<DateTimeOffset>().Order().ToList();
        Assert.Contains(states, state => state.NextDue is null);

        foreach (var upTo in new[] { times[0].AddTicks(-1), times[0], times[times.Count / 2], times[^1], DateTimeOffset.MaxValue })
        {
            var due = await Stores.Cases.DueAsync(Samples.Bank, upTo, Cancellation).ToListAsync(Cancellation);

            var expected = states.Where(state => state.NextDue <= upTo).OrderBy(state => state.NextDue).ThenBy(state => state.Id.ToString(), StringComparer.Ordinal);
            Assert.Equal(
                expected.Select(state => (state.Id, state.NextDue!.Value)),
                due.OrderBy(each => each.DueAt).ThenBy(each => each.Id.ToString(), StringComparer.Ordinal).Select(each => (each.Id, each.DueAt)));
        }
    }

    [Fact]
    public async Task Whoever_stops_reading_does_not_read_the_rest()
    {
        await FillAsync();

        var counts = await Stores.CountAsync(async () =>
            Assert.NotNull(await Stores.Cases.DueAsync(Samples.Bank, DateTimeOffset.MaxValue, Cancellation).FirstAsync(Cancellation)));

        Assert.Equal(1, counts.Queries);
    }

    [Fact]
    public async Task Another_institution_has_its_own()
    {
        await FillAsync();

        Assert.Empty(await Stores.Cases.DueAsync(Identifier.Parse<InstitutionId>("icbc"), DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation));
    }

    private async Task<IReadOnlyList<CaseState>> FillAsync()
    {
        var walks = Enumerable.Range(0, 40).Select(n => new CaseWalk(Samples.Loan(Samples.Bank, Samples.Number(n)), n)).ToList();
        await Parallel.ForEachAsync(walks, Cancellation, async (walk, _) => await Stores.WalkAsync(walk, _ => walk.Steps.Count > walk.State.Id.Loan.Value[^1] % 10 * 3));
        return [.. walks.Select(walk => walk.State)];
    }
}
