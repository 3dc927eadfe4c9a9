using System.Collections.Concurrent;
using LoanRelief.Desk;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Functions.Orchestrations;
using LoanRelief.Functions.Portfolio;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LoanRelief.Functions.Tests.Portfolio;

/// <summary>The runs of the daily jobs on the real Durable Task engine, in memory.</summary>
public sealed class JobOrderTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly ConcurrentQueue<string> _log = new();
    private readonly DurableClient _durable = new();
    private readonly DeskMetrics _metrics = new();
    private readonly MarksInMemory _marks = new();
    private readonly DailyJobs _jobs;
    private readonly JobStarter _starter;
    private DurableTaskTestHost _host = null!;

    public JobOrderTests()
    {
        var clock = BusinessClock.Simulated(BeijingTime.At(new(2026, 1, 5), new(10, 0)), speed: 0);
        _jobs = new([new Job("first"), new Job("second"), new Job("third")], null!, _marks, clock, _metrics, NullLogger<DailyJobs>.Instance);
        _starter = new(_jobs, _durable);
    }

    public async ValueTask InitializeAsync()
    {
        _host = await InProcessRuntime.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<JobRun, Dictionary<string, int>>(nameof(PortfolioScanOrchestrator), (context, _) => PortfolioScanOrchestrator.RunAsync(context))
                .AddOrchestratorFunc<PortfolioGroup, Dictionary<string, int>>(nameof(PortfolioGroupOrchestrator), (context, _) => PortfolioGroupOrchestrator.RunAsync(context))
                .AddActivityFunc<JobRun, string[]>(nameof(JobActivities.ListInstitutionIds), (_, _) => ["wencheng-rcb", "icbc-wencheng"])
                .AddActivityFunc<InstitutionRun, Dictionary<string, int>>(nameof(JobActivities.ServeInstitution), (_, part) => ServeAsync(part.Run.Job))
                .AddActivityFunc<CompletedRun>(nameof(JobActivities.CompleteJob), (_, done) => _jobs.CompleteAsync(done.Run, done.Counts, Cancellation))
                .AddActivityFunc<JobRun>(nameof(JobActivities.StartNextJob), (_, ended) => _starter.StartAfterAsync(ended, Cancellation)));
        _durable.Use(_host.Client);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _starter.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task Runs_that_are_due_come_one_after_the_other_in_the_order_of_the_jobs()
    {
        // As a watchdog does that comes twice, and timers that fire at once after a night without a host.
        await _starter.StartDueAsync(Cancellation);
        await _starter.StartAsync(_jobs.RunOfToday("third"), Cancellation);
        await _starter.StartAsync(_jobs.RunOfToday("second"), Cancellation);
        await _starter.StartDueAsync(Cancellation);
        await UntilCompletedAsync("third");

        Assert.Equal(["first", "first", "second", "second", "third", "third"], _log);
    }

    [Fact]
    public async Task What_is_done_already_keeps_nobody_waiting()
    {
        foreach (var done in new[] { "first", "second" })
            await _jobs.CompleteAsync(_jobs.RunOfToday(done), new Dictionary<string, int>(), Cancellation);
        await _starter.StartAsync(_jobs.RunOfToday("third"), Cancellation);
        await UntilCompletedAsync("third");

        Assert.Equal(["third", "third"], _log);
    }

    [Fact]
    public async Task A_run_that_is_asked_for_is_done_although_it_is_not_due()
    {
        foreach (var done in new[] { "first", "second", "third" })
            await _jobs.CompleteAsync(_jobs.RunOfToday(done), new Dictionary<string, int>(), Cancellation);
        _marks.Changed.Clear();
        await _starter.StartAsync(_jobs.RunOfToday("second"), Cancellation);
        await UntilCompletedAsync("second");

        Assert.Equal(["second", "second"], _log);
    }

    [Fact]
    public async Task The_job_behind_one_that_failed_has_its_turn()
    {
        await _starter.StartAfterAsync(_jobs.RunOfToday("first"), Cancellation);
        await UntilCompletedAsync("third");

        Assert.Equal(["second", "second", "third", "third"], _log);
        Assert.Equal(["first"], (await _jobs.DueAsync(Cancellation)).Select(due => due.Job));
    }

    private async Task<Dictionary<string, int>> ServeAsync(string job)
    {
        _log.Enqueue(job);
        await Task.Delay(100, Cancellation);
        return [];
    }

    private async Task UntilCompletedAsync(string job)
    {
        for (var since = DateTime.UtcNow; !_marks.Changed.Contains(job); await Task.Delay(20, Cancellation))
            Assert.True(DateTime.UtcNow - since < Patience, $"{job} was not completed; served were: {string.Join(", ", _log)}.");
    }

    private sealed record Job(string Name) : IDailyJob
    {
        public TimeOnly At => new(5, 0);

        public Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The activity stands in for it.");
    }

    private sealed class MarksInMemory : IJobStore
    {
        private readonly ConcurrentDictionary<string, JobMark> _marks = new();

        public ConcurrentBag<string> Changed { get; } = [];

        public Task<JobMark?> FindAsync(string job, CancellationToken cancellationToken) => Task.FromResult(_marks.GetValueOrDefault(job));

        public Task PutAsync(JobMark mark, CancellationToken cancellationToken)
        {
            _marks[mark.Job] = mark;
            Changed.Add(mark.Job);
            return Task.CompletedTask;
        }
    }
}
