using System.Diagnostics;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Docs;

/// <summary>The documents tell the truth. After a change of what the program answers, <c>UPDATE_DOCS=1 ./test Scenarios</c> writes it into them.</summary>
public sealed class DocumentTests
{
    private const string English = "README.md";
    private const string Chinese = "docs/README.zh.md";
    private const string Update = "UPDATE_DOCS";

    /// <summary>Where <c>./run</c> starts the program, and so where the documents look for it.</summary>
    private const string DefaultAddress = "http://127.0.0.1:7071";

    private static readonly TimeOnly StartOfClock = new(9, 0);

    [Theory]
    [InlineData(English)]
    [InlineData(Chinese)]
    public async Task What_a_document_shows_is_what_its_calls_answer(string path)
    {
        var document = Document.Read(path);
        var answers = await AnswersAsync(document);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            document.Rewrite(document.Calls.Zip(answers, (call, answer) => Excerpt.Again(call.Shown, answer)));
            document = Document.Read(path);
        }

        Assert.NotEmpty(document.Calls);
        foreach (var (call, answer) in document.Calls.Zip(answers))
        {
            Assert.True(Excerpt.IsOf(call.Shown, answer),
                $"{call.Place} does not show what comes. It shows:\n{string.Join('\n', call.Shown)}\n\nThe whole answer is:\n{string.Join('\n', answer)}");
        }
    }

    [Fact]
    public void Both_languages_try_the_same()
    {
        var chinese = Document.Read(Chinese).Calls.Select(call => call.Command.Replace(" -H accept-language:zh", "", StringComparison.Ordinal));

        Assert.Equal(Document.Read(English).Calls.Select(call => call.Command), chinese);
    }

    [Theory]
    [InlineData(English)]
    [InlineData(Chinese)]
    public async Task Options_of_run_are_there(string path)
    {
        var help = await BashAsync("./run --help");

        Assert.All(Document.Read(path).RunOptions, option => Assert.Contains($"  {option} ", help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(English)]
    [InlineData(Chinese)]
    [InlineData("docs/loan-books.md")]
    [InlineData("docs/loan-books.zh.md")]
    [InlineData("docs/lists.md")]
    [InlineData("docs/lists.zh.md")]
    [InlineData("docs/operators.md")]
    [InlineData("docs/operators.zh.md")]
    [InlineData("docs/process.md")]
    [InlineData("docs/process.zh.md")]
    [InlineData("docs/deploy.md")]
    [InlineData("docs/functions.md")]
    [InlineData("docs/telemetry.md")]
    public void Links_lead_somewhere(string path) =>
        Assert.All(Document.Read(path).LinkedFiles, file => Assert.True(Path.Exists(RepositoryRoot.At(file)), $"{path} links to {file}, which is not there."));

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> AnswersAsync(Document document)
    {
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        await using var host = await LocalHost.StartAsync(azurite.ConnectionString, FrozenClock.At(new(document.Day, StartOfClock, TimeSpan.FromHours(8))));
        using var api = new ReliefApi(host.BaseAddress);
        var time = new BusinessTime(api);
        var address = host.BaseAddress.GetLeftPart(UriPartial.Authority);
        var answers = new List<IReadOnlyList<string>>();
        foreach (var call in document.Calls)
        {
            // A reader is slower than the program.
            await time.ReadAsync();
            await time.SettleAsync();
            var output = await BashAsync(call.Command.Replace(DefaultAddress, address, StringComparison.Ordinal));
            answers.Add(Readable.Lines(output.Replace(address, DefaultAddress, StringComparison.Ordinal)));
        }

        return answers;
    }

    private static async Task<string> BashAsync(string command)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = RepositoryRoot.Path, RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{command}\nended with {bash.ExitCode}:\n{output}");
        return output;
    }
}
