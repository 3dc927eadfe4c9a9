using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LoanRelief.Testing;

namespace LoanRelief.HostBenchmarks;

/// <summary>One Azurite for all contestants, each with an account of its own, by which its requests are counted in the access log.</summary>
internal sealed partial class Storage : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _requests = new();

    public Storage(IReadOnlyList<string> accounts) => Azurite = Azurite.Shared(accounts, Count);

    public Azurite Azurite { get; }

    /// <summary>Requests to an account so far: tables, blobs and queues.</summary>
    public int RequestsOf(string account) => _requests.GetValueOrDefault(account);

    /// <summary>What it has worked so far.</summary>
    public TimeSpan ProcessorTime => Work.Of(Azurite.ProcessId);

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();

    private void Count(string line)
    {
        if (Request().Match(line) is { Success: true } request)
            _requests.AddOrUpdate(request.Groups[1].Value, 1, static (_, count) => count + 1);
    }

    [GeneratedRegex("\"[A-Z]+ /([a-z0-9]+)[/?]")]
    private static partial Regex Request();
}
