using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;
using static LoanRelief.Cli.Tests.Desk;

namespace LoanRelief.Cli.Tests;

public sealed partial class ImportTests(Desk desk)
{
    [Fact]
    public async Task A_book_is_sent_and_followed_until_it_is_stored()
    {
        var (code, output) = await desk.ImportAsync(desk.Write(Csv(Row("A-1"), Row("A-2"))));

        Assert.Equal((ExitCode.Done, "Rows 2, Added 2, Changed 0, Unchanged 0, Refused 0"), (code, Counts(output)));
        Assert.True(await desk.HasLoanAsync("A-2"));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_changed_row_changes_its_loan()
    {
        var book = desk.Write(Csv(Row("B-1"), Row("B-2")));
        await desk.ImportAsync(book);

        Assert.Equal("Rows 2, Added 0, Changed 0, Unchanged 2, Refused 0", Counts((await desk.ImportAsync(book)).Output));
        Assert.Equal("Rows 2, Added 0, Changed 1, Unchanged 1, Refused 0", Counts((await desk.ImportAsync(desk.Write(Csv(Row("B-1"), Row("B-2", rate: "0.04"))))).Output));
    }

    [Fact]
    public async Task Refused_rows_are_kept_in_the_encoding_of_the_book_and_can_be_put_right_and_sent()
    {
        var book = desk.Write(Csv(Row("C-1"), Row("C-2", rate: "4.35")), Gb18030);
        var (code, output) = await desk.ImportAsync(book);

        var rejected = new FileInfo(book.FullName.Replace(".csv", "-rejected.csv", StringComparison.Ordinal));
        Assert.Equal((ExitCode.SomeRefused, "Rows 2, Added 1, Changed 0, Unchanged 0, Refused 1"), (code, Counts(output)));
        Assert.Contains(rejected.FullName, output, StringComparison.Ordinal);
        var rows = Gb18030.GetString(await File.ReadAllBytesAsync(rejected.FullName, TestContext.Current.CancellationToken));
        Assert.Contains("C-2,C-42,文成某食品有限公司", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("C-1", rows, StringComparison.Ordinal);

        var (again, _) = await desk.ImportAsync(desk.Write(rows.Replace(",4.35,", ",0.0435,", StringComparison.Ordinal), Gb18030), "--charset", "gb18030");
        Assert.Equal(ExitCode.Done, again);
        Assert.True(await desk.HasLoanAsync("C-2"));
    }

    [Fact]
    public async Task Refused_rows_go_where_one_wants_them()
    {
        var target = desk.Write("", extension: ".wrong-rows");
        var (code, output) = await desk.ImportAsync(desk.Write(Csv(Row("D-1", rate: "x"))), "--rejected", target.FullName);

        Assert.Equal(ExitCode.SomeRefused, code);
        Assert.Contains(target.FullName, output, StringComparison.Ordinal);
        Assert.Contains("D-1", await File.ReadAllTextAsync(target.FullName, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_did_not_wait_is_gone_on_with_and_the_file_not_sent_again()
    {
        var book = desk.Write(Csv(Row("E-1")));
        var (code, sent) = await desk.ImportAsync(book, "--no-wait");
        Assert.Equal(ExitCode.Done, code);

        var (_, followed) = await desk.ImportAsync(book);
        Assert.Contains($"going on with import {Import.Match(sent).Value}", followed, StringComparison.Ordinal);
        Assert.Equal("Rows 1, Added 1, Changed 0, Unchanged 0, Refused 0", Counts(followed));

        // It has been followed to its end; from now on it is a file like any other.
        var (_, again) = await desk.ImportAsync(book);
        Assert.DoesNotContain("going on", again, StringComparison.Ordinal);
        Assert.Equal("Rows 1, Added 0, Changed 0, Unchanged 1, Refused 0", Counts(again));
    }

    [Fact]
    public async Task A_book_that_is_refused_as_a_whole_is_explained_in_the_language_of_the_terminal()
    {
        var book = desk.Write("number,garantors\nF-1,x\n");

        var (code, english) = await desk.ImportAsync(book);
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("The file was refused and nothing of it is stored.", english, StringComparison.Ordinal);
        Assert.Contains("garantors: ", english, StringComparison.Ordinal);

        var (_, chinese) = await desk.RunAsync("zh_CN.UTF-8", "import", book.FullName, "--institution", Bank);
        Assert.Contains("文件被拒收，未存储任何内容。", chinese, StringComparison.Ordinal);
        Assert.Matches("garantors: .*\\p{IsCJKUnifiedIdeographs}", chinese);
    }

    [Fact]
    public async Task An_institution_that_nobody_knows_is_refused()
    {
        var (code, output) = await desk.RunAsync("C", "import", desk.Write(Csv(Row("G-1"))).FullName, "--institution", "another-bank");
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("The institution is not registered", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_json_are_a_book_too()
    {
        const string Line = """
            {"number":"H-1","borrower":{"reference":"C-42","name":"文成某食品有限公司","kind":"smallOrMicroFirm","industry":"食品制造","district":"文成县"},"product":"workingCapital","principal":2000000.00,"outstanding":2000000.00,"rate":0.0435,"repaymentMethod":"interestThenPrincipal","drawnOn":"2025-03-20","maturity":"2035-03-20"}
            """;
        Assert.Equal(ExitCode.Done, (await desk.ImportAsync(desk.Write(Line, extension: ".jsonl"))).Code);
        Assert.Equal(ExitCode.Done, (await desk.ImportAsync(desk.Write(Line, extension: ".txt"), "--format", "ndjson")).Code);
        Assert.True(await desk.HasLoanAsync("H-1"));
    }

    [Fact]
    public async Task What_is_typed_wrongly_ends_with_2_before_anything_is_sent()
    {
        var book = desk.Write(Csv(Row("I-1"))).FullName;
        var unnamed = desk.Write(Csv(Row("I-1")), extension: ".txt").FullName;
        foreach (var arguments in new string[][]
        {
            [], ["import"], ["import", book], ["import", book + ".gone", "--institution", Bank], ["import", unnamed, "--institution", Bank],
            ["import", book, "--institution", Bank, "--host", "somewhere"], ["import", book, "--institution", Bank, "--host", "ftp://somewhere"],
            ["import", book, "--institution", Bank, "--charset", "big5"], ["import", book, "--institution", Bank, "--surplus"],
        })
        {
            Assert.Equal(ExitCode.Usage, (await desk.RunAsync("C", arguments)).Code);
        }

        Assert.False(await desk.HasLoanAsync("I-1"));
    }

    [Fact]
    public async Task As_a_program_of_its_own_it_ends_with_the_same_code()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LoanRelief.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, "import", desk.Write(Csv(Row("K-1"), Row("K-2", rate: "x"))).FullName, "--institution", Bank, "--host", desk.Host.BaseAddress.ToString()])
        {
            RedirectStandardOutput = true,
            Environment = { ["LC_ALL"] = "zh_CN.UTF-8", ["LOANRELIEF_STATE"] = desk.Environment()("LOANRELIEF_STATE") },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.SomeRefused, process.ExitCode);
        Assert.Contains("有误的行已存入", output, StringComparison.Ordinal);
    }

    /// <summary>The table at the end, in one line.</summary>
    private static string Counts(string output) => string.Join(
        ", ",
        output.Split('\n').Select(line => CountLine.Match(line)).Where(line => line.Success).Select(line => $"{line.Groups[1]} {line.Groups[2]}"));

    [GeneratedRegex(@"^(Rows|Added|Changed|Unchanged|Refused) +([0-9,]+) *$")]
    private static partial Regex CountLine { get; }

    [GeneratedRegex("[0-9a-f-]{36}")]
    private static partial Regex Import { get; }
}
