using System.Net.Http.Json;
using System.Text.Json;
using LoanRelief.Cli.Import;
using LoanRelief.Cli.Texts;
using LoanRelief.Testing;
using Spectre.Console.Testing;
using Xunit;

namespace LoanRelief.Cli.Tests;

/// <summary>The line goes dead, the program goes away, or somebody presses Ctrl-C.</summary>
public sealed class InterruptionTests(Azurite azurite) : IClassFixture<Azurite>, IAsyncLifetime
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("loanrelief-cli-");
    private LocalHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await LocalHost.StartAsync(azurite.ConnectionString);
        using var http = new HttpClient();
        using var institution = new StringContent("""{"name":"工商银行文成支行","kind":"bank"}""", System.Text.Encoding.UTF8, "application/json");
        (await http.PutAsync(new Uri(_host.BaseAddress, $"/api/institutions/{Desk.Bank}"), institution)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _state.Delete(recursive: true);
    }

    [Fact]
    public async Task A_program_that_is_away_for_a_moment_is_waited_for_and_one_that_stays_away_is_not()
    {
        var book = Write(Desk.Csv(Enumerable.Range(1, 2_000).Select(n => Desk.Row($"L-{n}"))));
        await _host.KillAsync();
        var (code, output) = await RunAsync(book, TimeSpan.FromSeconds(1));
        Assert.Equal(ExitCode.Unreachable, code);
        Assert.Contains("gave no answer", output, StringComparison.Ordinal);

        var run = RunAsync(book, TimeSpan.FromMinutes(1));
        await _host.StartAgainAsync();
        Assert.Equal(ExitCode.Done, (await run).Code);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_while_the_book_is_stored_is_gone_on_with()
    {
        var book = Write(Desk.Csv(Enumerable.Range(1, 2_000).Select(n => Desk.Row($"M-{n}"))));
        Assert.Equal(ExitCode.Done, (await RunAsync(book, TimeSpan.FromMinutes(1), noWait: true)).Code);
        await _host.KillAsync();

        using var interrupt = new CancellationTokenSource();
        var run = RunAsync(book, TimeSpan.FromMinutes(1), interrupt: interrupt.Token);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, (await run).Code);

        await _host.StartAgainAsync();
        var (code, output) = await RunAsync(book, TimeSpan.FromMinutes(1));
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("going on with import", output, StringComparison.Ordinal);
        Assert.Contains("2,000", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_the_program_does_not_know_any_more_is_sent_anew()
    {
        var book = Write(Desk.Csv(Desk.Row("N-1")));
        var file = new BookFile(book, Desk.Bank, "text/csv");
        var pending = new PendingImports(Environment);
        pending.Keep(await PendingImports.KeyAsync(file, _host.BaseAddress, TestContext.Current.CancellationToken), PendingImport.Begin() with { Path = $"/api/institutions/{Desk.Bank}/loan-imports/{Guid.NewGuid()}" });

        var (code, output) = await RunAsync(book, TimeSpan.FromMinutes(1));
        Assert.Equal(ExitCode.Done, code);
        Assert.DoesNotContain("going on", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_whose_answer_got_lost_is_found_when_the_book_is_sent_again_by_this_run_or_the_next()
    {
        var book = Write(Desk.Csv(Desk.Row("O-1")));
        var others = await ImportsAsync();
        using (var dead = new BadLine(lost: int.MaxValue))
            Assert.Equal(ExitCode.Unreachable, (await RunAsync(book, TimeSpan.Zero, line: dead)).Code);
        Assert.Equal(others + 1, await ImportsAsync());

        using var bad = new BadLine(lost: 1);
        var (code, output) = await RunAsync(book, TimeSpan.FromMinutes(1), line: bad);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("trying again", output, StringComparison.Ordinal);
        Assert.Matches(@"Added +1\s", output);
        Assert.Equal(others + 1, await ImportsAsync());

        // It has come to its end: the same file is a new import, or a book could not be put back to what it was.
        Assert.Matches(@"Unchanged +1\s", (await RunAsync(book, TimeSpan.FromMinutes(1))).Output);
        Assert.Equal(others + 2, await ImportsAsync());
    }

    private async Task<int> ImportsAsync()
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonElement>(new Uri(_host.BaseAddress, $"/api/institutions/{Desk.Bank}/loan-imports"), TestContext.Current.CancellationToken))
            .GetProperty("imports").GetArrayLength();
    }

    private string? Environment(string name) => name == "LOANRELIEF_STATE" ? _state.FullName : null;

    private FileInfo Write(string text)
    {
        var file = new FileInfo(Path.Combine(_state.FullName, "book.csv"));
        File.WriteAllText(file.FullName, text);
        return file;
    }

    private async Task<(int Code, string Output)> RunAsync(FileInfo book, TimeSpan patience, bool noWait = false, CancellationToken? interrupt = null, HttpMessageHandler? line = null)
    {
        using var console = new TestConsole().Width(400);
        using var program = new ReliefProgram(_host.BaseAddress, null, "en", line);
        var run = new ImportRun(program, new PendingImports(Environment), console, CliTexts.English, patience);
        var code = await run.RunAsync(new(book, Desk.Bank, "text/csv"), new(Path.Combine(_state.FullName, "rejected.csv")), noWait, interrupt ?? TestContext.Current.CancellationToken);
        return (code, console.Output);
    }

    /// <summary>Takes everything there and does not bring the first answers back.</summary>
    private sealed class BadLine(int lost) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _answers;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (++_answers > lost)
                return answer;
            answer.Dispose();
            throw new HttpRequestException("The line went dead.");
        }
    }
}
