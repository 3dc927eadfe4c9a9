using System.Collections.Concurrent;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests.Desk;

/// <summary>How it is recorded that effects went out, and what may come between.</summary>
public sealed class DeliveryRecordTests(Azurite azurite) : StoreTests(azurite)
{
    /// <summary>Longer than the test may take: whoever waits for it has not been told.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly Caller Manager = new("zhang.san");
    private static readonly ContactFact Unanswered = new(ContactChannel.Phone, Reached: false);

    private readonly ConcurrentQueue<StorageRequest> _calls = new();
    private readonly BusinessClock _clock = BusinessClock.Simulated(Samples.Start, speed: 0);

    private ServiceProvider Services => field ??= Desks.Over(Stores, _clock, Nobody.Listens, Nobody.Listens);

    private CaseDesk Desk => Services.GetRequiredService<CaseDesk>();

    [Fact]
    public async Task It_goes_with_the_next_fact_in_one_transaction_the_deliveries_first()
    {
        var seen = await OpenAsync();
        Listen();

        var recording = Record(seen, Long, EffectResult.Delivered, Cancellation);
        Assert.False(recording.IsCompleted);
        Assert.True(Assert.IsType<DeskAnswer.Done>(await AttemptAsync(Desk, seen)).Changed);
        var recorded = Assert.IsType<DeskAnswer.Done>(await recording.WaitAsync(Soon, Cancellation)).Case.State;

        Assert.Equal((1, 0), (Transactions, ReadsOfTheCase));
        await HistoryIsAsync(recorded, "open", "delivery", "contact");
    }

    [Fact]
    public async Task It_is_a_step_of_its_own_when_nothing_comes_in_time_or_the_program_is_to_end_or_the_fact_is_refused()
    {
        var seen = await OpenAsync();
        Listen();

        using var hurry = new CancellationTokenSource();
        var recording = Record(seen, Long, EffectResult.Delivered, hurry.Token);
        Assert.IsType<DeskAnswer.Refused>(await Desk.ReportAsync(seen.State.Id, new SignatureFact("HT-1", new(2025, 1, 2)), Manager, null, Cancellation));
        Assert.False(recording.IsCompleted);
        await hurry.CancelAsync();
        var recorded = Assert.IsType<DeskAnswer.Done>(await recording.WaitAsync(Soon, Cancellation)).Case.State;

        Assert.Equal(1, Transactions);
        await HistoryIsAsync(recorded, "open", "delivery");
    }

    [Fact]
    public async Task A_failed_attempt_waits_for_nothing()
    {
        var seen = await OpenAsync();

        var recorded = Assert.IsType<DeskAnswer.Done>(await Record(seen, Long, EffectResult.Failed, Cancellation).WaitAsync(Soon, Cancellation)).Case.State;

        Assert.Equal(1, Assert.Single(recorded.PendingEffects).Attempts);
    }

    [Fact]
    public async Task A_step_that_was_over_or_on_its_way_by_then_did_not_see_it_and_is_followed_at_once_without_a_wasted_call()
    {
        var seen = await OpenAsync();
        Listen();
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Stores.Proxy.Before = async call =>
        {
            if (call.Kind == StorageRequestKind.Transaction && reached.TrySetResult())
                await go.Task;
            return ProxyVerdict.Pass;
        };
        var step = AttemptAsync(Desk, seen);
        await reached.Task;
        var recording = Record(seen, Long, EffectResult.Delivered, Cancellation);
        go.SetResult();
        await step;
        var recorded = Assert.IsType<DeskAnswer.Done>(await recording.WaitAsync(Soon, Cancellation)).Case;
        Assert.Equal((2, 0), (Transactions, ReadsOfTheCase));
        await HistoryIsAsync(recorded.State, "open", "contact", "delivery");

        // It was sent twice, and the second report comes when the case has gone on: nothing is left to do.
        _calls.Clear();
        await Record(seen, Long, EffectResult.Delivered, Cancellation).WaitAsync(Soon, Cancellation);
        Assert.Equal((0, 0), (Transactions, ReadsOfTheCase));
    }

    [Fact]
    public async Task Another_process_may_go_on_with_the_case_and_nothing_is_lost_or_recorded_twice()
    {
        var seen = await OpenAsync();
        await using var theirs = await Stores.StartAsync(Azurite, Stores.Prefix);
        await using var desks = Desks.Over(theirs, _clock, Nobody.Listens, Nobody.Listens);

        var recording = Record(seen, Long, EffectResult.Delivered, Cancellation);
        Assert.IsType<DeskAnswer.Done>(await AttemptAsync(desks.GetRequiredService<CaseDesk>(), seen));
        Assert.IsType<DeskAnswer.Done>(await AttemptAsync(Desk, seen));
        var recorded = Assert.IsType<DeskAnswer.Done>(await recording.WaitAsync(Soon, Cancellation)).Case.State;

        await HistoryIsAsync(recorded, "open", "contact", "delivery", "contact");
    }

    [Fact]
    public async Task Many_who_report_at_once_through_one_process_cost_a_transaction_each_and_no_reads()
    {
        var seen = await OpenAsync();
        Listen();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AttemptAsync(Desk, seen)));

        Assert.Equal((8, 0), (Transactions, ReadsOfTheCase));
        Assert.Equal(8, (await Stores.Cases.FindAsync(seen.State.Id, Cancellation))!.State.ContactAttempts);
    }

    private int Transactions => _calls.Count(call => call.Kind == StorageRequestKind.Transaction);

    private int ReadsOfTheCase => _calls.Count(call => call.Kind == StorageRequestKind.PointRead && call.Target.Contains($"{Stores.Prefix}Cases(", StringComparison.Ordinal));

    private void Listen() => Stores.Proxy.After = call =>
    {
        _calls.Enqueue(call);
        return Task.FromResult(ProxyVerdict.Pass);
    };

    /// <summary>A case that has just been opened, by this process, with one effect to send.</summary>
    private async Task<StoredCase> OpenAsync() =>
        Assert.IsType<DeskAnswer.Done>(await Desk.OpenAsync(Samples.Loan(Samples.Bank, Samples.Number(1)), null, CaseTrigger.Institution, Manager, Cancellation)).Case;

    private Task<DeskAnswer> Record(StoredCase seen, TimeSpan patience, EffectResult result, CancellationToken hurry) =>
        Desk.RecordDeliveriesAsync(seen, [.. seen.State.PendingEffects.Select(effect => new EffectReport(effect.Key, result, "204"))], patience, hurry);

    private static Task<DeskAnswer> AttemptAsync(CaseDesk desk, StoredCase seen) => desk.ReportAsync(seen.State.Id, Unanswered, Manager, null, Cancellation);

    private async Task HistoryIsAsync(CaseState state, params string[] causes)
    {
        var history = await Stores.Cases.HistoryAsync(state.Id, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(causes, history.Select(step => step.Cause));
        Assert.Single(history.SelectMany(step => step.Events).OfType<EffectDelivered>());
        Assert.Empty(state.PendingEffects);
        Assert.Equal(Json(CaseFold.Rebuild(history)), Json((await Stores.Cases.FindAsync(state.Id, Cancellation))!.State));
    }
}
