using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.OpenApi;

public sealed class DocumentTests(Azurite azurite) : HouseTests(azurite)
{
    [Fact]
    public async Task Every_endpoint_is_mapped_and_documented_and_nothing_else_is()
    {
        var table = ApiEndpoints.Routes.Select(route => $"{route.Method} {route.Route} {route.Name}").Order().ToList();
        Assert.Equal(table, House.MappedEndpoints.Order());
        var contract = await ContractAsync();
        Assert.Equal(table, contract.Operations.Select(operation => $"{operation} {operation.Id}").Order());
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_for_and_every_parameter_what_it_means()
    {
        var contract = await ContractAsync();
        Assert.All(contract.Operations, operation =>
        {
            Assert.NotEmpty((string)operation.Json["summary"]!);
            Assert.NotEmpty(operation.Json["tags"]!.AsArray());
            Assert.All(operation.Json["parameters"]!.AsArray(), parameter => Assert.NotEmpty((string)parameter!["description"]!));
            Assert.All(operation.Json["responses"]!.AsObject(), response => Assert.NotEmpty((string)response.Value!["description"]!));
        });
    }

    [Fact]
    public async Task Parameters_in_the_path_are_those_of_the_path()
    {
        var contract = await ContractAsync();
        Assert.All(contract.Operations, operation => Assert.Equal(
            operation.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')),
            operation.Json["parameters"]!.AsArray().Where(parameter => (string?)parameter!["in"] == "path").Select(parameter => (string)parameter!["name"]!)));
    }

    [Fact]
    public async Task Examples_are_of_their_schemas()
    {
        var contract = await ContractAsync();
        foreach (var operation in contract.Operations)
        {
            foreach (var parameter in operation.Json["parameters"]!.AsArray())
                Assert.Empty(await contract.WrongAsync(parameter!["schema"]!, parameter["example"]!.ToJsonString()));
            if (operation.BodySchema is { } schema)
                Assert.Empty(await contract.WrongAsync(schema, operation.BodyExample!.ToJsonString()));
        }
    }

    [Fact]
    public async Task Values_with_a_form_of_their_own_have_it_in_the_document()
    {
        var schemas = JsonNode.Parse((await GetAsync("/api/openapi.json")).Text)!["components"]!["schemas"]!;
        Assert.Equal(("number", 0.01m), ((string?)schemas["Money"]!["type"], (decimal?)schemas["Money"]!["multipleOf"]));
        Assert.Equal((0, 1), ((int?)schemas["Rate"]!["minimum"], (int?)schemas["Rate"]!["maximum"]));
        Assert.StartsWith("^[a-z]", (string?)schemas["InstitutionId"]!["pattern"], StringComparison.Ordinal);
        Assert.Equal("secondReview", (string?)schemas["Stage"]!["enum"]![5]);
        Assert.Equal("date-time", (string?)schemas["CaseView"]!["properties"]!["openedAt"]!["format"]);
        Assert.Equal("date", (string?)schemas["CaseView"]!["properties"]!["maturity"]!["format"]);
        Assert.StartsWith("Principal not yet repaid", (string?)schemas["Loan"]!["properties"]!["outstanding"]!["description"], StringComparison.Ordinal);
    }

    /// <summary>A schema that were too wide or too narrow would say yes where the program says no, or the other way round.</summary>
    [Fact]
    public async Task A_body_that_the_schema_does_not_allow_is_refused_and_one_that_it_allows_is_not()
    {
        var contract = await ContractAsync();
        var tried = 0;
        foreach (var operation in contract.Operations.Where(operation => operation.BodySchema is not null))
        {
            foreach (var body in Mutations(operation.BodyExample!))
            {
                var allowed = (await contract.WrongAsync(operation.BodySchema!, body)).Count == 0;
                var reply = await SendAsync(HttpMethod.Parse(operation.Method), operation.ExamplePath, body);
                Assert.True(allowed == (reply.Status != HttpStatusCode.BadRequest), $"{operation}: the schema says {allowed}, the program {(int)reply.Status} to {body}\n{reply.Text}");
                tried++;
            }
        }

        Assert.True(tried > 500, $"{tried} bodies");
    }

    private async Task<ApiContract> ContractAsync() => ApiContract.Read((await GetAsync("/api/openapi.json")).Is(HttpStatusCode.OK).Text);

    /// <summary>The example, and it with each member left out, null, of another type, out of range, and with one more.</summary>
    private static IEnumerable<string> Mutations(JsonNode example)
    {
        yield return example.ToJsonString();
        foreach (var path in Members(example))
        {
            foreach (var value in new[] { null, "null", "true", "7", "1.005", "-1", "\"\"", "\"text\"", "\"2026-02-30\"", "[]", "[null]", "{}" })
            {
                var copy = example.DeepClone();
                var at = path[..^1].Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!);
                if (path[^1] is int last)
                    at[last] = value is null ? new JsonObject() : JsonNode.Parse(value);
                else if (value is null)
                    at.AsObject().Remove((string)path[^1]);
                else
                    at[(string)path[^1]] = JsonNode.Parse(value);
                yield return copy.ToJsonString();
            }
        }

        foreach (var path in Members(example).Select(path => path[..^1]).Where(path => path.Length == 0 || path[^1] is not null).DistinctBy(path => string.Join('/', path)))
        {
            var copy = example.DeepClone();
            if (path.Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!) is JsonObject at)
            {
                at["surplus"] = 1;
                yield return copy.ToJsonString();
            }
        }
    }

    private static IEnumerable<object[]> Members(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Below(member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, index) => Below(index, item)),
        _ => [],
    };

    private static IEnumerable<object[]> Below(object step, JsonNode? node) =>
        [[step], .. node is null ? [] : Members(node).Select(path => (object[])[step, .. path])];
}
