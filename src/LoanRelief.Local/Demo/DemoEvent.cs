using System.Text.Json;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Local.Demo;

/// <summary>An event as an institution receives it.</summary>
internal sealed record DemoEvent(string Id, string Kind, int Ordinal, DateTimeOffset Time, string Case, LoanNumber Loan, DateOnly Maturity, EffectDetails Details)
{
    /// <summary>借据号 of the new loan when a renewal is booked.</summary>
    public LoanNumber? NewLoanNumber =>
        Details.Proposal?.Kind == IntentKind.Renew ? Identifier.Parse<LoanNumber>($"{Loan}-R") : null;

    /// <summary>Reads a CloudEvent about a case; null for one about something else.</summary>
    public static DemoEvent? Read(JsonElement cloudEvent)
    {
        var id = cloudEvent.GetProperty("id").GetString()!;
        if (id.Split('/') is not [var caseId, var kind, var ordinal] || !CaseId.TryParse(caseId, out _))
            return null;
        var data = cloudEvent.GetProperty("data").Deserialize<CaseEventData>(DomainJson.Options)!;
        return new(id, kind, int.Parse(ordinal, null), cloudEvent.GetProperty("time").GetDateTimeOffset(), caseId, data.Loan, data.Maturity, data.Details);
    }
}
