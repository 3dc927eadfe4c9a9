using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Institutions;

public sealed class InstitutionTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}";

    [Fact]
    public async Task An_institution_is_new_once_and_changed_afterwards()
    {
        var created = (await HaveInstitutionAsync()).Is(HttpStatusCode.Created);
        Assert.Equal(Path, created.Headers["Location"]);
        (await HaveInstitutionAsync()).Is(HttpStatusCode.OK);
        Assert.Equal("文成农商银行", (string?)(await GetAsync(Path)).Is(HttpStatusCode.OK).Json["name"]);
    }

    [Fact]
    public async Task Of_a_new_institution_no_date_has_to_be_computed_again()
    {
        await HaveInstitutionAsync();
        Assert.False(await House.IsWantedAsync("calendar-recomputation"));
    }

    [Fact]
    public async Task The_secret_never_comes_back()
    {
        var created = await HaveInstitutionAsync();
        foreach (var reply in new[] { created, await GetAsync(Path), await GetAsync("/api/institutions") })
            Assert.DoesNotContain("whsec_", reply.Text, StringComparison.Ordinal);
        Assert.True((bool)created.Json["hasWebhook"]!);
        Assert.Equal("http://127.0.0.1:9/events", (string?)created.Json["webhookUrl"]);
        Assert.DoesNotContain("whsec_", House.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_keeps_its_secret_when_only_its_address_changes()
    {
        await HaveInstitutionAsync();
        var moved = Bodies.Institution();
        moved["webhook"] = new JsonObject { ["url"] = "https://bank.example/events" };
        Assert.Equal("https://bank.example/events", (string?)(await PutAsync(Path, moved)).Is(HttpStatusCode.OK).Json["webhookUrl"]);
        Assert.Equal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", (await House.InstitutionAsync(Institution))!.Webhook!.Secret);
    }

    [Fact]
    public async Task A_new_webhook_needs_a_secret()
    {
        var body = Bodies.Institution();
        body["webhook"] = new JsonObject { ["url"] = "https://bank.example/events" };
        Assert.Equal(["secret-needed@webhook.secret"], (await PutAsync(Path, body)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task An_institution_without_a_webhook_has_none()
    {
        await HaveInstitutionAsync();
        var quiet = (await PutAsync(Path, new JsonObject { ["name"] = "B", ["kind"] = "bank" })).Is(HttpStatusCode.OK);
        Assert.False((bool)quiet.Json["hasWebhook"]!);
        Assert.Null((await House.InstitutionAsync(Institution))!.Webhook);
    }

    [Theory]
    [InlineData("""{ "name": "B", "kind": "bank", "webhook": { "url": "/events", "secret": "0123456789abcdef" } }""", "expected-url@webhook.url")]
    [InlineData("""{ "name": "B", "kind": "bank", "webhook": { "url": "ftp://bank.example", "secret": "0123456789abcdef" } }""", "expected-url@webhook.url")]
    [InlineData("""{ "name": "B", "kind": "bank", "webhook": { "url": "https://bank.example", "secret": "short" } }""", "text-length@webhook.secret")]
    [InlineData("""{ "name": " ", "kind": "pawnshop" }""", "text-length@name", "expected-one-of@kind")]
    public async Task What_is_not_of_the_form_is_refused(string body, params string[] errors) =>
        Assert.Equal(errors, (await PutAsync(Path, Bodies.Parse(body))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    [Theory]
    [InlineData("""{ "name": "B", "kind": "bank", "webhook": { "url": "https://bank.example", "secret": "whsec_not*base64*at*all" } }""", "secret-form@webhook.secret")]
    [InlineData("""{ "name": "B", "kind": "bank", "webhook": { "url": "http://bank.example", "secret": "sixteen-characters" } }""", "webhook-not-https@webhook.url")]
    [InlineData("""{ "name": "B", "kind": "bank", "id": "another-bank" }""", "path-and-body-differ@id")]
    public async Task What_can_not_be_is_refused(string body, string error) =>
        Assert.Equal([error], (await PutAsync(Path, Bodies.Parse(body))).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);

    [Fact]
    public async Task Institutions_are_listed_by_id()
    {
        foreach (var id in new[] { "c-bank", "a-bank", "b-bank" })
            await PutAsync($"/api/institutions/{id}", new JsonObject { ["name"] = id, ["kind"] = "leasingCompany" });
        var list = (await GetAsync("/api/institutions")).Is(HttpStatusCode.OK).Json["institutions"]!.AsArray();
        Assert.Equal(["a-bank", "b-bank", "c-bank"], list.Select(each => (string)each!["id"]!));
    }

    [Fact]
    public async Task One_that_was_never_registered_is_unknown()
    {
        var unknown = (await GetAsync(Path)).IsProblem(HttpStatusCode.NotFound, "institution-unknown");
        Assert.Equal($"Register it first: PUT /api/institutions/{Institution}", (string?)unknown.Json["detail"]);
        Assert.Equal(["expected-institution-id@institution"], (await GetAsync("/api/institutions/X")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }
}
