using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Telemetry;

/// <summary>What a collector gets from the program as it is started by its users.</summary>
public sealed class CollectorTests
{
    private const string Name = "collector-bank";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_and_metrics_arrive_name_the_case_and_have_nothing_personal_in_them()
    {
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        await using var collector = await OtlpCollector.StartAsync();
        await using var webhook = await WebhookReceiver.StartAsync();
        await using var host = await LocalHost.StartAsync(azurite.ConnectionString, [.. FrozenClock.At(FrozenClock.Start), .. collector.Settings]);
        using var api = new ReliefApi(host.BaseAddress);
        var time = new BusinessTime(api);
        await time.ReadAsync();
        var bank = new Bank(api, time, webhook, Name, () => 1);
        await bank.RegisterAsync();
        var file = await bank.OpenAsync(bank.NewLoan(daysToMaturity: 60) with { Guarantors = [new("ZJ-330328-0042", "龙港某担保有限公司", "guaranteeCompany")] });
        await file.ReportAsync(Facts.Contacted(), Facts.Wants("renew"), Facts.AllDocuments, Facts.Approved());

        (await api.SendAsync(HttpMethod.Post, "/api/operations/jobs/maturity-scan/runs")).Expect(HttpStatusCode.OK);

        // Stopped, it sends what it still has; started again, it counts what there is.
        await host.StopAsync();
        await host.StartAgainAsync();
        await UntilAsync(() => collector.Metrics.Contains("loanrelief.cases.open"));

        var own = collector.Spans.Where(span => span.Scope == "LoanRelief").ToList();
        Assert.Superset(new HashSet<string> { "case.step", "case.round", "event.deliver", "job.run" }, own.Select(span => span.Name).ToHashSet());
        Assert.Superset(
            new HashSet<string> { "loanrelief.cases.opened", "loanrelief.event.deliveries", "loanrelief.step.duration", "loanrelief.job.runs" },
            collector.Metrics.ToHashSet());
        Assert.All(own.Where(span => span.Name != "job.run"), span =>
            Assert.Equal((Name, file.Id), (span.Tags["loanrelief.institution.id"], span.Tags["loanrelief.case.id"])));
        // The request by which it was reported, and the calls to storage and to the webhook that followed, name it too.
        Assert.Contains(collector.Spans, span => span.Name == "POST /api/cases/{id}/facts/contact" && Concerns(span, file));
        Assert.Contains(collector.Spans, span => span.Tags.GetValueOrDefault("url.full", "").Contains("/Cases", StringComparison.Ordinal) && Concerns(span, file));
        Assert.Contains(collector.Spans, span => span.Tags.GetValueOrDefault("url.full") == webhook.Url.AbsoluteUri && Concerns(span, file));

        string[] personal =
        [
            file.Loan.Borrower.Name, file.Loan.Borrower.Reference, .. file.Loan.Guarantors.SelectMany(each => (string[])[each.Name, each.Reference]),
            Facts.Manager, Facts.Approver, "recording-1", webhook.Secret,
        ];
        Assert.True(collector.Has(file.Id));
        Assert.All(personal, word => Assert.False(collector.Has(word), $"'{word}' left the house."));
    }

    private static bool Concerns(OtlpSpan span, CaseFile file) =>
        span.Tags.GetValueOrDefault("loanrelief.case.id") == file.Id && span.Tags.GetValueOrDefault("loanrelief.institution.id") == Name;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var since = DateTime.UtcNow; !isSo(); await Task.Delay(100, Cancellation))
            Assert.True(DateTime.UtcNow - since < Patience, "No census came within a minute.");
    }
}
