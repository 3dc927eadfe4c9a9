using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Domain.Policies;
using NJsonSchema;
using Xunit;

namespace LoanRelief.Domain.Tests.Policies;

public class PackReadingTests
{
    private static readonly string Schema = Path.Combine(RepositoryFiles.Root, "docs", "policy-pack.schema.json");

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        // JSON path of what is changed; the value put there ("-" takes it away); the path named; the code.
        { "authority", "-", "$.authority", "member-missing" },
        { "authority", "\" \"", "$.authority", "text-length" },
        { "autority", "\"x\"", "$.autority", "unknown-member" },
        { "title.en", "-", "$.title.en", "member-missing" },
        { "title", "null", "$.title", "null-not-allowed" },
        { "id", "\"Yubei 16\"", "$.id", "expected-policy-id" },
        { "effectiveFrom", "\"2022-13-01\"", "$.effectiveFrom", "expected-date" },
        { "effectiveUntil", "\"2022-12-27\"", "$.effectiveUntil", "end-before-start" },
        { "measures.0.article", "-", "$.measures[0].article", "member-missing" },
        { "measures.0.article", "\"\"", "$.measures[0].article", "text-length" },
        { "measures.1.id", "\"1-deferral\"", "$.measures[1].id", "duplicate-id" },
        { "measures.0.offers", "[]", "$.measures[0].offers", "list-length" },
        { "measures.0.offers.0.type", "\"gift\"", "$.measures[0].offers[0].type", "expected-one-of" },
        { "measures.0.offers.0.months", "6", "$.measures[0].offers[0]", "at-most-one-of" },
        { "measures.0.window", "{\"from\":\"2023-01-01\",\"to\":\"2022-01-01\"}", "$.measures[0].window.to", "end-before-start" },
        { "measures.1.offers.0.share", "1.1", "$.measures[1].offers[0].share", "share-out-of-range" },
        { "measures.1.offers.0.mode", "\"cash\"", "$.measures[1].offers[0].mode", "expected-one-of" },
        { "measures.3.offers.0.cap", "8", "$.measures[3].offers[0].cap", "expected-rate" },
        { "measures.3.offers.0.cap", "0.8", "$.measures[3].offers[0].cap", "rate-too-high" },
        { "measures.3.conditions.1.amount", "-5", "$.measures[3].conditions[1].amount", "not-positive" },
        { "measures.3.conditions.1.amount", "1.005", "$.measures[3].conditions[1].amount", "expected-amount" },
        { "measures.0.conditions.0.type", "\"moonPhase\"", "$.measures[0].conditions[0].type", "expected-one-of" },
        { "measures.0.conditions.0.anyOf", "[\"giant\"]", "$.measures[0].conditions[0].anyOf[0]", "expected-one-of" },
        { "measures.0.conditions.0.anyOf", "[]", "$.measures[0].conditions[0].anyOf", "list-length" },
        { "measures.0.conditions.0.code", "\"Not A Code\"", "$.measures[0].conditions[0].code", "code-form" },
        { "measures.0.conditions.1.to", "\"2022-09-30\"", "$.measures[0].conditions[1].to", "end-before-start" },
        { "duties.2.responsible", "[null]", "$.duties[2].responsible[0]", "null-not-allowed" },
        { "contact", "{\"monthsAhead\":0}", "$.contact.monthsAhead", "out-of-range" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_file_path_and_what_was_expected(string path, string value, string named, string code)
    {
        var pack = Yubei();
        Put(pack, path.Split('.'), value);

        var error = Assert.Throws<PolicyPackException>(() => PolicyPacks.Read("yubei.json", pack.ToJsonString()));

        Assert.Equal(code, Assert.Single(error.Errors).Code);
        Assert.Matches($@"^yubei\.json: {System.Text.RegularExpressions.Regex.Escape(named)}: expected .{{4,}} \({code}\)$", error.Message);
        Assert.DoesNotContain("something else (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var pack = Yubei();
        Put(pack, ["measures", "0", "article"], "-");
        Put(pack, ["duties", "0", "color"], "1");

        var error = Assert.Throws<PolicyPackException>(() => PolicyPacks.Read("yubei.json", pack.ToJsonString()));

        Assert.Equal(["measures[0].article", "duties[0].color"], error.Errors.Select(each => each.Field));
    }

    [Theory]
    [InlineData("{ \"id\": ", "malformed-json")]
    [InlineData("{ \"id\": \"a-b\", \"id\": \"a-c\" }", "malformed-json")]
    [InlineData("[]", "expected-object")]
    public void What_is_no_pack_at_all_is_said_so(string json, string code) =>
        Assert.Equal(code, Assert.Single(Assert.Throws<PolicyPackException>(() => PolicyPacks.Read("x.json", json)).Errors).Code);

    [Fact]
    public void A_pack_is_the_same_after_it_was_written_and_read()
    {
        Assert.All(PolicyPacks.Shipped, pack =>
        {
            var json = JsonSerializer.Serialize(pack, PolicyPacks.JsonOptions);
            Assert.Equal(json, JsonSerializer.Serialize(PolicyPacks.Read("again", json), PolicyPacks.JsonOptions));
        });
        Assert.Equal(7, PolicyPacks.Shipped.Count);
    }

    [Fact]
    public void The_published_schema_is_made_from_the_types()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
            File.WriteAllText(Schema, PolicyPackSchema.Json);
        else
            Assert.Equal(PolicyPackSchema.Json, File.ReadAllText(Schema));
    }

    [Fact]
    public async Task Every_shipped_pack_is_of_the_published_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(PolicyPackSchema.Json, TestContext.Current.CancellationToken);
        var files = Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "src", "LoanRelief.Domain", "Policies", "Packs"), "*.json");

        Assert.Equal(PolicyPacks.Shipped.Count, files.Length);
        Assert.All(files, file => Assert.Empty(schema.Validate(File.ReadAllText(file))));
    }

    [Theory]
    [InlineData("authority", "-")]
    [InlineData("autority", "\"x\"")]
    [InlineData("measures.0.article", "-")]
    [InlineData("measures.0.offers", "[]")]
    [InlineData("measures.0.offers.0.type", "\"gift\"")]
    [InlineData("measures.0.conditions.0.anyOf", "[\"giant\"]")]
    [InlineData("measures.3.offers.0.cap", "8")]
    public async Task The_schema_refuses_what_the_program_refuses(string path, string value)
    {
        var schema = await JsonSchema.FromJsonAsync(PolicyPackSchema.Json, TestContext.Current.CancellationToken);
        var pack = Yubei();
        Put(pack, path.Split('.'), value);

        Assert.NotEmpty(schema.Validate(pack.ToJsonString()));
    }

    private static JsonObject Yubei() =>
        JsonSerializer.SerializeToNode(SamplePolicies.Pack("yubei-2022-16"), PolicyPacks.JsonOptions)!.AsObject();

    private static void Put(JsonNode node, string[] path, string value)
    {
        foreach (var part in path[..^1])
            node = (int.TryParse(part, out var index) ? node[index] : node[part])!;
        if (value == "-")
            node.AsObject().Remove(path[^1]);
        else
            node[path[^1]] = JsonNode.Parse(value);
    }
}
