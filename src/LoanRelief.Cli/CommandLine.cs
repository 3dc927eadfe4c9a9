using System.CommandLine;
using LoanRelief.Cli.Import;
using LoanRelief.Cli.Texts;
using Spectre.Console;

namespace LoanRelief.Cli;

/// <summary>What can be said on the command line.</summary>
internal static class CommandLine
{
    /// <param name="environment">A variable by name; null when it is not set.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, IAnsiConsole console, Func<string, string?> environment)
    {
        var texts = CliTexts.For(environment);
        var root = new RootCommand(texts.Program) { ImportCommand.Make(console, texts, environment) };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });
        await parsed.InvokeAsync();
        return ExitCode.Usage;
    }
}

/// <summary>How a run ended.</summary>
internal static class ExitCode
{
    /// <summary>Every row is in the loan book, or on its way where nobody waited for it.</summary>
    public const int Done = 0;

    /// <summary>The good rows are in the loan book, and some were refused.</summary>
    public const int SomeRefused = 1;

    /// <summary>The command line, or the file that it names, is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The program refused the file as a whole; nothing of it is stored.</summary>
    public const int Refused = 3;

    /// <summary>The program could not be reached, or gave no answer that is of use.</summary>
    public const int Unreachable = 4;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
