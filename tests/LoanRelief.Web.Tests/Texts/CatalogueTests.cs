using System.Reflection;
using System.Text.RegularExpressions;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Coverage;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using LoanRelief.Testing;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Texts;
using Xunit;

namespace LoanRelief.Web.Tests.Texts;

public sealed partial class CatalogueTests
{
    private static readonly string[] Sections = ["refusals", "reasons", "events", "causes"];

    public static TheoryData<string> Languages => [.. Enum.GetNames<Language>()];

    /// <summary>Codes are the only words with hyphens in the domain's source, so that none can be made in a way that this test does not see.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void Every_code_in_the_source_of_the_domain_has_a_text(string language)
    {
        var texts = Catalogue.In(Enum.Parse<Language>(language));
        var codes = Words("LoanRelief.Domain", Hyphenated);
        Assert.True(codes.Count > 100, $"Only {codes.Count} codes were found in the source: the search misses them.");
        var missing = codes.Append("required").Where(code => !Sections.Any(section => texts.Find(section, code) is not null)).Order();
        Assert.Equal("", string.Join(", ", missing));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_refusal_code_of_the_desk_and_of_the_http_surface_has_a_text(string language)
    {
        HashSet<string> codes = [.. Words("LoanRelief.Web", RefusalCode), .. Words("LoanRelief.Desk", RefusalCode)];
        Assert.True(codes.Count > 10, $"Only {codes.Count} codes were found in the source: the search misses them.");
        AssertKnown(language, "refusals", codes);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_code_of_a_shipped_policy_has_a_text(string language) => AssertKnown(language, "refusals", CodesOfPolicies);

    [Fact]
    public void Every_text_of_a_refusal_is_of_one_that_exists()
    {
        HashSet<string> known = [.. Words("LoanRelief.Domain", Hyphenated), .. Words("LoanRelief.Web", RefusalCode), .. Words("LoanRelief.Desk", RefusalCode), .. CodesOfPolicies, "required"];
        var texts = Catalogue.In(Language.English).Keys.Where(key => key.StartsWith("refusals.", StringComparison.Ordinal)).Select(key => key["refusals.".Length..]);
        Assert.Equal("", string.Join(", ", texts.Except(known)));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_stage_outcome_task_assignee_level_state_of_an_import_an_orchestration_or_a_batch_and_verdict_has_a_text(string language)
    {
        AssertKnown(language, "stages", Words<Stage>());
        AssertKnown(language, "outcomes", Words<Outcome>());
        AssertKnown(language, "tasks", Words<TaskKind>());
        AssertKnown(language, "assignees", Words<Assignee>());
        AssertKnown(language, "levels", Words<ApprovalLevel>());
        AssertKnown(language, "scheduleReasons", Words<ScheduleReason>());
        AssertKnown(language, "importStates", Words<ImportState>());
        AssertKnown(language, "scanVerdicts", Words<ScanVerdict>());
        AssertKnown(language, "orchestrationStates", Words<OrchestrationStatus>());
        AssertKnown(language, "batchStates", Words<BatchState>());
        AssertKnown(language, "batchVerdicts", Words<BatchVerdict>());
        AssertKnown(language, "inquiryKinds", Words<InquiryKind>());
        AssertKnown(language, "funnelStages", Words<FunnelStage>());
        AssertKnown(language, "sectors", [.. "ABCDEFGHIJKLMNOPQRST".Select(section => section.ToString()), FunnelCell.ForeignTrade]);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_reason_code_has_a_text(string language) => AssertKnown(
        language,
        "reasons",
        typeof(ReasonCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!));

    [Theory, MemberData(nameof(Languages))]
    public void Every_event_and_every_cause_of_a_step_has_a_text(string language)
    {
        var events = DomainJson.Options.GetTypeInfo(typeof(CaseEvent)).PolymorphismOptions!.DerivedTypes;
        AssertKnown(language, "events", events.Select(each => (string)each.TypeDiscriminator!));
        var facts = CaseProcess.Rules.Where(rule => rule.Fact is not null).Select(rule => rule.Occasion);
        AssertKnown(language, "causes", [.. facts, "open", "time", "delivery", "calendar", "redrive"]);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_problem_has_a_title_and_an_explanation(string language) =>
        AssertKnown(language, "problems", ProblemKind.All.SelectMany(kind => new[] { $"{kind.Slug}.title", $"{kind.Slug}.explanation" }));

    [Fact]
    public void Every_problem_that_exists_is_in_the_list() => Assert.Equal(
        typeof(ProblemKind).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).Order(Comparer<object?>.Create(BySlug)),
        ProblemKind.All.Order(Comparer<object?>.Create(BySlug)));

    [Fact]
    public void Both_languages_say_the_same_things_with_the_same_values()
    {
        var (english, chinese) = (Catalogue.In(Language.English), Catalogue.In(Language.Chinese));
        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        foreach (var key in english.Keys)
            Assert.True(Mentions(english, key).SetEquals(Mentions(chinese, key)), key);
    }

    [Fact]
    public void No_chinese_text_was_left_in_english()
    {
        var chinese = Catalogue.In(Language.Chinese);
        Assert.All(chinese.Keys, key => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", TextOf(chinese, key)));
    }

    [Fact]
    public void A_text_mentions_its_values()
    {
        var refusal = new Refusal("level-too-low", "level").With("seen", ApprovalLevel.Branch).With("wanted", ApprovalLevel.CreditCommittee);
        Assert.Equal("The amount needs a decision of the credit committee; this one is of the branch.", Catalogue.In(Language.English).Of(refusal));
        Assert.Equal("该金额须由贷审会审批，本决定由支行作出。", Catalogue.In(Language.Chinese).Of(refusal));
    }

    private static IEnumerable<string> CodesOfPolicies =>
        PolicyPacks.Shipped.SelectMany(pack => pack.Measures).SelectMany(measure => measure.Conditions).Select(condition => condition.Code).OfType<string>();

    private static int BySlug(object? a, object? b) => string.CompareOrdinal(((ProblemKind)a!).Slug, ((ProblemKind)b!).Slug);

    private static void AssertKnown(string language, string section, IEnumerable<string> keys)
    {
        var texts = Catalogue.In(Enum.Parse<Language>(language));
        Assert.Equal("", string.Join(", ", keys.Where(key => texts.Find(section, key) is null)));
    }

    private static IEnumerable<string> Words<T>() where T : struct, Enum => Enum.GetValues<T>().Select(Catalogue.Word);

    private static string TextOf(Catalogue texts, string key) => key.Split('.', 2) is [var section, var rest] ? texts.Find(section, rest)! : "";

    private static HashSet<string> Mentions(Catalogue texts, string key) => [.. Mention.Matches(TextOf(texts, key)).Select(match => match.Value)];

    private static HashSet<string> Words(string project, Regex word) =>
    [
        .. Directory.EnumerateFiles(RepositoryRoot.At("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => word.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["word"].Value),
    ];

    [GeneratedRegex(@"""(?<word>[a-z]+(-[a-z]+)+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Hyphenated { get; }

    [GeneratedRegex(@"(Refus(e|al)\((new\()?|\bnew\(|\] = )""(?<word>[a-z]+(-[a-z]+)+)""(\)|, [^0-9])|""(?<word>expected-[a-z-]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex RefusalCode { get; }

    [GeneratedRegex(@"\{\w+(:\w+)?\}")]
    private static partial Regex Mention { get; }
}
