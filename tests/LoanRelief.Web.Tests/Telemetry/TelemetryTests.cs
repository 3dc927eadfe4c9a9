using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoanRelief.Desk;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Telemetry;

/// <summary>What the program tells about itself while it works on a renewal with everything in it, and on a loan whose borrower keeps silent.</summary>
public sealed class TelemetryTests(Azurite azurite) : HouseTests(azurite)
{
    /// <summary>Of this test only: whatever else this process does at the same time has another name.</summary>
    private const string Bank = "telemetry-bank";

    private const string Renewed = $"{Bank}~JJ-RENEWED~1";
    private const string Silent = $"{Bank}~JJ-SILENT~1";

    /// <summary>Each is in what was reported; people, firms, their references, and words of their own.</summary>
    private static readonly string[] Personal =
    [
        "龙港某包装有限公司", "KH-7781", "王某某", "ZJ-0042", "mgr-zhou", "dir-wu", "visit-form-77", "consent-scan-9",
        "borrower-is-abroad", "HT-2026-77", "waits-for-the-tax-office", "whsec_",
    ];

    [Fact]
    public async Task Nothing_personal_is_said_by_anybody_while_a_whole_case_is_worked_on()
    {
        using var recording = new Recording();
        await LiveAsync();
        recording.Look();

        var everything = recording.Everything.ToList();

        Assert.Contains(Renewed, everything);
        Assert.All(Personal, word => Assert.DoesNotContain(everything, text => text.Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_span_names_its_institution_and_case()
    {
        using var recording = new Recording();
        await LiveAsync();

        var spans = recording.Spans.ToList();

        Assert.All(spans, span => Assert.NotNull(span.GetTagItem("loanrelief.institution.id")));
        Assert.All(spans, span => Assert.True(
            span.OperationName == "job.run" || span.GetTagItem("loanrelief.case.id") is not null || span.GetTagItem("loanrelief.loan.number") is not null,
            $"{span.OperationName} names no case and no loan."));
        // What was reported over HTTP is a step within its request, and the request names the case, too.
        var contact = Assert.Single(spans, span => Is(span, "case.step", Renewed) && Equals(span.GetTagItem("loanrelief.step.cause"), "contact"));
        Assert.Equal(ActivityKind.Server, contact.Parent!.Kind);
        Assert.Equal((Renewed, Bank), (contact.Parent.GetTagItem("loanrelief.case.id"), contact.Parent.GetTagItem("loanrelief.institution.id")));
        // A delivery is part of a round.
        Assert.All(spans.Where(span => Is(span, "event.deliver", Renewed)), span => Assert.Equal("case.round", span.Parent!.OperationName));
    }

    [Fact]
    public async Task Counters_count_what_happened()
    {
        using var recording = new Recording();
        await LiveAsync();

        (string, string) bank = ("loanrelief.institution.id", Bank);
        Assert.Equal(2, recording.Sum("loanrelief.cases.opened", bank));
        Assert.Equal(1, recording.Sum("loanrelief.cases.closed", bank, ("loanrelief.case.outcome", "renewed"), ("loanrelief.case.reason", "relieved-as-agreed")));
        Assert.Equal(1, recording.Sum("loanrelief.cases.closed", bank, ("loanrelief.case.outcome", "lapsed"), ("loanrelief.case.reason", "borrower-not-reached")));
        Assert.Equal(1, recording.Sum("loanrelief.deadlines.missed", bank, ("loanrelief.deadline", "contactDeadline")));
        Assert.Equal(1, recording.Sum("loanrelief.deadlines.missed", bank, ("loanrelief.deadline", "lastDay")));
        // One event is refused for good, sent again by an operator, and delivered: as many deliveries as the channel saw.
        Assert.Equal(1, recording.Sum("loanrelief.event.given_up", bank));
        Assert.Equal(1, recording.Sum("loanrelief.event.deliveries", bank, ("loanrelief.event.result", "refused")));
        Assert.Equal(House.Channel.Sent.Count, recording.Sum("loanrelief.event.deliveries", bank));
        // Nobody worked while the clock was moved by an hour.
        Assert.True(recording.Sum("loanrelief.event.late", bank) > 0);
    }

    [Fact]
    public async Task Census_counts_open_cases_by_stage_and_what_waits()
    {
        using var recording = new Recording();
        await RegisterAsync();
        await HandOverAsync("JJ-RENEWED");
        await AskForAsync("JJ-RENEWED");
        await MoveByAsync(TimeSpan.FromMinutes(10));

        await House.TakeCensusAsync();
        recording.Look();

        (string, string) bank = ("loanrelief.institution.id", Bank);
        Assert.Equal(1, recording.Sum("loanrelief.cases.open", bank, ("loanrelief.case.stage", "contact")));
        Assert.Equal(1, recording.Sum("loanrelief.cases.open", bank));
        Assert.Equal(1, recording.Sum("loanrelief.cases.overdue", bank));
        Assert.Equal(600, recording.Sum("loanrelief.cases.overdue.age", bank));
        Assert.Equal(600, recording.Sum("loanrelief.outbox.age", bank));

        (await PostAsync($"/api/operations/orchestrations/{Renewed}/suspend", new JsonObject { ["by"] = "operator-1", ["reason"] = "r" })).Is(HttpStatusCode.OK);
        await House.TakeCensusAsync();
        using var stopped = new Recording();
        stopped.Look();
        Assert.Equal((0, 1), (stopped.Sum("loanrelief.cases.overdue", bank), stopped.Sum("loanrelief.cases.stopped", bank)));

        await House.WorkAsync(Renewed);
        await House.TakeCensusAsync();
        using var later = new Recording();
        later.Look();

        Assert.Equal(1, later.Sum("loanrelief.cases.open", bank));
        Assert.Equal(0, later.Sum("loanrelief.cases.overdue", bank) + later.Sum("loanrelief.cases.overdue.age", bank) + later.Sum("loanrelief.outbox.age", bank));
    }

    [Fact]
    public async Task The_document_has_every_span_and_every_metric_with_its_unit_and_tags()
    {
        using var recording = new Recording();
        await LiveAsync();
        await House.TakeCensusAsync();
        recording.Look();
        var document = await File.ReadAllTextAsync(RepositoryRoot.At("docs", "telemetry.md"), Cancellation);

        var spans = recording.Spans.GroupBy(span => span.OperationName).OrderBy(span => span.Key).Select(same =>
            $"{same.Key}, {same.First().Kind.ToString().ToLowerInvariant()}: {Tags(same.SelectMany(span => span.TagObjects), "loanrelief.institution.id", "loanrelief.case.id", "error.type")}");
        Assert.Equal(
            Rows(document, "spans").Select(row => $"{row[0]}, {row[1]}: {Without(row[3], "error.type")}").Order(StringComparer.Ordinal),
            spans.Order(StringComparer.Ordinal));

        var metrics = recording.Instruments.Select(instrument =>
            $"{instrument.Name}, {KindOf(instrument)}, {instrument.Unit}: {Tags(recording.Measured.Where(measured => measured.Name == instrument.Name).SelectMany(measured => measured.Tags))}");
        Assert.Equal(
            Rows(document, "metrics").Select(row => $"{row[0]}, {row[1]}, {row[2]}: {row[3]}").Order(StringComparer.Ordinal),
            metrics.Order(StringComparer.Ordinal));
    }

    /// <summary>All that can be said, once.</summary>
    private async Task LiveAsync()
    {
        await RegisterAsync();
        await HandOverAsync("JJ-RENEWED");
        await HandOverAsync("JJ-SILENT");
        await RunAsync("maturity-scan");
        await AskForAsync("JJ-RENEWED");
        await AskForAsync("JJ-SILENT");
        House.Channel.Status = DeliveryStatus.Refused;
        await House.WorkAsync(Renewed);
        House.Channel.Status = DeliveryStatus.Delivered;
        await RedriveAsync();
        await MoveByAsync(TimeSpan.FromHours(1));
        await House.WorkAsync(Renewed);

        await FactAsync("contact", """{ "by": "mgr-zhou", "channel": "visit", "reached": true, "evidence": "visit-form-77" }""");
        await FactAsync("hold", """{ "by": "mgr-zhou", "reason": "waits-for-the-tax-office", "until": "2026-01-08" }""");
        await FactAsync("release", """{ "by": "mgr-zhou", "reason": "borrower-is-abroad" }""");
        await FactAsync("intent", """{ "by": "mgr-zhou", "kind": "renew" }""");
        await FactAsync("documents", """{ "by": "mgr-zhou", "received": ["application", "business-licence"] }""");
        await FactAsync("approval", """{ "by": "dir-wu", "decision": "approve", "level": "creditDepartment" }""");
        await FactAsync("guarantor-consent", """{ "by": "mgr-zhou", "guarantor": "ZJ-0042", "consents": true, "evidence": "consent-scan-9" }""");
        await FactAsync("signature", """{ "by": "mgr-zhou", "contractNumber": "HT-2026-77", "signedOn": "2026-01-05" }""");
        await FactAsync("booking", """{ "by": "core", "result": "confirmed", "reference": "CB-1", "newLoanNumber": "JJ-NEW" }""");
        foreach (var days in (int[])[20, 21, 22, 60])
        {
            await MoveByAsync(TimeSpan.FromDays(days));
            await House.WorkAsync(Renewed);
            await House.WorkAsync(Silent);
            await RunAsync("due-date-reminders");
            if (days == 20)
                await FactAsync("documents", """{ "by": "mgr-zhou", "received": ["financial-statements", "tax-record"] }""");
        }

        Assert.Equal("renewed", (string?)(await GetAsync($"/api/cases/{Renewed}")).Json["outcome"]);
        Assert.Equal("lapsed", (string?)(await GetAsync($"/api/cases/{Silent}")).Json["outcome"]);
    }

    private async Task RegisterAsync() =>
        (await PutAsync($"/api/institutions/{Bank}", Bodies.Institution())).Is(HttpStatusCode.Created);

    private async Task HandOverAsync(string loan)
    {
        var body = Bodies.Loan();
        body["borrower"]!["name"] = "龙港某包装有限公司";
        body["borrower"]!["reference"] = "KH-7781";
        body["guarantors"] = Bodies.Parse("""{ "all": [{ "reference": "ZJ-0042", "name": "王某某", "kind": "mortgagor" }] }""")["all"]!.DeepClone();
        (await PutAsync($"/api/institutions/{Bank}/loans/{loan}", body)).Is(HttpStatusCode.Created);
    }

    private async Task AskForAsync(string loan) =>
        (await PostAsync($"/api/institutions/{Bank}/cases", new JsonObject { ["loanNumber"] = loan, ["by"] = "mgr-zhou" })).Is(HttpStatusCode.Accepted);

    private async Task FactAsync(string fact, string body)
    {
        (await PostAsync($"/api/cases/{Renewed}/facts/{fact}", Bodies.Parse(body))).Is(HttpStatusCode.OK);
        await House.WorkAsync(Renewed);
    }

    private async Task RunAsync(string job) => (await PostAsync($"/api/operations/jobs/{job}/runs", new JsonObject())).Is(HttpStatusCode.OK);

    private async Task RedriveAsync()
    {
        var letters = (await GetAsync($"/api/operations/dead-letters?institution={Bank}")).Is(HttpStatusCode.OK).Json;
        var key = (string?)letters["deadLetters"]![0]!["key"];
        (await PostAsync("/api/operations/dead-letters/redrive", new JsonObject { ["key"] = key, ["by"] = "mgr-zhou" })).Is(HttpStatusCode.Accepted);
    }

    private async Task MoveByAsync(TimeSpan time)
    {
        var now = DateTimeOffset.Parse((string)(await GetAsync("/api/operations/clock")).Json["now"]!, null);
        (await PostAsync("/api/operations/clock", new JsonObject { ["to"] = (now + time).ToString("O", null) })).Is(HttpStatusCode.OK);
    }

    private static bool Is(Activity span, string name, string caseId) =>
        span.OperationName == name && Equals(span.GetTagItem("loanrelief.case.id"), caseId);

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "ObservableGauge" => "gauge",
        var kind => kind.ToLowerInvariant(),
    };

    private static string Tags(IEnumerable<KeyValuePair<string, object?>> tags, params string[] onAll) =>
        string.Join(", ", tags.Select(tag => tag.Key).Distinct().Except(onAll).Order(StringComparer.Ordinal));

    private static string Without(string tags, string one) => string.Join(", ", tags.Split(", ").Where(tag => tag != one));

    /// <summary>The rows of a table of the document, without the backquotes; a column of tags in order.</summary>
    private static IEnumerable<string[]> Rows(string document, string table)
    {
        var text = Regex.Match(document, $"<!-- {table}: begin -->(.*?)<!-- {table}: end -->", RegexOptions.Singleline).Groups[1].Value;
        return text.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line =>
            line.Split('|', StringSplitOptions.TrimEntries)[1..].Select(cell => string.Join(", ", cell.Replace("`", "", StringComparison.Ordinal).Split(", ").Order(StringComparer.Ordinal))).ToArray());
    }
}
