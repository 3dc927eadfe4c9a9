using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

/// <summary>What a step costs in storage.</summary>
public sealed class StepCostTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly StorageCounts PointRead = new(PointReads: 1, 0, 0, 0, 0, 0);

    private readonly CaseWalk _walk = new(Samples.Loan(Samples.Bank, Samples.Number(1)), seed: 1);

    [Fact]
    public async Task Reading_a_case_is_one_point_read()
    {
        await Stores.OpenAsync(_walk);

        Assert.Equal(PointRead, await Stores.CountAsync(() => Stores.Cases.FindAsync(_walk.State.Id, Cancellation)));
        Assert.Equal(PointRead, await Stores.CountAsync(() => Stores.Cases.CasesOfAsync(Samples.Bank, Samples.Number(1), Cancellation)));
        Assert.Equal(PointRead, await Stores.CountAsync(() => Stores.Cases.CasesOfAsync(Samples.Bank, Samples.Number(2), Cancellation)));
    }

    [Fact]
    public async Task Opening_is_one_transaction_of_step_snapshot_and_entry_of_the_loan_after_a_row_of_the_list_of_open_cases()
    {
        var none = await Stores.Cases.CasesOfAsync(Samples.Bank, Samples.Number(1), Cancellation);

        Assert.Equal(Transaction(3, indexRows: 1), await Stores.CountAsync(() => Stores.Cases.OpenAsync(none, _walk.LastStep, _walk.State, Cancellation)));
    }

    [Fact]
    public async Task A_step_is_one_transaction_and_a_write_for_each_index_row_that_comes_or_goes()
    {
        var stored = await Stores.OpenAsync(_walk);
        var effect = Assert.Single(stored.State.PendingEffects);
        var context = new CaseContext(stored.State.ChangedAt, CaseContext.System, BusinessCalendar.China, PolicyPacks.Shipped);

        // Step and snapshot; the case stands in the same place of the lists.
        var counts = await CountAsync(CaseWalk.Attempt(stored.State, "zhang.san"));
        Assert.Equal(Transaction(2), counts);

        // Delivered: it is due later, which the row of the list does not have to say.
        counts = await CountAsync(ReliefCase.RecordDeliveries(stored.State, [new(effect.Key, EffectResult.Delivered, "204")], context));
        Assert.Equal(Transaction(2), counts);

        // Withdrawn: the entry of the loan, one row of open cases less and two of closed ones more, and one for its last effect.
        counts = await CountAsync(ReliefCase.Report(stored.State, new WithdrawalFact("不需要了"), context));
        Assert.Equal(Transaction(2 + 1, indexRows: 1 + 2 + 1), counts);

        // The last effect is out: nobody has to look at it any more.
        effect = Assert.Single(stored.State.PendingEffects);
        counts = await CountAsync(ReliefCase.RecordDeliveries(stored.State, [new(effect.Key, EffectResult.Delivered, "204")], context));
        Assert.Equal(Transaction(2, indexRows: 1), counts);

        async Task<StorageCounts> CountAsync(Verdict verdict)
        {
            var accepted = Assert.IsType<Verdict.Accepted>(verdict);
            return await Stores.CountAsync(async () => stored = await Stores.Cases.AppendAsync(stored, [accepted.Step], accepted.After, Cancellation));
        }
    }

    [Fact]
    public async Task Nothing_is_stored_for_whoever_gave_up_before_and_all_of_it_for_whoever_gives_up_meanwhile()
    {
        var stored = await Stores.OpenAsync(_walk);
        var next = CaseWalk.Attempt(stored.State, "zhang.san");
        using var gaveUp = new CancellationTokenSource();
        await gaveUp.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Stores.Cases.AppendAsync(stored, [next.Step], next.After, gaveUp.Token));
        Assert.Equal(stored.ETag, (await Stores.Cases.FindAsync(stored.State.Id, Cancellation))!.ETag);

        using var givesUp = new CancellationTokenSource();
        Stores.Proxy.Before = async _ =>
        {
            await givesUp.CancelAsync();
            return ProxyVerdict.Pass;
        };
        var after = await Stores.Cases.AppendAsync(stored, [next.Step], next.After, givesUp.Token);
        Assert.Equal(after.ETag, (await Stores.Cases.FindAsync(stored.State.Id, Cancellation))!.ETag);
    }

    private static StorageCounts Transaction(int operations, int indexRows = 0) =>
        new(0, 0, SingleWrites: indexRows, Transactions: 1, TransactionOperations: operations, 0);
}
