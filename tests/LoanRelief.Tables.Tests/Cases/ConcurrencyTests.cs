using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

public sealed class ConcurrencyTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly Loan Loan = Samples.Loan(Samples.Bank, Samples.Number(1));

    [Fact]
    public async Task Of_fifty_that_open_a_case_for_one_loan_at_once_one_wins()
    {
        var known = await Stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation);

        var all = Enumerable.Range(0, 50).Select(seed => new CaseWalk(Loan, seed)).ToList();
        var won = await Task.WhenAll(all.Select(walk => SucceedsAsync(() => Stores.Cases.OpenAsync(known, walk.LastStep, walk.State, Cancellation))));

        var winner = all[Assert.Single(Enumerable.Range(0, 50), i => won[i])];
        Assert.Equal(Json(winner.State), Json((await Stores.Cases.FindAsync(known.Next, Cancellation))!.State));
        Assert.Equal(Json(winner.Steps), Json(await Stores.Cases.HistoryAsync(known.Next, Cancellation).ToListAsync(Cancellation)));
        Assert.Equal([known.Next], await OpenCasesAsync());
        Assert.Equal([known.Next], await DueCasesAsync());
    }

    [Fact]
    public async Task A_second_case_is_kept_out_until_the_first_is_closed()
    {
        var first = new CaseWalk(Loan, seed: 1);
        var unaware = await Stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation);
        var stored = await Stores.OpenAsync(first);
        var whileOpen = await Stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation);
        Assert.Equal((1, first.State.Id, Loan.Maturity), (whileOpen.Cases, whileOpen.Open, whileOpen.LastMaturity));

        while (first.Next())
            stored = await Stores.Cases.AppendAsync(stored, [first.LastStep], first.State, Cancellation);
        var closed = await Stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation);
        Assert.Equal((1, null, Loan.Maturity), (closed.Cases, closed.Open, closed.LastMaturity));

        var second = new CaseWalk(Loan, seed: 2, ordinal: 2);
        await Assert.ThrowsAsync<ConflictException>(() => Stores.Cases.OpenAsync(unaware, second.LastStep, second.State, Cancellation));
        await Assert.ThrowsAsync<ConflictException>(() => Stores.Cases.OpenAsync(whileOpen, second.LastStep, second.State, Cancellation));
        await Stores.Cases.OpenAsync(closed, second.LastStep, second.State, Cancellation);
        var both = await Stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation);
        Assert.Equal((2, closed.Next), (both.Cases, both.Open));
    }

    [Fact]
    public async Task Many_that_append_at_once_take_each_version_exactly_once()
    {
        const int Writers = 8, Steps = 6;
        var id = (await Stores.OpenAsync(new(Loan, seed: 1))).State.Id;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var done = 0; done < Steps;)
            {
                var stored = (await Stores.Cases.FindAsync(id, Cancellation))!;
                var next = CaseWalk.Attempt(stored.State, $"writer-{writer}");
                if (await SucceedsAsync(() => Stores.Cases.AppendAsync(stored, [next.Step], next.After, Cancellation)))
                    done++;
            }
        }));

        var history = await Stores.Cases.HistoryAsync(id, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(1, 1 + Writers * Steps), history.Select(step => step.Number));
        Assert.All(history.Skip(1).CountBy(step => step.By), writer => Assert.Equal(Steps, writer.Value));
        Assert.Equal(Json(CaseFold.Rebuild(history)), Json((await Stores.Cases.FindAsync(id, Cancellation))!.State));
    }

    [Fact]
    public async Task A_step_that_came_too_late_leaves_nothing_behind()
    {
        var walk = new CaseWalk(Loan, seed: 1);
        var opened = await Stores.OpenAsync(walk);
        var first = CaseWalk.Attempt(opened.State, "first");
        var moved = first.After with { Tasks = [.. first.After.Tasks.Select(task => task with { DueAt = task.DueAt.AddHours(-1) })] };
        await Stores.Cases.AppendAsync(opened, [first.Step], moved, Cancellation);

        var late = CaseWalk.Attempt(opened.State, "late");
        await Assert.ThrowsAsync<ConflictException>(() => Stores.Cases.AppendAsync(opened, [late.Step], late.After, Cancellation));

        Assert.Equal(["system", "first"], await Stores.Cases.HistoryAsync(walk.State.Id, Cancellation).Select(step => step.By).ToListAsync(Cancellation));
        Assert.Equal(Json(moved), Json((await Stores.Cases.FindAsync(walk.State.Id, Cancellation))!.State));
        Assert.Equal([walk.State.Id], await OpenCasesAsync());
        Assert.Equal([walk.State.Id], await DueCasesAsync());
    }

    private async Task<List<CaseId>> OpenCasesAsync() =>
        [.. (await Stores.Cases.ListAsync(new() { Institution = Samples.Bank }, Cancellation)).Cases.Select(summary => summary.Id)];

    private async Task<List<CaseId>> DueCasesAsync() =>
        await Stores.Cases.DueAsync(Samples.Bank, DateTimeOffset.MaxValue, Cancellation).Select(due => due.Id).ToListAsync(Cancellation);

    private static async Task<bool> SucceedsAsync(Func<Task<StoredCase>> commit)
    {
        try
        {
            await commit();
            return true;
        }
        catch (ConflictException)
        {
            return false;
        }
    }
}
