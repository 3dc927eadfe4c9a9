using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Desk.Lists;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Imports;
using LoanRelief.Web.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LoanRelief.Web.Tests.Lists;

public sealed class ExclusionListTests(Azurite azurite) : ListTests(azurite)
{
    private const string Header = "creditCode,kind,source,validFrom,validUntil";

    /// <summary>From the request to the contract.</summary>
    private static readonly OrderedDictionary<string, Func<JsonObject>> Steps = new()
    {
        ["documents"] = () => Bodies.Documents("application", "business-licence"),
        ["approval"] = () => Bodies.Parse("""{ "by": "dir-chen", "decision": "approve", "level": "creditDepartment" }"""),
        ["signature"] = () => Bodies.Parse("""{ "by": "mgr-lin", "contractNumber": "HT-1", "signedOn": "2026-01-05" }"""),
    };

    [Fact]
    public async Task A_list_of_an_authority_excludes_the_borrowers_of_an_institution_and_says_why()
    {
        await HaveAuthorityAsync();
        (await SendAsync(Authority, $"{Header}\n{Code},zombie,市场监管部门在册数据,2026-01-01,2026-12-31\n")).Is(HttpStatusCode.OK);

        var opened = await HaveCaseAsync(change: WithCode);

        Assert.Equal(("closed", "excluded", "listed-zombie"), ((string?)opened["stage"], (string?)opened["outcome"], (string?)opened["reasonCode"]));
        var found = (await GetAsync($"/api/cases/{Case}/history", ("Accept-Language", "zh"))).Json["steps"]![0]!["events"]!.AsArray()
            .Single(happened => (string?)happened!["details"]!["type"] == "found-listed")!;
        Assert.Equal("借款人在外部排除名单上", (string?)found["title"]);
        var entry = found["details"]!["entries"]![0]!;
        Assert.Equal(
            ("zombie", Authority, "zombie-2026", "市场监管部门在册数据", "2026-01-01", "2026-12-31"),
            ((string?)entry["kind"], (string?)entry["by"], (string?)entry["list"], (string?)entry["source"], (string?)entry["validFrom"], (string?)entry["validUntil"]));
    }

    [Fact]
    public async Task A_borrower_that_comes_on_a_list_while_its_case_is_open_is_found_by_the_screening()
    {
        await HaveCaseAsync(change: WithCode);
        await ReportContactAsync();
        (await SendAsync(Institution, $"{Header}\n{Code},dishonest,失信被执行人名单,2026-01-01,\n")).Is(HttpStatusCode.OK);

        var closed = (await ReportAsync("intent", Bodies.Intent())).Is(HttpStatusCode.OK).Json;

        Assert.Equal(("excluded", "listed-dishonest"), ((string?)closed["outcome"], (string?)closed["reasonCode"]));
    }

    [Theory]
    [InlineData("documents", "2026-01-01", "closed")]
    [InlineData("approval", "2026-01-01", "closed")]
    [InlineData("signature", "2026-01-01", "closed")]
    [InlineData("signature", "2026-01-06", "booking")]
    public async Task A_list_that_comes_in_before_the_contract_is_signed_closes_the_case_and_says_why(string next, string validFrom, string stage)
    {
        await HaveAuthorityAsync();
        await HaveCaseAsync(change: WithCode);
        await ReportContactAsync();
        await ReportAsync("intent", Bodies.Intent());
        foreach (var step in Steps.Keys.TakeWhile(step => step != next))
            (await ReportAsync(step, Steps[step]())).Is(HttpStatusCode.OK);
        (await SendAsync(Authority, $"{Header}\n{Code},zombie,市场监管部门在册数据,{validFrom},\n")).Is(HttpStatusCode.OK);

        var after = (await ReportAsync(next, Steps[next]())).Is(HttpStatusCode.OK).Json;

        Assert.Equal((stage, stage == "closed" ? "listed-zombie" : null), ((string?)after["stage"], (string?)after["reasonCode"]));
        var last = (await GetAsync($"/api/cases/{Case}/history")).Json["steps"]!.AsArray().Last()!;
        Assert.Equal(next, (string?)last["cause"]);
        var found = last["events"]!.AsArray().Where(happened => (string?)happened!["details"]!["type"] == "found-listed");
        Assert.Equal(
            stage == "closed" ? [("zombie-2026", "市场监管部门在册数据", validFrom)] : [],
            found.SelectMany(each => each!["details"]!["entries"]!.AsArray()).Select(entry => ((string?)entry!["list"], (string?)entry["source"], (string?)entry["validFrom"])));
    }

    [Fact]
    public async Task Another_institution_s_list_or_one_that_is_not_valid_today_or_a_borrower_without_a_code_excludes_nobody()
    {
        await HaveAuthorityAsync();
        await PutAsync("/api/institutions/another-bank", Bodies.Institution());
        (await SendAsync("another-bank", $"{Header}\n{Code},shell,x,2026-01-01,\n")).Is(HttpStatusCode.OK);
        (await SendAsync(Authority, $"{Header}\n{Code},shell,x,2025-01-01,2025-12-31\n")).Is(HttpStatusCode.OK);

        Assert.Equal("contact", (string?)(await HaveCaseAsync(change: WithCode))["stage"]);
        Assert.Empty((await ListingsAsync())["exclusions"]!.AsArray());

        await HaveLoanAsync("JJ-without");
        var without = await ListingsAsync("JJ-without");
        Assert.Null(without["creditCode"]);
        Assert.Empty(without["exclusions"]!.AsArray());
    }

    [Fact]
    public async Task What_lists_say_about_a_borrower_is_shown_with_its_loan_and_counts_in_advice_about_it()
    {
        await HaveAuthorityAsync();
        await HaveLoanAsync(change: WithCode);
        (await SendAsync(Authority, $"{Header}\n{Code},zombie,x,2026-01-01,\n")).Is(HttpStatusCode.OK);

        var listings = await ListingsAsync();
        Assert.Equal((Code, Authority), ((string?)listings["creditCode"], (string?)listings["exclusions"]![0]!["by"]));

        var stored = new JsonObject { ["stored"] = new JsonObject { ["institution"] = Institution, ["loanNumber"] = Loan } };
        Assert.Contains($"{Authority}/zombie-2026", (await PostAsync("/api/advice", stored)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        // A loan that is not in its book shows nobody who is on the lists.
        var given = new JsonObject { ["loan"] = Bodies.Loan() };
        WithCode(given["loan"]!.AsObject());
        Assert.DoesNotContain(Authority, (await PostAsync("/api/advice", given)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_rows_go_in_although_others_are_bad_and_the_same_list_again_changes_nothing()
    {
        await HaveInstitutionAsync();
        var list = $"{Header}\n{Code},zombie,x,2026-01-01,\n91330328MA2CPQ4R42,zombie,x,2026-01-01,\n{Code},ghost,x,2026-02-30,\n{Code},shell,x,2026-02-01,2026-01-31\n{Code},zombie,y,2026-01-01,\n";

        var stored = (await SendAsync(Institution, list)).Is(HttpStatusCode.OK).Json;

        Assert.Equal((5, 1, 0, 0), Counts(stored));
        Assert.Equal(
            [
                "3 expected-credit-code@creditCode 91330328MA2CPQ4R42", "4 expected-one-of@kind ghost", "4 expected-date@validFrom 2026-02-30",
                "5 out-of-range@validUntil 2026-01-31", "6 row-repeated@ ",
            ],
            Errors(stored));
        Assert.Equal((5, 0, 0, 1), Counts((await SendAsync(Institution, list)).Json));
    }

    [Fact]
    public async Task Lists_come_in_every_encoding_and_form_that_loan_books_do()
    {
        await HaveInstitutionAsync();
        var csv = $"{Header},name\n{Code},zombie,市场监管部门在册数据,2026-01-01,,文成某贸易有限公司\n";
        await SendAsync(Institution, Books.Gb18030.GetBytes(csv), "text/csv");
        Assert.Equal((1, 0, 0, 1), Counts((await SendAsync(Institution, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(csv)], "text/csv")).Is(HttpStatusCode.OK).Json));
        var line = $$"""{"creditCode":"{{Code}}","kind":"zombie","source":"市场监管部门在册数据","validFrom":"2026-01-01"}""";
        var stored = (await SendAsync(Institution, Encoding.UTF8.GetBytes($"{line}\n{line.Replace("zombie", "ghost", StringComparison.Ordinal)}\n"), "application/x-ndjson")).Json;
        Assert.Equal((2, 0, 0, 1), Counts(stored));
        Assert.Equal(["2 expected-one-of@kind ghost"], Errors(stored));
    }

    [Fact]
    public async Task A_list_that_passes_a_limit_leaves_nothing_behind()
    {
        await HaveLoanAsync(change: WithCode);
        var rows = string.Concat(Enumerable.Repeat($"{Code},zombie,x,2026-01-01,\n", 10_001));
        var refused = (await SendAsync(Institution, $"{Header}\n{rows}")).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");
        Assert.Equal("too-many-rejected@", refused.Errors.First());
        Assert.Empty((await ListingsAsync())["exclusions"]!.AsArray());

        await using var small = await House.StartAsync(Azurite, services => services.Replace(ServiceDescriptor.Singleton(new ListLimits { Rows = 1 })));
        using var content = new StringContent($"{Header}\n{Code},zombie,x,2026-01-01,\n{Code},shell,x,2026-01-01,\n", Encoding.UTF8, "text/csv");
        await small.Client.PutAsync($"/api/institutions/{Institution}", new StringContent(Bodies.Institution().ToJsonString(), Encoding.UTF8, "application/json"), Cancellation);
        var answer = await Reply.OfAsync(await small.Client.PostAsync($"/api/institutions/{Institution}/exclusion-lists/zombie-2026", content, Cancellation));
        Assert.Equal(["too-many-rows@"], answer.IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task A_header_that_is_wrong_is_refused_whole()
    {
        await HaveInstitutionAsync();
        var refused = (await SendAsync(Institution, "creditCode,sort,source,validFrom\n")).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");
        Assert.Equal(["column-missing@kind", "column-unknown@sort"], refused.Errors);
    }

    private Task<Reply> SendAsync(string by, string csv) => SendListAsync($"/api/institutions/{by}/exclusion-lists/zombie-2026", csv);

    private Task<Reply> SendAsync(string by, byte[] list, string type) => SendListAsync($"/api/institutions/{by}/exclusion-lists/zombie-2026", list, type);
}
