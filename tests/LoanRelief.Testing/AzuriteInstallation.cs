namespace LoanRelief.Testing;

/// <summary>Azurite as <c>./run</c> and <c>./test</c> install it, so that plain <c>dotnet test</c> works too.</summary>
internal static class AzuriteInstallation
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly Lazy<Task<string>> Main = new(InstallAsync);

    /// <summary>Path of the script that Node.js runs, installed by now.</summary>
    /// <param name="complete">Whether it serves blobs and queues too, or tables only.</param>
    /// <exception cref="InvalidOperationException">It could not be installed; says why.</exception>
    public static async Task<string> GetAsync(bool complete)
    {
        var main = await Main.Value; // .../dist/src/table/main.js
        return complete ? Path.GetFullPath(Path.Combine(main, "..", "..", "azurite.js")) : main;
    }

    private static async Task<string> InstallAsync()
    {
        await using var installer = ChildProcess.Start(
            "bash", [RepositoryRoot.At("src", "LoanRelief.Local", "Azurite", "install.sh")], RepositoryRoot.Path);
        using var late = new CancellationTokenSource(Patience);
        await installer.WaitForExitAsync(late.Token);
        var main = installer.Output.Split('\n')[^1];
        return File.Exists(main)
            ? main
            : throw new InvalidOperationException($"Azurite could not be installed (it needs Node.js with npm, and the network):\n{installer.Output}");
    }
}
