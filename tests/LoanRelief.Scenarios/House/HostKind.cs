using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.House;

/// <summary>The two hosts that have to behave alike.</summary>
public enum HostKind
{
    Local,
    Functions,
}

internal static class HostKinds
{
    /// <summary>"functions" for the real Functions host; the local host when it is not set.</summary>
    private const string Variable = "LOANRELIEF_HOST";

    /// <summary>On which host the stories are told.</summary>
    public static HostKind Wanted { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "local" => HostKind.Local,
        "functions" => HostKind.Functions,
        var other => throw new InvalidOperationException($"{Variable} is '{other}', and 'local' or 'functions' is wanted."),
    };

    /// <summary>An Azurite that serves what the host needs.</summary>
    /// <param name="folder">For its data; in memory when left out.</param>
    public static Azurite Storage(this HostKind kind, string? folder = null) => kind switch
    {
        HostKind.Functions => Azurite.Complete(folder),
        _ => folder is null ? new() : Azurite.OnFolder(folder),
    };

    /// <summary>Starts the host; the test is skipped where it is not installed.</summary>
    /// <param name="tables">Where the program finds its tables: the Azurite itself, or a proxy before it.</param>
    public static async Task<HostPlant> StartAsync(
        this HostKind kind, Azurite azurite, string tables, IEnumerable<KeyValuePair<string, string>> settings)
    {
        if (kind == HostKind.Local)
            return await LocalHost.StartAsync(tables, settings);
        Assert.SkipUnless(FunctionsHost.IsInstalled, "func (Azure Functions Core Tools 4) is not on the PATH.");
        return await FunctionsHost.StartAsync(azurite, tables, settings);
    }
}
