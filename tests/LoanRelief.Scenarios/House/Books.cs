using LoanRelief.Scenarios.Client;
using Xunit;

namespace LoanRelief.Scenarios.House;

/// <summary>What must be true of every case, whatever happened to it.</summary>
internal static class Books
{
    /// <summary>The history has no gap, and what it says was sent has come: all of it, nothing else, signed, and once.</summary>
    public static async Task CheckAsync(Bank bank, CaseFile file, bool eventsMayRepeat = false)
    {
        await bank.Time.SettleAsync();
        var (state, history) = (await file.ReadAsync(), await file.HistoryAsync());

        Assert.Equal(Enumerable.Range(1, history.Steps.Count), history.Steps.Select(step => step.Number));
        Assert.Equal(state.Version, history.Steps.Count);
        Assert.All(history.Steps, step => Assert.NotEmpty(step.Events));
        Assert.Equal(history.Steps.Select(step => step.At).Order(), history.Steps.Select(step => step.At));
        Assert.True(state.NextDeadline is not null ^ state.Outcome is not null, $"{file.Id} is neither awaited nor ended.");

        var came = bank.EventsAbout(file.Id).ToList();
        Assert.Equal(history.EffectKeys.Order(), came.Select(e => e.Id).Order());
        if (!eventsMayRepeat)
            Assert.All(came.Concat(bank.EventsAbout(file.Loan)), e => Assert.Equal(1, e.Arrivals));
        Assert.Empty(bank.Webhook.Faults);
    }
}
