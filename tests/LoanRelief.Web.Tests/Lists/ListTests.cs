using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;

namespace LoanRelief.Web.Tests.Lists;

/// <summary>What tests of lists from outside have in common.</summary>
public abstract class ListTests(Azurite azurite) : HouseTests(azurite)
{
    protected const string Authority = "wenzhou-fra";

    /// <summary>Of a firm.</summary>
    protected const string Code = "91330328MA2CPQ4R41";

    /// <summary>Of a 个体工商户.</summary>
    protected const string OtherCode = "92330328MA2CPQ4R51";

    protected static void WithCode(JsonObject loan) => loan["borrower"]!["creditCode"] = Code;

    protected static (int Rows, int Added, int Changed, int Unchanged) Counts(JsonNode stored) =>
        ((int)stored["rows"]!, (int)stored["added"]!, (int)stored["changed"]!, (int)stored["unchanged"]!);

    protected static IEnumerable<string> Errors(JsonNode stored) =>
        from row in stored["rejected"]!.AsArray()
        from error in row!["errors"]!.AsArray()
        select $"{row["line"]} {error!["code"]}@{error["column"]} {error["value"]}";

    protected async Task<JsonNode> ListingsAsync(string loan = Loan) => (await GetAsync($"/api/institutions/{Institution}/loans/{loan}/listings")).Is(HttpStatusCode.OK).Json;

    protected async Task HaveAuthorityAsync() =>
        (await PutAsync($"/api/institutions/{Authority}", new JsonObject { ["name"] = "温州金融监管分局", ["kind"] = "authority" })).Is(HttpStatusCode.Created);

    protected Task<Reply> SendListAsync(string path, string csv) => SendListAsync(path, Encoding.UTF8.GetBytes(csv), "text/csv");

    protected async Task<Reply> SendListAsync(string path, byte[] list, string type)
    {
        using var content = new ByteArrayContent(list) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var response = await House.Client.PostAsync(path, content, Cancellation);
        return await Reply.OfAsync(response);
    }
}
