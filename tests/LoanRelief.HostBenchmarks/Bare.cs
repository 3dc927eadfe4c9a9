using System.Globalization;
using LoanRelief.Testing;

namespace LoanRelief.HostBenchmarks;

/// <summary>The bare orchestration with as many waits, which stores nothing of its own: see <c>LoanRelief.HostBenchmarks.Bare</c>.</summary>
/// <inheritdoc cref="Relief"/>
internal sealed class Bare(string name, HostPlant plant, Inbox inbox, int round) : Contestant(name, plant)
{
    protected override async Task<string> OpenOneAsync(int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"bare-{round}-{number}");
        await PutAsync(string.Create(CultureInfo.InvariantCulture, $"/start/{id}/{Waits}"));
        await inbox.NextAsync(id, Patience);
        return id;
    }

    protected override async Task AnswerWaitsAsync(string id)
    {
        for (var wait = 1; wait <= Waits; wait++)
        {
            await PutAsync($"/changed/{id}");
            if (wait < Waits)
                await inbox.NextAsync(id, Patience);
        }
    }

    private async Task PutAsync(string path)
    {
        using var answer = await Http.PutAsync(new Uri(path, UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }
}
