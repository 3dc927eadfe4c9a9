using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Infra.Tests;

/// <summary>The Bicep command line, at work on a copy of <c>infra/</c>.</summary>
internal sealed class Bicep : IDisposable
{
    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;

    /// <summary>It takes a second; a busy machine may need a few.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("loanrelief-infra-");

    public Bicep()
    {
        Assert.SkipUnless(File.Exists(Program), $"There is no package of the Bicep compiler for {RuntimeInformation.RuntimeIdentifier} that is known here.");
        foreach (var file in Files("*"))
        {
            var copy = At(file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(RepositoryRoot.At("infra", file), copy);
        }
    }

    /// <summary>The files of <c>infra/</c> that match, relative to it.</summary>
    public static IEnumerable<string> Files(string pattern)
    {
        var root = RepositoryRoot.At("infra");
        return Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal);
    }

    /// <summary>A file of the copy.</summary>
    public string At(string file) => Path.Combine(_copy.FullName, file);

    /// <summary>Runs one command.</summary>
    /// <param name="environment">What parameter files read; nothing else of that kind is passed on.</param>
    /// <returns>What it wrote. Warnings and errors of the compiler are in <c>Complaints</c>.</returns>
    public async Task<(int ExitCode, string Output, string Complaints)> RunAsync(
        IEnumerable<string> arguments, IEnumerable<(string Name, string Value)>? environment = null)
    {
        var start = new ProcessStartInfo(Program, arguments) { WorkingDirectory = _copy.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AZURE_", StringComparison.Ordinal) || name.StartsWith("LOANRELIEF_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(late.Token);
        var complaints = process.StandardError.ReadToEndAsync(late.Token);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return (process.ExitCode, await output, await complaints);
    }

    public void Dispose() => _copy.Delete(recursive: true);
}
