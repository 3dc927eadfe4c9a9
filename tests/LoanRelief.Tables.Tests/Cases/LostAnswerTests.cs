using Azure;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

/// <summary>The client sends a transaction again when its answer got lost, and the repeat is refused because of what the first one stored.</summary>
public sealed class LostAnswerTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly Loan Loan = Samples.Loan(Samples.Bank, Samples.Number(1));

    public static TheoryData<string> Losses => ["dropped", "unavailable"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_step_whose_answer_got_lost_has_happened_once(string loss)
    {
        var opened = await Stores.OpenAsync(new(Loan, seed: 1));
        var first = CaseWalk.Attempt(opened.State, "first");
        LoseOnce(loss);

        var stored = await Stores.Cases.AppendAsync(opened, [first.Step], first.After, Cancellation);

        Assert.Equal(Json(first.After), Json(stored.State));
        var second = CaseWalk.Attempt(stored.State, "second");
        await Stores.Cases.AppendAsync(stored, [second.Step], second.After, Cancellation);
        Assert.Equal(["system", "first", "second"], await WritersAsync(opened));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task An_opening_whose_answer_got_lost_has_happened_once(string loss)
    {
        var walk = new CaseWalk(Loan, seed: 1);
        LoseOnce(loss);

        var opened = await Stores.OpenAsync(walk);

        var next = CaseWalk.Attempt(opened.State, "next");
        await Stores.Cases.AppendAsync(opened, [next.Step], next.After, Cancellation);
        Assert.Equal(["system", "next"], await WritersAsync(opened));
    }

    [Fact]
    public async Task It_has_happened_too_when_somebody_went_on_before_the_repeat()
    {
        var opened = await Stores.OpenAsync(new(Loan, seed: 1));
        var first = CaseWalk.Attempt(opened.State, "first");
        LoseOnce("dropped", async () =>
        {
            var between = Delivered(first.After, "between");
            await Stores.Cases.AppendAsync((await Stores.Cases.FindAsync(first.After.Id, Cancellation))!, [between.Step], between.After, Cancellation);
        });

        var stored = await Stores.Cases.AppendAsync(opened, [first.Step], first.After, Cancellation);

        Assert.Equal(Json(first.After), Json(stored.State));
        Assert.Equal(["system", "first", "between"], await WritersAsync(opened));
        // It would take the same row of due cases away once more, which is gone.
        var late = Delivered(stored.State, "late");
        await Assert.ThrowsAsync<ConflictException>(() => Stores.Cases.AppendAsync(stored, [late.Step], late.After, Cancellation));
        Assert.Equal(["system", "first", "between"], await WritersAsync(opened));
    }

    [Fact]
    public async Task Somebody_elses_step_is_a_conflict_although_ours_was_repeated()
    {
        var opened = await Stores.OpenAsync(new(Loan, seed: 1));
        var theirs = CaseWalk.Attempt(opened.State, "somebody else");
        var ours = CaseWalk.Attempt(opened.State, "we");
        var refused = 0;
        Stores.Proxy.Before = async request =>
        {
            if (!request.IsWrite || Interlocked.Increment(ref refused) > 1)
                return ProxyVerdict.Pass;
            await Stores.Cases.AppendAsync(opened, [theirs.Step], theirs.After, Cancellation);
            return ProxyVerdict.Unavailable;
        };

        await Assert.ThrowsAsync<ConflictException>(() => Stores.Cases.AppendAsync(opened, [ours.Step], ours.After, Cancellation));

        Assert.Equal(["system", "somebody else"], await WritersAsync(opened));
    }

    [Fact]
    public async Task When_no_answer_ever_comes_it_is_an_error_and_no_conflict()
    {
        var opened = await Stores.OpenAsync(new(Loan, seed: 1));
        var next = CaseWalk.Attempt(opened.State, "next");
        Stores.Proxy.Before = _ => Task.FromResult(ProxyVerdict.Unavailable);

        var failed = await Assert.ThrowsAsync<RequestFailedException>(() => Stores.Cases.AppendAsync(opened, [next.Step], next.After, Cancellation));

        Assert.Equal(503, failed.Status);
    }

    [Fact]
    public async Task A_loan_whose_answer_got_lost_is_stored_once()
    {
        LoseOnce("dropped");
        var stored = await Stores.Loans.PutAsync(null, Loan, new(null, null), Cancellation);
        LoseOnce("dropped");
        var changed = await Stores.Loans.PutAsync(stored, Loan with { Renewals = 1 }, new(new(2025, 2, 1), null), Cancellation);

        Assert.Equal(Json(changed), Json(await Stores.Loans.FindAsync(Loan.Institution, Loan.Number, Cancellation)));
    }

    /// <summary>Storage does the next write and the program does not hear of it.</summary>
    private void LoseOnce(string loss, Func<Task>? meanwhile = null)
    {
        var seen = 0;
        Stores.Proxy.After = async request =>
        {
            if (!request.IsWrite || Interlocked.Increment(ref seen) > 1)
                return ProxyVerdict.Pass;
            Assert.True(request.Succeeded);
            if (meanwhile is not null)
                await meanwhile();
            return loss == "dropped" ? ProxyVerdict.Drop : ProxyVerdict.Unavailable;
        };
    }

    private static Verdict.Accepted Delivered(CaseState state, string by) => (Verdict.Accepted)ReliefCase.RecordDeliveries(
        state, [new(state.PendingEffects[0].Key, EffectResult.Delivered, "204")], new(state.ChangedAt, by, BusinessCalendar.China, PolicyPacks.Shipped));

    private async Task<List<string>> WritersAsync(StoredCase stored) =>
        await Stores.Cases.HistoryAsync(stored.State.Id, Cancellation).Select(step => step.By).ToListAsync(Cancellation);
}
