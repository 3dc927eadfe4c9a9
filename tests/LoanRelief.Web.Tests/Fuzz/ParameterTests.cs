using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Tests.Kit;
using LoanRelief.Web.Tests.OpenApi;
using Xunit;

namespace LoanRelief.Web.Tests.Fuzz;

/// <summary>Whatever stands in a path, a query or a header: an answer or a problem, never a failure. Every parameter of every operation is in it by itself.</summary>
public sealed class ParameterTests(Azurite azurite) : HouseTests(azurite)
{
    /// <remarks>Not the character 0, which the server refuses before anything of the program is asked.</remarks>
    private static readonly string[] Texts =
    [
        " ", "../..", "\r\nX: y", "😀", "%2F", "~~1", "a~b~99999999999", "*", "\"v-1\"",
        "-1", "1e400", "2147483648", "0001-01-01", "2026-02-29", "9999-12-31", "9999-12-31T23:59:59Z",
        "eyJ0IjoiMSJ9", "999999999999-1", "00000000-0000-0000-0000-000000000000", new('x', 3_000),
    ];

    [Fact]
    public async Task No_parameter_makes_the_program_fail()
    {
        var contract = ApiContract.Read((await GetAsync("/api/openapi.json")).Text);
        await HaveCaseAsync();
        Assert.Equal(ApiEndpoints.Routes.Select(route => route.Name).Order(), contract.Operations.Select(operation => operation.Id).Order());
        foreach (var operation in contract.Operations)
        {
            foreach (var parameter in operation.Json["parameters"]!.AsArray())
            {
                foreach (var text in Texts)
                    await AskAsync(operation, parameter!, text);
            }
        }

        Assert.DoesNotContain("Error: ", House.Log.Text, StringComparison.Ordinal);
    }

    private async Task AskAsync(ApiOperation operation, JsonNode parameter, string text)
    {
        var name = (string)parameter["name"]!;
        var (path, headers) = (string)parameter["in"]! switch
        {
            "path" => (new ApiOperation(operation.Method, operation.Path.Replace($"{{{name}}}", Uri.EscapeDataString(text), StringComparison.Ordinal), operation.Json).ExamplePath, Array.Empty<(string, string)>()),
            "query" => ($"{operation.ExamplePath}?{name}={Uri.EscapeDataString(text)}", []),
            _ => (operation.ExamplePath, text.Any(char.IsControl) || !text.All(char.IsAscii) ? [] : new[] { (name, text) }),
        };
        var reply = await SendAsync(HttpMethod.Parse(operation.Method), path, operation.BodyExample?.ToJsonString(), headers);
        Assert.True((int)reply.Status < 500, $"{operation} with {name}={text}: {reply.Text}\n{string.Join('\n', House.Log.Text.Split("Error: ")[1..])}");
    }
}
