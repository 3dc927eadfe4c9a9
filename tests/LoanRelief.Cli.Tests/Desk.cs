using System.Net;
using System.Net.Http.Json;
using System.Text;
using LoanRelief.Testing;
using Spectre.Console.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(LoanRelief.Cli.Tests.Desk))]

namespace LoanRelief.Cli.Tests;

/// <summary>A desk at a bank, with a terminal and the program running somewhere.</summary>
public sealed class Desk : IAsyncLifetime
{
    public const string Bank = "icbc-wencheng";

    private readonly Azurite _azurite = new();
    private readonly HttpClient _http = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loanrelief-cli-");
    private int _files;

    /// <summary>The encoding of a spreadsheet on a Chinese Windows.</summary>
    public static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public LocalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _azurite.InitializeAsync();
        Host = await LocalHost.StartAsync(_azurite.ConnectionString);
        (await _http.PutAsJsonAsync(At($"/api/institutions/{Bank}"), new { name = "工商银行文成支行", kind = "bank" })).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _azurite.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A file of its own.</summary>
    public FileInfo Write(string text, Encoding? encoding = null, string extension = ".csv")
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, $"book-{Interlocked.Increment(ref _files)}{extension}"));
        File.WriteAllBytes(file.FullName, (encoding ?? Encoding.UTF8).GetBytes(text));
        return file;
    }

    public static string Csv(params IEnumerable<string> rows) => string.Join(
        '\n',
        rows.Prepend("number,borrowerReference,borrowerName,borrowerKind,industry,district,product,principal,outstanding,rate,repaymentMethod,drawnOn,maturity")) + "\n";

    public static string Row(string number, string rate = "0.0435") =>
        $"{number},C-42,文成某食品有限公司,smallOrMicroFirm,食品制造,文成县,workingCapital,2000000.00,2000000.00,{rate},interestThenPrincipal,2025-03-20,2035-03-20";

    /// <summary>Whether the program knows a loan.</summary>
    public async Task<bool> HasLoanAsync(string number)
    {
        using var response = await _http.GetAsync(At($"/api/institutions/{Bank}/loans/{number}"), TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>What is typed after <c>loanrelief</c>, and what comes of it.</summary>
    public async Task<(int Code, string Output)> RunAsync(string language, params string[] arguments)
    {
        using var console = new TestConsole().Width(400);
        var code = await CommandLine.RunAsync(arguments, console, Environment(language));
        return (code, console.Output);
    }

    public Task<(int Code, string Output)> ImportAsync(FileInfo book, params string[] options) =>
        RunAsync("en_GB.UTF-8", ["import", book.FullName, "--institution", Bank, .. options]);

    internal Func<string, string?> Environment(string language = "C") => name => name switch
    {
        "LANG" => language,
        "LOANRELIEF_HOST" => Host.BaseAddress.ToString(),
        "LOANRELIEF_STATE" => _folder.FullName,
        _ => null,
    };

    private Uri At(string path) => new(Host.BaseAddress, path);
}
