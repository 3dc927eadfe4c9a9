using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace LoanRelief.Infra.Tests;

/// <summary>What a set of parameters would create, worked out by Bicep without Azure. What only Azure knows stays an expression.</summary>
internal sealed record Deployment(IReadOnlyList<JsonObject> Resources)
{
    private const string Subscription = "11111111-1111-1111-1111-111111111111";

    /// <summary>What may be asked for: each set must be as safe as the others.</summary>
    private static readonly Dictionary<string, (string File, (string, string)[] Environment)> Sets = new()
    {
        ["global"] = ("main", []),
        ["global, with a network"] = ("main", [("LOANRELIEF_NETWORK", "true")]),
        ["global, private"] = ("main", [("LOANRELIEF_NETWORK", "true"), ("LOANRELIEF_PRIVATE", "true")]),
        ["global, dedicated"] = ("main", [("LOANRELIEF_PLAN", "dedicated")]),
        ["global, with settings"] = ("main", [("LOANRELIEF_SETTINGS", """{"Channels__Source":"/bank","Storage__ClientId":"somebody-else"}""")]),
        ["china"] = ("china", []),
    };

    /// <summary>Worked out once for all tests: each takes a second or two.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<Deployment>>> Known = new();

    public static IEnumerable<string> Names => Sets.Keys;

    public static Task<Deployment> OfAsync(string name) => Known.GetOrAdd(name, _ => new(() => WorkOutAsync(name))).Value;

    /// <summary>All of a type; a test that finds none has nothing to say.</summary>
    public IReadOnlyList<JsonObject> Some(string type)
    {
        var found = Resources.Where(resource => Text(resource, "type") == type).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    public JsonObject TheOne(string type) => Assert.Single(Some(type));

    /// <summary>The app settings.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        Some("Microsoft.Web/sites/config").Single(config => Text(config, "name").EndsWith("/appsettings", StringComparison.Ordinal))["properties"]
            .Deserialize<Dictionary<string, string>>()!;

    public static string Text(JsonNode node, string path) => Value(node, path)?.ToString() ?? "";

    /// <summary>What lies at a path such as <c>properties.siteConfig.alwaysOn</c>; null if nothing does.</summary>
    public static JsonNode? Value(JsonNode node, string path) =>
        path.Split('.').Aggregate((JsonNode?)node, (at, part) => at?[part]);

    private static async Task<Deployment> WorkOutAsync(string name)
    {
        var (file, environment) = Sets[name];
        var region = file == "china" ? "chinanorth3" : "eastasia";
        using var bicep = new Bicep();
        var (code, _, complaints) = await bicep.RunAsync(
            ["snapshot", $"{file}.bicepparam", "--mode", "overwrite", "--subscription-id", Subscription, "--location", region],
            [("AZURE_ENV_NAME", "test"), ("AZURE_LOCATION", region), .. environment]);
        Assert.True(code == 0 && complaints == "", complaints);
        var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(bicep.At($"{file}.snapshot.json")))!;
        Assert.Empty(snapshot["diagnostics"]!.AsArray());
        return new([.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!.AsObject())]);
    }
}
