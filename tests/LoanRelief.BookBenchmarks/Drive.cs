using System.Net.Http.Json;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>Drives a renewal from its opening to its booking, each question answered as soon as it comes.</summary>
internal static class Drive
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What the bank says about a case, in turn; after each but the last the case asks for the next.</summary>
    public static async Task ToBookingAsync(Bank bank, Inbox inbox, string id)
    {
        await inbox.NextAsync(id, Patience);
        var facts = Facts(id);
        foreach (var (n, (name, body)) in facts.Index())
        {
            await bank.SendAsync<object>(HttpMethod.Post, $"/api/cases/{id}/facts/{name}", JsonContent.Create(body));
            if (n < facts.Length - 1)
                await inbox.NextAsync(id, Patience);
        }
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
