using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Coverage;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Texts;

/// <summary>Every text that a person reads, in one language. Keyed by the codes that the program speaks in.</summary>
/// <remarks>
/// A text may mention values: <c>{limit}</c>, or <c>{stage:stages}</c> for a value that has itself a text, in the
/// section named after the colon.
/// </remarks>
internal sealed partial class Catalogue
{
    private static readonly Catalogue English = Read(Language.English);
    private static readonly Catalogue Chinese = Read(Language.Chinese);

    private readonly FrozenDictionary<string, string> _texts;

    private Catalogue(Language language, FrozenDictionary<string, string> texts) => (Language, _texts) = (language, texts);

    public Language Language { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    public static Catalogue In(Language language) => language == Language.Chinese ? Chinese : English;

    public static Catalogue For(HttpContext http) => In(http.Request.Preferred());

    public string Of(Stage stage) => Text("stages", Word(stage));

    public string Of(Outcome outcome) => Text("outcomes", Word(outcome));

    public string Of(TaskKind task) => Text("tasks", Word(task));

    public string Of(Assignee assignee) => Text("assignees", Word(assignee));

    public string Of(ScheduleReason reason) => Text("scheduleReasons", Word(reason));

    public string Of(ImportState state) => Text("importStates", Word(state));

    public string Of(BatchState state) => Text("batchStates", Word(state));

    public string Of(BatchVerdict verdict) => Text("batchVerdicts", Word(verdict));

    public string Of(ScanVerdict verdict) => Text("scanVerdicts", Word(verdict));

    public string Of(InquiryKind kind) => Text("inquiryKinds", Word(kind));

    public string Of(FunnelStage stage) => Text("funnelStages", Word(stage));

    public string Of(OrchestrationStatus status) => Text("orchestrationStates", Word(status));

    public string Of(AdviceStepKind step) => Text("steps", Word(step));

    /// <summary>A text that comes with a policy.</summary>
    public string Of(LocalText text) => Language == Language.Chinese ? text.Zh : text.En;

    public string Reason(string code) => Text("reasons", code);

    public string Cause(string cause) => Text("causes", cause);

    public string Event(string type) => Text("events", type);

    public string Of(Refusal refusal) => Text("refusals", refusal.Code, refusal.Values);

    /// <summary>The text of a key, or the key itself when there is none.</summary>
    public string Text(string section, string key, IReadOnlyDictionary<string, string>? values = null) =>
        Find(section, key, values) ?? key;

    public string? Find(string section, string key, IReadOnlyDictionary<string, string>? values = null)
    {
        if (!_texts.TryGetValue($"{section}.{key}", out var text))
            return null;
        return values is null || values.Count == 0 ? text : Mention.Replace(text, mention => Value(mention, values));
    }

    /// <summary>An enum member as JSON writes it.</summary>
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private string Value(Match mention, IReadOnlyDictionary<string, string> values)
    {
        if (!values.TryGetValue(mention.Groups["name"].Value, out var value))
            return mention.Value;
        return mention.Groups["section"] is { Success: true, Value: var section }
            ? Text(section, value)
            : value;
    }

    private static Catalogue Read(Language language)
    {
        using var json = typeof(Catalogue).Assembly.GetManifestResourceStream($"texts.{language.Tag()}.json")
            ?? throw new InvalidOperationException($"The assembly lacks its texts in {language}.");
        using var document = JsonDocument.Parse(json);
        var texts = new Dictionary<string, string>();
        Flatten(document.RootElement, "", texts);
        return new(language, texts.ToFrozenDictionary());
    }

    private static void Flatten(JsonElement element, string key, Dictionary<string, string> texts)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
                Flatten(member.Value, $"{key}{member.Name}.", texts);
            else
                texts.Add(key + member.Name, member.Value.GetString()!);
        }
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:(?<section>\w+))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Mention { get; }
}
