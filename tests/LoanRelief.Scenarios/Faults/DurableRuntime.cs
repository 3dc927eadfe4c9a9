using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LoanRelief.Scenarios.Client;
using Xunit;

namespace LoanRelief.Scenarios.Faults;

/// <summary>The runtime of orchestrations as an operator with its key reaches it, past the program.</summary>
internal sealed class DurableRuntime : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http;
    private readonly string _key;

    private DurableRuntime(HttpClient http, string key) => (_http, _key) = (http, key);

    public static async Task<DurableRuntime> OfAsync(Uri host)
    {
        var http = new HttpClient { BaseAddress = host };
        // The host keeps the runtime's key in storage; on this machine its admin interface asks for none.
        var keys = await http.GetFromJsonAsync<JsonElement>("/admin/host/systemkeys", TestContext.Current.CancellationToken);
        var key = keys.GetProperty("keys").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "durabletask_extension");
        return new(http, key.GetProperty("value").GetString()!);
    }

    /// <summary>Starts an orchestration for a case, as the program does.</summary>
    /// <returns>Whether the runtime took it; 409 when there is one that runs.</returns>
    public async Task<bool> StartAsync(CaseFile file)
    {
        using var answer = await _http.PostAsync(At($"orchestrators/ReliefCaseOrchestrator/{file.Id}"), null, TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.Accepted;
    }

    public Task TerminateAsync(CaseFile file) => AskAsync(HttpMethod.Post, $"instances/{file.Id}/terminate");

    public Task PurgeAsync(CaseFile file) => AskAsync(HttpMethod.Delete, $"instances/{file.Id}");

    /// <summary>Lets a timer function run now.</summary>
    public async Task FireAsync(string timer)
    {
        using var answer = await _http.PostAsJsonAsync($"/admin/functions/{timer}", new { }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>The orchestration of a case; null when there is none.</summary>
    public async Task<InstanceView?> FindAsync(CaseFile file)
    {
        using var answer = await _http.GetAsync(At($"instances/{file.Id}"), TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.Content.ReadFromJsonAsync<InstanceView>(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the orchestration of a case is as wanted.</summary>
    public async Task<InstanceView?> UntilAsync(CaseFile file, Func<InstanceView?, bool> wanted)
    {
        InstanceView? seen = null;
        for (var since = DateTime.UtcNow; DateTime.UtcNow - since < Patience; await Task.Delay(250, TestContext.Current.CancellationToken))
        {
            if (wanted(seen = await FindAsync(file)))
                return seen;
        }

        Assert.Fail($"After {Patience} the orchestration of {file.Id} is {seen?.ToString() ?? "not there"}.");
        return null;
    }

    public void Dispose() => _http.Dispose();

    private async Task AskAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, At(path));
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode}");
    }

    private string At(string path) => $"/runtime/webhooks/durabletask/{path}?code={_key}";
}

/// <param name="RuntimeStatus">Pending, Running, Completed, Failed, Suspended or Terminated.</param>
/// <param name="CustomStatus">How far it has come.</param>
internal sealed record InstanceView(string RuntimeStatus, ProgressView? CustomStatus)
{
    public bool IsRunning => RuntimeStatus == "Running";
}

internal sealed record ProgressView(string? Stage, DateTimeOffset? WaitUntil, int Failures, string? LastError);
