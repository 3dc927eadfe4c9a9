using System.Text.Json;
using System.Text.RegularExpressions;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Infra.Tests;

/// <summary>The templates as they are written.</summary>
public sealed partial class TemplateTests : IDisposable
{
    private readonly Bicep _bicep = new();

    public static TheoryData<string> Templates => [.. Bicep.Files("*.bicep")];

    public static TheoryData<string> All => [.. Bicep.Files("*.bicep"), .. Bicep.Files("*.bicepparam")];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Compiler_and_linter_have_nothing_to_say(string file)
    {
        var (code, output, complaints) = await _bicep.RunAsync(["lint", file], [("AZURE_ENV_NAME", "test"), ("AZURE_LOCATION", "eastasia")]);

        Assert.True(code == 0 && output == "" && complaints == "", output + complaints);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Files_are_formatted_as_bicep_formats_them(string file)
    {
        var (_, formatted, _) = await _bicep.RunAsync(["format", file, "--stdout", "--newline-kind", "LF"]);

        Assert.Equal(await File.ReadAllTextAsync(_bicep.At(file), TestContext.Current.CancellationToken), formatted);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Each_parameter_and_output_says_what_it_is(string file)
    {
        using var template = JsonDocument.Parse(await CompileAsync(file));

        foreach (var kind in (string[])["parameters", "outputs"])
        {
            if (!template.RootElement.TryGetProperty(kind, out var declared))
                continue;
            Assert.All(declared.EnumerateObject(), one =>
                Assert.NotEmpty(one.Value.GetProperty("metadata").GetProperty("description").GetString()!));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_fetched_from_a_registry(string file) =>
        Assert.DoesNotMatch(Registry, File.ReadAllText(_bicep.At(file)));

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task No_key_is_read_anywhere(string file)
    {
        // listKeys, listAccountSas, listServiceSas and their like hand out keys at deployment.
        Assert.DoesNotMatch(KeyFunction, await CompileAsync(file));
    }

    [Fact]
    public void No_rule_of_the_linter_is_off_or_ignored_but_the_two_that_say_why()
    {
        var config = JsonDocument.Parse(File.ReadAllText(_bicep.At("bicepconfig.json")), new() { CommentHandling = JsonCommentHandling.Skip });
        var rules = config.RootElement.GetProperty("analyzers").GetProperty("core").GetProperty("rules").EnumerateObject().ToList();

        Assert.Equal(
            ["use-recent-api-versions", "use-description-vars"],
            rules.Where(rule => rule.Value.GetProperty("level").GetString() != "error").Select(rule => rule.Name));
        Assert.All(Bicep.Files("*.bicep*"), file => Assert.DoesNotContain("#disable", File.ReadAllText(_bicep.At(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_parameters_of_azd_are_all_parameters_there_are()
    {
        using var template = JsonDocument.Parse(await CompileAsync("main.bicep"));
        var declared = template.RootElement.GetProperty("parameters").EnumerateObject().Select(one => one.Name).Order();

        var assigned = Assignment.Matches(await File.ReadAllTextAsync(_bicep.At("main.bicepparam"), TestContext.Current.CancellationToken));

        Assert.Equal(declared, assigned.Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void Documents_have_every_variable_with_its_default()
    {
        var read = Variable.Matches(File.ReadAllText(_bicep.At("main.bicepparam"))).Select(match => (match.Groups["name"].Value, match.Groups["default"].Value));

        var documented = Row.Matches(File.ReadAllText(RepositoryRoot.At("docs", "deploy.md"))).Select(match => (match.Groups["name"].Value, match.Groups["default"].Value));

        Assert.Equal(read.Order(), documented.Order());
    }

    [Fact]
    public void Azd_finds_the_templates_where_azure_yaml_says()
    {
        var yaml = File.ReadAllText(RepositoryRoot.At("azure.yaml"));

        Assert.Contains("  path: infra\n", yaml, StringComparison.Ordinal);
        Assert.Contains("  app:\n    project: src/LoanRelief.Functions\n    host: function\n", yaml, StringComparison.Ordinal);
        Assert.True(File.Exists(RepositoryRoot.At("src", "LoanRelief.Functions", "LoanRelief.Functions.csproj")));
    }

    public void Dispose() => _bicep.Dispose();

    private async Task<string> CompileAsync(string file) => (await _bicep.RunAsync(["build", file, "--stdout"])).Output;

    [GeneratedRegex(@"'(br|ts)[/:]")]
    private static partial Regex Registry { get; }

    [GeneratedRegex(@"\blist[A-Z]\w*\(")]
    private static partial Regex KeyFunction { get; }

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>LOANRELIEF_\w+)', '(?<default>[^']*)'\)")]
    private static partial Regex Variable { get; }

    [GeneratedRegex(@"^\| `(?<name>LOANRELIEF_\w+)` \| `(?<default>[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"^param (\w+) =", RegexOptions.Multiline)]
    private static partial Regex Assignment { get; }
}
