using System.Globalization;
using System.Net.Http.Json;
using LoanRelief.Testing;

namespace LoanRelief.HostBenchmarks;

/// <summary>LoanRelief itself, on either host: a renewal of 2,000,000 yuan as in seed 003, with a webhook.</summary>
/// <param name="round">Of the measurements, so that loans are new in each.</param>
internal sealed class Relief(string name, HostPlant plant, Inbox inbox, int round) : Contestant(name, plant)
{
    /// <summary>The morning on which the clock stands still.</summary>
    public const string Start = "2025-03-03T09:00:00+08:00";

    private const string Bank = "/api/institutions/wencheng-rcb";

    public override Task PrepareAsync() => SendAsync(HttpMethod.Put, Bank, new
    {
        name = "文成某银行",
        kind = "bank",
        webhook = new { url = inbox.Url, secret = "whsec_" + Convert.ToBase64String(new byte[32]) },
    });

    protected override async Task<string> OpenOneAsync(int number)
    {
        var loan = string.Create(CultureInfo.InvariantCulture, $"JJ-{round}-{number}");
        await SendAsync(HttpMethod.Put, $"{Bank}/loans/{loan}", new
        {
            borrower = new { reference = $"C-{loan}", name = "文成某机械有限公司", kind = "smallOrMicroFirm", industry = "制造", district = "文成" },
            product = "workingCapital",
            principal = 2_000_000.00m,
            outstanding = 2_000_000.00m,
            rate = 0.0435m,
            repaymentMethod = "bullet",
            drawnOn = "2024-04-30",
            maturity = "2025-04-30",
        });
        await SendAsync(HttpMethod.Post, $"{Bank}/cases", new { loanNumber = loan, by = "zhang.san" });
        var id = $"wencheng-rcb~{loan}~1";
        await inbox.NextAsync(id, Patience);
        return id;
    }

    protected override async Task AnswerWaitsAsync(string id)
    {
        var facts = Facts(id);
        for (var i = 0; i < facts.Length; i++)
        {
            await SendAsync(HttpMethod.Post, $"/api/cases/{id}/facts/{facts[i].Name}", facts[i].Body);
            // Each fact but the last makes the case ask for the next one; after the booking nothing is asked for until the follow-up.
            if (i < facts.Length - 1)
                await inbox.NextAsync(id, Patience);
        }
    }

    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static (string Name, object Body)[] Facts(string id) =>
    [
        ("contact", new { by = "zhang.san", channel = "phone", reached = true, evidence = "recording-1" }),
        ("intent", new { by = "zhang.san", kind = "renew" }),
        ("documents", new { by = "zhang.san", received = new[] { "application", "business-licence", "financial-statements", "tax-record" } }),
        ("approval", new { by = "li.si", decision = "approve", level = "creditDepartment" }),
        ("signature", new { by = "zhang.san", contractNumber = "HT-1", signedOn = "2025-03-03" }),
        ("booking", new { by = "core", result = "confirmed", reference = "CORE-1", newLoanNumber = $"{id.Split('~')[1]}-R" }),
    ];
}
