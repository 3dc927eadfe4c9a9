using System.CommandLine;
using LoanRelief.Cli.Texts;
using Spectre.Console;

namespace LoanRelief.Cli.Import;

/// <summary><c>loanrelief import book.csv --institution icbc-wencheng</c></summary>
internal static class ImportCommand
{
    private const string ThisMachine = "http://127.0.0.1:7071";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Command Make(IAnsiConsole console, CliTexts texts, Func<string, string?> environment)
    {
        var file = new Argument<FileInfo>("file") { Description = texts.File }.AcceptExistingOnly();
        var institution = new Option<string>("--institution") { Description = texts.Institution, Required = true };
        var host = new Option<Uri>("--host")
        {
            Description = texts.Host,
            DefaultValueFactory = _ => new(environment("LOANRELIEF_HOST") is { Length: > 0 } address ? address : ThisMachine, UriKind.RelativeOrAbsolute),
            CustomParser = argument => new(argument.Tokens[0].Value, UriKind.RelativeOrAbsolute),
        };
        var format = new Option<string>("--format") { Description = texts.Format }.AcceptOnlyFromAmong("csv", "ndjson");
        var charset = new Option<string>("--charset") { Description = texts.Charset }.AcceptOnlyFromAmong("utf-8", "gb18030", "gbk", "gb2312");
        var rejected = new Option<FileInfo>("--rejected") { Description = texts.RejectedFile };
        var noWait = new Option<bool>("--no-wait") { Description = texts.NoWait };
        file.Validators.Add(result =>
        {
            // Not its value: that can not be had of a file that is not there.
            if (result.Tokens is [{ Value: var path }] && result.GetValue(format) is null && FormatOf(new(path)) is null)
                result.AddError(CliTexts.Fill(texts.FormatUnknown, path));
        });
        host.Validators.Add(result =>
        {
            if (result.GetValue(host) is { } address && address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
                result.AddError(CliTexts.Fill(texts.InvalidHost, address));
        });

        var command = new Command("import", texts.Import) { file, institution, host, format, charset, rejected, noWait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var book = parsed.GetRequiredValue(file);
            var upload = new BookFile(book, parsed.GetRequiredValue(institution), MediaType(parsed.GetValue(format) ?? FormatOf(book)!, parsed.GetValue(charset)));
            using var program = new ReliefProgram(parsed.GetRequiredValue(host), environment("LOANRELIEF_KEY"), texts.Tag);
            var run = new ImportRun(program, new PendingImports(environment), console, texts, Patience);
            return await run.RunAsync(upload, parsed.GetValue(rejected) ?? Beside(book), parsed.GetValue(noWait), cancellationToken);
        });
        return command;
    }

    private static string? FormatOf(FileInfo book) => book.Extension.ToUpperInvariant() switch
    {
        ".CSV" => "csv",
        ".NDJSON" or ".JSONL" => "ndjson",
        _ => null,
    };

    private static string MediaType(string format, string? charset) =>
        (format == "csv" ? "text/csv" : "application/x-ndjson") + (charset is null ? "" : $"; charset={charset}");

    private static FileInfo Beside(FileInfo book) => new(Path.Combine(book.DirectoryName!, $"{Path.GetFileNameWithoutExtension(book.Name)}-rejected.csv"));
}

/// <param name="Institution">Whose book it is.</param>
/// <param name="MediaType">With the charset, if one was given.</param>
internal sealed record BookFile(FileInfo File, string Institution, string MediaType);
