using LoanRelief.Desk;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Orchestrations;

public sealed class OrchestrationStoreTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly CaseId Case = IdOf(1);

    private static readonly RoundFailure Failure = new(2, "IOException", Samples.Start);

    [Fact]
    public async Task Of_a_case_that_nobody_touched_nothing_is_kept_and_that_costs_one_point_read()
    {
        StoredOrchestration? stored = null;
        var counts = await Stores.CountAsync(async () => stored = await Stores.Orchestrations.FindAsync(Case, Cancellation));

        Assert.Equal((new Orchestration { Id = Case }, null), (stored!.Orchestration, stored.ETag));
        Assert.Equal((1, 0), (counts.PointReads, counts.Queries));
    }

    [Fact]
    public async Task What_is_kept_is_read_as_it_was_put_with_every_act_in_order()
    {
        var suspended = new Orchestration { Id = Case, Halt = Halt.Suspended, Failure = Failure, Acts = 1 };
        await PutAsync(suspended, Act(1, OperatorAction.Suspend));
        var resumed = suspended with { Halt = null, Acts = 2 };
        await PutAsync(resumed, Act(2, OperatorAction.Resume));

        Assert.Equal(resumed, (await Stores.Orchestrations.FindAsync(Case, Cancellation)).Orchestration);
        Assert.Equal([Act(1, OperatorAction.Suspend), Act(2, OperatorAction.Resume)], await Stores.Orchestrations.ActsAsync(Case, Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await Stores.Orchestrations.ActsAsync(IdOf(10), Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Of_two_who_act_on_what_they_read_one_is_told_that_it_has_changed()
    {
        var read = await Stores.Orchestrations.FindAsync(Case, Cancellation);
        await Stores.Orchestrations.PutAsync(read, new() { Id = Case, Halt = Halt.Suspended, Acts = 1 }, Act(1, OperatorAction.Suspend), Cancellation);

        await Assert.ThrowsAsync<ConflictException>(() =>
            Stores.Orchestrations.PutAsync(read, new() { Id = Case, Halt = Halt.Terminated, Acts = 1 }, Act(1, OperatorAction.Terminate), Cancellation));

        Assert.Equal([Act(1, OperatorAction.Suspend)], await Stores.Orchestrations.ActsAsync(Case, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Failures_that_are_over_leave_nothing_behind()
    {
        await PutAsync(new() { Id = Case, Failure = Failure });
        var read = await Stores.Orchestrations.FindAsync(Case, Cancellation);
        await PutAsync(new() { Id = Case });

        Assert.Null((await Stores.Orchestrations.FindAsync(Case, Cancellation)).ETag);
        await PutAsync(new() { Id = Case }); // nothing to take away
        await PutAsync(new() { Id = Case, Failure = Failure });
        await Assert.ThrowsAsync<ConflictException>(() => Stores.Orchestrations.PutAsync(read, new() { Id = Case }, null, Cancellation));
    }

    [Fact]
    public async Task What_is_in_a_status_is_found_as_long_as_it_is_in_it()
    {
        await PutAsync(new() { Id = IdOf(1), Halt = Halt.Suspended, Acts = 1 }, Act(1, OperatorAction.Suspend));
        await PutAsync(new() { Id = IdOf(2), Halt = Halt.Terminated, Acts = 1 }, Act(1, OperatorAction.Terminate));
        await PutAsync(new() { Id = IdOf(3), Failure = Failure });
        await PutAsync(new() { Id = IdOf(4), Acts = 1 }, Act(1, OperatorAction.Restart));

        foreach (var (status, id) in new[] { (OrchestrationStatus.Suspended, IdOf(1)), (OrchestrationStatus.Terminated, IdOf(2)), (OrchestrationStatus.Failing, IdOf(3)) })
            Assert.Equal([id], await InAsync(status));

        await PutAsync(new() { Id = IdOf(1), Failure = Failure, Acts = 2 }, Act(2, OperatorAction.Resume));
        await PutAsync(new() { Id = IdOf(2), Acts = 2 }, Act(2, OperatorAction.Restart));
        await PutAsync(new() { Id = IdOf(3) });
        Assert.Equal([[], [], [IdOf(1)]], [await InAsync(OrchestrationStatus.Suspended), await InAsync(OrchestrationStatus.Terminated), await InAsync(OrchestrationStatus.Failing)]);
        // The acts stay with the case; what is searched has nothing of what is over.
        Assert.Single(await Stores.RowsAsync(Azurite, "OrchestrationsByStatus"));
    }

    [Fact]
    public async Task An_entry_that_a_crash_left_behind_leads_to_nothing()
    {
        await PutAsync(new() { Id = Case, Failure = Failure });
        var ended = await Stores.EndsAtAsync(
            call: 3, callIsDone: false, async () => await PutAsync(new() { Id = Case, Halt = Halt.Suspended, Acts = 1 }, Act(1, OperatorAction.Suspend)));
        Assert.True(ended);

        await using var next = await Stores.StartAsync(Azurite, Stores.Prefix);
        Assert.Equal(Failure, (await next.Orchestrations.FindAsync(Case, Cancellation)).Orchestration.Failure);
        Assert.Empty((await next.Orchestrations.ListAsync(null, OrchestrationStatus.Suspended, 5, null, Cancellation)).Orchestrations);
        Assert.Single((await next.Orchestrations.ListAsync(null, OrchestrationStatus.Failing, 5, null, Cancellation)).Orchestrations);
    }

    [Fact]
    public async Task A_page_costs_the_same_however_many_acts_there_have_been()
    {
        await PutAsync(new() { Id = IdOf(1), Halt = Halt.Suspended, Acts = 1 }, Act(1, OperatorAction.Suspend));
        var before = await Stores.CountAsync(() => ListAsync(null, OrchestrationStatus.Suspended, 10));
        for (var act = 1; act <= 10; act++)
            await PutAsync(new() { Id = IdOf(2), Acts = act }, Act(act, OperatorAction.Restart));

        Assert.Equal(before, await Stores.CountAsync(() => ListAsync(null, OrchestrationStatus.Suspended, 10)));
        Assert.Equal((1, 1), (before.Queries, before.PointReads));
    }

    [Fact]
    public async Task Pages_of_a_status_follow_each_other_over_all_institutions_without_a_gap_or_a_repeat()
    {
        var other = Identifier.Parse<InstitutionId>("wencheng-rcb");
        CaseId[] suspended = [IdOf(1), IdOf(3), new(other, Samples.Number(1), 1), new(other, Samples.Number(2), 1), new(other, Samples.Number(3), 2)];
        foreach (var id in suspended)
            await PutAsync(new() { Id = id, Halt = Halt.Suspended, Acts = 1 }, Act(1, OperatorAction.Suspend));
        await PutAsync(new() { Id = IdOf(2), Failure = Failure });

        foreach (var size in new[] { 1, 2, 5 })
            Assert.Equal(suspended, await ListAsync(null, OrchestrationStatus.Suspended, size));
        Assert.Equal(suspended[2..], await ListAsync(other, OrchestrationStatus.Suspended, 2));
        Assert.Equal([IdOf(2)], await ListAsync(null, OrchestrationStatus.Failing, 2));
        Assert.Empty(await ListAsync(null, OrchestrationStatus.Terminated, 2));
    }

    [Fact]
    public async Task An_act_whose_answer_got_lost_is_stored_once()
    {
        var seen = 0;
        Stores.Proxy.After = request => Task.FromResult(request.IsWrite && request.Operations[0].Table.EndsWith("Orchestrations", StringComparison.Ordinal) && Interlocked.Increment(ref seen) == 1 ? ProxyVerdict.Drop : ProxyVerdict.Pass);
        await PutAsync(new() { Id = Case, Halt = Halt.Suspended, Acts = 1 }, Act(1, OperatorAction.Suspend));

        Assert.Equal(2, seen);
        Assert.Single(await Stores.Orchestrations.ActsAsync(Case, Cancellation).ToListAsync(Cancellation));
    }

    private async Task PutAsync(Orchestration after, OperatorAct? act = null) =>
        await Stores.Orchestrations.PutAsync(await Stores.Orchestrations.FindAsync(after.Id, Cancellation), after, act, Cancellation);

    private async Task<List<CaseId>> ListAsync(InstitutionId? institution, OrchestrationStatus status, int pageSize)
    {
        var ids = new List<CaseId>();
        for (string? continuation = null; ;)
        {
            var page = await Stores.Orchestrations.ListAsync(institution, status, pageSize, continuation, Cancellation);
            Assert.True(page.Orchestrations.Count <= pageSize);
            ids.AddRange(page.Orchestrations.Select(each => each.Id));
            if ((continuation = page.Continuation) is null)
                return ids;
        }
    }

    private async Task<IEnumerable<CaseId>> InAsync(OrchestrationStatus status) =>
        (await Stores.Orchestrations.InAsync(status, Cancellation).ToListAsync(Cancellation)).Select(each => each.Id);

    private static OperatorAct Act(int number, OperatorAction action) => new(number, action, "operator-1", "接收端故障", Samples.Start);

    private static CaseId IdOf(int number) => new(Samples.Bank, Samples.Number(number), 1);
}
