using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Faults;

/// <summary>Orchestrations that are not there, or more than once: the row is the truth, and none of that costs a case anything.</summary>
[Trait("Host", "Functions")]
public sealed class OrchestrationTests : IAsyncLifetime
{
    private FragileHouse _house = null!;
    private DurableRuntime _runtime = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await FragileHouse.StartAsync(HostKind.Functions, changed: new Dictionary<string, string> { ["History__KeepDays"] = "0" });
        _runtime = await DurableRuntime.OfAsync(_house.Host.BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        _runtime?.Dispose();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task What_was_ended_past_the_program_is_started_again_by_the_watchdog_whatever_the_runtime_remembers_of_it()
    {
        var (terminated, purged) = (await Road.ToAsync("intent", _house.Bank), await Road.ToAsync("intent", _house.Bank));
        foreach (var file in new[] { terminated, purged })
        {
            await _runtime.TerminateAsync(file);
            await _runtime.UntilAsync(file, orchestration => orchestration?.RuntimeStatus == "Terminated");
        }

        await _runtime.PurgeAsync(purged);
        // No fact about them comes, only the day on which the borrower should have answered.
        await _house.Bank.Time.MoveToAsync(BusinessTime.MorningOf(_house.Bank.Time.Today.AddDays(20)));
        foreach (var file in new[] { terminated, purged })
        {
            Assert.Contains("intent.reminder", file.Heard);
            await _runtime.UntilAsync(file, orchestration => orchestration is { IsRunning: true });
            await Books.CheckAsync(_house.Bank, file);
        }
    }

    [Fact]
    public async Task Started_many_times_at_once_a_case_has_one_orchestration_and_each_of_its_events_comes_once()
    {
        var file = await Road.ToAsync("screening", _house.Bank);
        await _runtime.TerminateAsync(file);
        await _runtime.UntilAsync(file, orchestration => orchestration?.RuntimeStatus == "Terminated");
        await _runtime.PurgeAsync(file);

        // Beside the nudge of a fact, which finds that it is missing.
        var reported = file.SendAsync(AllDocuments);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _runtime.StartAsync(file)));

        (await reported).Expect(System.Net.HttpStatusCode.OK);
        await _house.Bank.Time.SettleAsync();
        await file.ReportAsync(Approved(), SignedOn(_house.Bank.Time.Today), Booked("JJ2025-0515"));
        Assert.Equal("followUp", (await file.ReadAsync()).Stage);
        // Two that did a round at once may both have sent what was due, with one key.
        await Books.CheckAsync(_house.Bank, file, eventsMayRepeat: true);
        await _runtime.UntilAsync(file, orchestration => orchestration is { IsRunning: true, CustomStatus.Stage: "followUp" });
    }

    [Fact]
    public async Task The_purge_deletes_the_history_of_what_is_over_and_nothing_else()
    {
        var (closed, open) = (await Road.ToAsync("intent", _house.Bank), await Road.ToAsync("intent", _house.Bank));
        await closed.ReportAsync(Wants("none"));
        await _runtime.UntilAsync(closed, orchestration => orchestration?.RuntimeStatus == "Completed");

        await _runtime.FireAsync("PurgeHistory");

        await _runtime.UntilAsync(closed, orchestration => orchestration is null);
        Assert.True((await _runtime.FindAsync(open))?.IsRunning);
        foreach (var file in _house.Bank.Files)
            await Books.CheckAsync(_house.Bank, file);
    }
}
