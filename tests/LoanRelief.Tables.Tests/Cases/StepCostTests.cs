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
    public async Task Opening_is_one_transaction_of_step_snapshot_entry_of_the_loan_deadline_and_list()
    {
        var none = await Stores.Cases.CasesOfAsync(Samples.Bank, Samples.Number(1), Cancellation);

        Assert.Equal(Transaction(5), await Stores.CountAsync(() => Stores.Cases.OpenAsync(none, _walk.LastStep, _walk.State, Cancellation)));
    }

    [Fact]
    public async Task A_step_is_one_transaction_that_touches_only_what_differs()
    {
        var stored = await Stores.OpenAsync(_walk);
        var effect = Assert.Single(stored.State.PendingEffects);
        var context = new CaseContext(stored.State.ChangedAt, CaseContext.System, BusinessCalendar.China, PolicyPacks.Shipped);

        // Step and snapshot; the case is due as before, for its effect, and stands in the same place of the lists.
        var counts = await CountAsync(CaseWalk.Attempt(stored.State, "zhang.san"));
        Assert.Equal(Transaction(2), counts);

        // Delivered: due for its deadline now, and not for the effect.
        counts = await CountAsync(ReliefCase.RecordDeliveries(stored.State, [new(effect.Key, EffectResult.Delivered, "204")], context));
        Assert.Equal(Transaction(2 + 2), counts);

        // Withdrawn: the entry of the loan, one row of open cases less and two of closed ones more, due for another effect at once.
        counts = await CountAsync(ReliefCase.Report(stored.State, new WithdrawalFact("不需要了"), context));
        Assert.Equal(Transaction(2 + 1 + 3 + 2), counts);

        // The last effect is out: no longer due.
        effect = Assert.Single(stored.State.PendingEffects);
        counts = await CountAsync(ReliefCase.RecordDeliveries(stored.State, [new(effect.Key, EffectResult.Delivered, "204")], context));
        Assert.Equal(Transaction(2 + 1), counts);

        async Task<StorageCounts> CountAsync(Verdict verdict)
        {
            var accepted = Assert.IsType<Verdict.Accepted>(verdict);
            return await Stores.CountAsync(async () => stored = await Stores.Cases.AppendAsync(stored, accepted.Step, accepted.After, Cancellation));
        }
    }

    [Fact]
    public async Task Nothing_is_stored_for_whoever_gave_up_before_and_all_of_it_for_whoever_gives_up_meanwhile()
    {
        var stored = await Stores.OpenAsync(_walk);
        var next = CaseWalk.Attempt(stored.State, "zhang.san");
        using var gaveUp = new CancellationTokenSource();
        await gaveUp.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Stores.Cases.AppendAsync(stored, next.Step, next.After, gaveUp.Token));
        Assert.Equal(stored.ETag, (await Stores.Cases.FindAsync(stored.State.Id, Cancellation))!.ETag);

        using var givesUp = new CancellationTokenSource();
        Stores.Proxy.Before = async _ =>
        {
            await givesUp.CancelAsync();
            return ProxyVerdict.Pass;
        };
        var after = await Stores.Cases.AppendAsync(stored, next.Step, next.After, givesUp.Token);
        Assert.Equal(after.ETag, (await Stores.Cases.FindAsync(stored.State.Id, Cancellation))!.ETag);
    }

    private static StorageCounts Transaction(int operations) => new(0, 0, 0, Transactions: 1, TransactionOperations: operations, 0);
}
