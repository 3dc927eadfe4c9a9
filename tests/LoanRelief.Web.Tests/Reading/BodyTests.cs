using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Reading;

public sealed class BodyTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}/loans/{Loan}";

    [Theory]
    [InlineData("{", "1", "2")]
    [InlineData("{\n  \"product\": workingCapital\n}", "2", "14")]
    [InlineData("", "1", "1")]
    [InlineData("{ \"product\": \"vehicle\", \"product\": \"vehicle\" }", "1", "1")]
    [InlineData("{ } trailing", "1", "5")]
    public async Task Malformed_json_is_refused_with_line_and_column(string json, string line, string column)
    {
        var problem = (await SendAsync(HttpMethod.Put, Path, json)).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(["malformed-json@"], problem.Errors);
        var values = problem.Json["errors"]![0]!["values"]!;
        Assert.Equal((line, column), ((string?)values["line"], (string?)values["column"]));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_body_is_named_at_once()
    {
        var loan = Bodies.Loan();
        loan.Remove("rate");
        loan["principal"] = "2,000,000";
        loan["outstanding"] = 0.001m;
        loan["maturity"] = "2026-02-30";
        loan["product"] = "WorkingCapital";
        loan["periodMonths"] = 1.5m;
        loan["renewalOf"] = "-";
        loan["class"] = null;
        loan["interest"] = 3;
        loan["borrower"]!.AsObject().Remove("name");
        loan["borrower"]!["district"] = 7;
        loan["borrower"]!["exclusions"] = new JsonArray("zombie", "ghost");
        loan["guarantors"] = new JsonArray(null, new JsonObject { ["reference"] = "G-1", ["name"] = "A", ["phone"] = "1" }, "B");
        loan["guaranteeFee"] = new JsonArray();
        var problem = (await PutAsync(Path, loan)).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(
            [
                "expected-amount@outstanding",
                "expected-amount@principal",
                "expected-date@maturity",
                "expected-loan-number@renewalOf",
                "expected-object@guaranteeFee",
                "expected-object@guarantors[2]",
                "expected-one-of@borrower.exclusions[1]",
                "expected-one-of@product",
                "expected-text@borrower.district",
                "expected-whole-number@periodMonths",
                "member-missing@borrower.name",
                "member-missing@rate",
                "null-not-allowed@class",
                "null-not-allowed@guarantors[0]",
                "unknown-member@guarantors[1].phone",
                "unknown-member@interest",
            ],
            problem.Errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_path_headers_and_body_comes_in_one_answer() => Assert.Equal(
        ["no-parameters@dry", "idempotency-key-form@Idempotency-Key", "expected-institution-id@institution", "member-missing@loanNumber", "member-missing@by"],
        (await PostAsync("/api/institutions/X/cases?dry=1", new JsonObject(), ("Idempotency-Key", "a b"))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    [Theory, InlineData("[]"), InlineData("null"), InlineData("3"), InlineData("\"loan\"")]
    public async Task A_body_that_is_no_object_is_refused(string json) =>
        Assert.Equal(["expected-object@"], (await SendAsync(HttpMethod.Put, Path, json)).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    [Theory]
    [InlineData("""[{ "newMaturity": "2027-03-20" }]""", "expected-one-of@changes[0].type")]
    [InlineData("""[{ "type": "gift" }]""", "expected-one-of@changes[0].type")]
    [InlineData("""[{ "type": 3 }]""", "expected-one-of@changes[0].type")]
    [InlineData("""[{ "type": "renewal", "until": "2027-03-20" }]""", "unknown-member@changes[0].until", "member-missing@changes[0].newMaturity")]
    [InlineData("""[{ "type": "rateCut", "newRate": 4.35 }]""", "expected-rate@changes[0].newRate")]
    [InlineData("""{ "type": "renewal" }""", "expected-list@changes")]
    public async Task Changes_are_checked_by_their_type(string changes, params string[] errors)
    {
        await HaveCaseAsync();
        var intent = Bodies.Intent();
        intent["changes"] = JsonNode.Parse(changes);
        Assert.Equal(errors, (await ReportAsync("intent", intent)).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Fact]
    public async Task The_type_of_a_change_may_come_after_its_members()
    {
        await HaveCaseAsync();
        await ReportContactAsync();
        var intent = Bodies.Intent();
        intent["changes"] = JsonNode.Parse("""[{ "newMaturity": "2027-03-20", "type": "renewal" }]""");
        (await ReportAsync("intent", intent)).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", "text-length@by")]
    [InlineData("   ", "text-length@by")]
    public async Task A_blank_name_is_no_name(string by, string error)
    {
        await HaveCaseAsync();
        var contact = Bodies.Contact();
        contact["by"] = by;
        Assert.Equal([error], (await ReportAsync("contact", contact)).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Fact]
    public async Task Texts_and_lists_have_limits()
    {
        await HaveCaseAsync();
        var contact = Bodies.Contact();
        (contact["by"], contact["evidence"]) = (new string('a', 101), new string('b', 501));
        Assert.Equal(["text-length@by", "text-length@evidence"], (await ReportAsync("contact", contact)).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
        Assert.Equal(["list-length@received"], (await ReportAsync("documents", Bodies.Documents())).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Theory, InlineData("text/plain"), InlineData("application/xml"), InlineData(null)]
    public async Task A_body_that_is_not_json_is_refused(string? type)
    {
        using var content = new StringContent(Bodies.Loan().ToJsonString(), Encoding.UTF8, "text/plain");
        content.Headers.ContentType = type is null ? null : new(type);
        using var response = await House.Client.PutAsync(Path, content, Cancellation);
        (await Reply.OfAsync(response)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_body_that_is_too_long_is_refused_whether_or_not_it_says_so(bool saysSo)
    {
        using var content = new StringContent(new string(' ', (256 * 1024) + 1), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = content };
        request.Headers.TransferEncodingChunked = !saysSo;
        using var response = await House.Client.SendAsync(request, Cancellation);
        (await Reply.OfAsync(response)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task The_longest_body_that_is_allowed_is_read()
    {
        await HaveInstitutionAsync();
        var loan = Bodies.Loan().ToJsonString();
        (await SendAsync(HttpMethod.Put, Path, loan + new string(' ', (256 * 1024) - Encoding.UTF8.GetByteCount(loan)))).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Messages_are_in_the_language_of_the_caller()
    {
        var problem = await SendAsync(HttpMethod.Put, Path, "[]", ("Accept-Language", "zh-Hans"));
        Assert.Equal(("请求格式有误", "应为 JSON 对象。"), ((string?)problem.Json["title"], (string?)problem.Json["errors"]![0]!["title"]));
        Assert.Equal("zh-Hans", problem.Headers["Content-Language"]);
    }
}
