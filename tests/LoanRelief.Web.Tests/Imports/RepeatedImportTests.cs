using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Imports;

/// <summary>A loan book that is sent again with the same <c>Idempotency-Key</c>.</summary>
public sealed class RepeatedImportTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}/loan-imports";
    private const string Key = "book/2026-03";

    [Fact]
    public async Task A_repeat_gets_the_same_import_as_it_stands_and_begins_no_other()
    {
        await HaveInstitutionAsync();
        var first = (await ImportAsync("JJ-1")).Is(HttpStatusCode.Accepted);
        Assert.DoesNotContain("Idempotency-Replayed", first.Headers.Keys);

        var repeat = Repeated(await ImportAsync("JJ-1"));
        Assert.Equal("storing", (string?)repeat.Json["state"]);
        await House.StoreImportsAsync();
        repeat = Repeated(await ImportAsync("JJ-1"));
        Assert.Equal(("completed", 1), ((string?)repeat.Json["state"], (int?)repeat.Json["added"]));

        Assert.Single((await GetAsync(Path)).Is(HttpStatusCode.OK).Json["imports"]!.AsArray());
        Assert.Empty(await House.OpenImportsAsync());

        Reply Repeated(Reply reply)
        {
            Assert.Equal("true", reply.Is(HttpStatusCode.Accepted).Headers["Idempotency-Replayed"]);
            Assert.Equal(first.Headers["Location"], reply.Headers["Location"]);
            return reply;
        }
    }

    [Fact]
    public async Task Another_book_with_the_same_key_is_refused()
    {
        await HaveInstitutionAsync();
        (await ImportAsync("JJ-1")).Is(HttpStatusCode.Accepted);

        (await ImportAsync("JJ-2")).IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Single((await GetAsync(Path)).Is(HttpStatusCode.OK).Json["imports"]!.AsArray());
    }

    [Fact]
    public async Task Without_the_key_the_same_book_is_imported_once_more_and_another_institution_has_keys_of_its_own()
    {
        await HaveInstitutionAsync();
        (await PutAsync("/api/institutions/another-bank", Bodies.Institution())).Is(HttpStatusCode.Created);
        var first = (await ImportAsync("JJ-1")).Is(HttpStatusCode.Accepted);

        foreach (var other in new[] { await ImportAsync("JJ-1", key: null), await ImportAsync("JJ-1", institution: "another-bank") })
        {
            Assert.NotEqual(first.Headers["Location"], other.Is(HttpStatusCode.Accepted).Headers["Location"]);
            Assert.DoesNotContain("Idempotency-Replayed", other.Headers.Keys);
        }
    }

    [Fact]
    public async Task A_book_that_was_refused_may_be_sent_again_with_its_key_once_it_is_put_right()
    {
        await HaveInstitutionAsync();
        (await ImportAsync("JJ-1", type: "text/csv")).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");

        var right = (await ImportAsync("JJ-1")).Is(HttpStatusCode.Accepted);
        Assert.DoesNotContain("Idempotency-Replayed", right.Headers.Keys);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_before_the_book_is_read()
    {
        await HaveInstitutionAsync();
        var refused = (await ImportAsync("JJ-1", key: "a b")).IsProblem(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(["idempotency-key-form@Idempotency-Key"], refused.Errors);
        Assert.Empty((await GetAsync(Path)).Is(HttpStatusCode.OK).Json["imports"]!.AsArray());
    }

    private async Task<Reply> ImportAsync(string loan, string? key = Key, string institution = Institution, string type = "application/x-ndjson")
    {
        var row = Bodies.Loan();
        row["number"] = loan;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/institutions/{institution}/loan-imports")
        {
            Content = new StringContent(row.ToJsonString() + "\n", Encoding.UTF8, MediaTypeHeaderValue.Parse(type)),
        };
        if (key is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Idempotency-Key", key));
        using var response = await House.Client.SendAsync(request, Cancellation);
        return await Reply.OfAsync(response);
    }
}
