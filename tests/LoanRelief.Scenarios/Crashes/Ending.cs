using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Scenarios.Client;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>All that a story leaves behind, however the program got there.</summary>
/// <param name="State">The case as the bank sees it, without its version: how many steps it took to record deliveries may differ.</param>
/// <param name="Events">What happened in the case, first to last, without the deliveries.</param>
/// <param name="Effects">The keys of all that went out, about the case and about its loan.</param>
internal sealed record Ending(string State, IReadOnlyList<string> Events, IReadOnlyList<string> Effects)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<Ending> OfAsync(Bank bank, CaseFile file)
    {
        await bank.Time.SettleAsync();
        var state = await bank.Api.GetAsync<JsonObject>(file.Path);
        Assert.True(state.Remove("version"));
        var history = await file.HistoryAsync();
        return new(
            state.ToJsonString(Indented),
            [
                .. from step in history.Steps
                   where step.Cause is not "delivery"
                   from happened in step.Events
                   select $"{step.At:O} {step.By} {step.Cause}: {happened.Details}",
            ],
            [.. bank.EventsAbout(file.Id).Concat(bank.EventsAbout(file.Loan)).Select(e => e.Id).Order()]);
    }

    /// <summary>Fails with the difference.</summary>
    public void MustBe(Ending undisturbed)
    {
        Assert.Equal(undisturbed.Events, Events);
        Assert.Equal(undisturbed.Effects, Effects);
        Assert.Equal(undisturbed.State, State);
    }
}
