using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using LoanRelief.Testing;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Tests.Kit;
using LoanRelief.Web.Tests.OpenApi;
using Xunit;

namespace LoanRelief.Web.Tests.Fuzz;

/// <summary>
/// Whatever is sent to an operation is taken and understood, or refused with a problem that names what is wrong: never a
/// failure, never a wrong figure, and nothing of it comes into the log. Every operation of the table that takes a body is
/// in it by itself.
/// </summary>
public sealed partial class FuzzTests(Azurite azurite) : HouseTests(azurite)
{
    /// <summary>Bodies that are sent for each place in the samples of an operation, and in all.</summary>
    private const int ForEachPlace = 4, AtMost = 150;

    private ApiContract _contract = null!;
    private Places _places = null!;

    /// <summary>Whatever takes a JSON body; a book that is uploaded has tests of its own.</summary>
    public static TheoryData<string> Operations => [.. ApiEndpoints.All.Where(endpoint => endpoint.Body is not null).Select(endpoint => endpoint.Name)];

    [Theory, MemberData(nameof(Operations))]
    public async Task What_is_not_understood_is_refused_with_its_place(string name)
    {
        await MoveInAsync();
        var operation = _contract.Operations.Single(each => each.Id == name);
        var samples = Samples.Of(operation);
        foreach (var sample in samples)
            await SendAsync(operation, await _places.PrepareAsync(operation), new(sample.ToJsonString(), []), mustBeTaken: true);

        string? path = null;
        await Gen.Select(Gen.Int[0, samples.Count - 1], Mutation.Few).SampleAsync(
            async (sample, mutations) =>
            {
                path ??= await _places.PrepareAsync(operation);
                // What was taken may have moved the case on.
                if (await SendAsync(operation, path, MutatedBody.Of(samples[sample], mutations)))
                    path = null;
            },
            iter: Math.Min(ForEachPlace * samples.Sum(sample => JsonPlace.Within(sample).Count()), AtMost),
            threads: 1,
            print: each => $"{operation}\n{MutatedBody.Of(samples[each.Item1], each.Item2)}");
        LogIsClean();
    }

    /// <returns>Whether it was taken.</returns>
    private async Task<bool> SendAsync(ApiOperation operation, string path, MutatedBody body, bool mustBeTaken = false)
    {
        var reply = await SendAsync(HttpMethod.Parse(operation.Method), path, body.Text);
        Assert.True((int)reply.Status < 500 || reply.Status == HttpStatusCode.BadGateway, $"{operation} failed: {reply.Text}\n{Failures}");
        Assert.DoesNotMatch(StackTrace, reply.Text);
        var taken = (int)reply.Status < 300;
        Assert.True(taken || !mustBeTaken, $"{operation} does not take its own sample: {reply.Text}");
        if (taken)
            await HoldAsync(operation, path, JsonNode.Parse(body.Text)!, reply);
        else
            NamesWhatIsWrong(reply, body);
        return taken;
    }

    /// <summary>What was taken is right, and can be read and worked with afterwards.</summary>
    private async Task HoldAsync(ApiOperation operation, string path, JsonNode sent, Reply reply)
    {
        switch (operation.Id)
        {
            case "PreviewRelief":
                Figures.OfPreview(sent, reply.Json);
                break;
            case "GiveAdvice":
                Figures.OfAdvice(sent, reply.Json);
                break;
            case "PutLoan":
                Figures.Echo(sent, reply.Json);
                Figures.Echo(sent, (await GetAsync(path)).Is(HttpStatusCode.OK).Json);
                await AdviseAsync(sent);
                break;
            case "PutPolicy":
                Figures.Echo(sent, (await GetAsync(path)).Is(HttpStatusCode.OK).Json, "version");
                foreach (var loan in new[] { Places.Loan(_contract), Samples.FullLoan() })
                    await AdviseAsync(loan);
                await WorkWithCaseAsync(await _places.PrepareAsync(_contract.Operations.Single(each => each.Id == "ReportIntent")));
                break;
            case "PutCalendar":
                Figures.Echo(sent, (await GetAsync(path)).Is(HttpStatusCode.OK).Json);
                await AdviseAsync(Samples.FullLoan());
                break;
            case "PutInstitution":
                Figures.Echo(sent, reply.Json, "webhook.url", "webhook.secret");
                break;
            case "MoveClock":
                Figures.Echo(new JsonObject(), (await GetAsync("/api/operations/clock")).Is(HttpStatusCode.OK).Json);
                (await GetAsync("/api/policies")).Is(HttpStatusCode.OK);
                (await GetAsync("/api/calendars")).Is(HttpStatusCode.OK);
                break;
            case var _ when Places.IsAct(operation) && operation.Id != "ResumeOrchestration": // there is nothing to resume, so nothing is kept
                Figures.Echo(sent, reply.Json["acts"]!.AsArray()[^1]!);
                break;
            case var _ when operation.Path.StartsWith("/api/cases/{id}/facts/", StringComparison.Ordinal):
                await ReadCaseAsync();
                break;
        }
    }

    private async Task AdviseAsync(JsonNode loan)
    {
        var body = new JsonObject { ["loan"] = loan.DeepClone(), ["asOf"] = "2026-02-02", ["attested"] = new JsonArray("incomeLost", "affected", "temporaryShortage") };
        var advice = await PostAsync("/api/advice", body);
        Assert.True(advice.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, advice.Text + Failures);
        if (advice.Status == HttpStatusCode.OK)
            Figures.OfAdvice(body, advice.Json);
    }

    private async Task WorkWithCaseAsync(string intentPath)
    {
        foreach (var kind in new[] { "renew", "extend", "defer" })
        {
            var reply = await PostAsync(intentPath, new JsonObject { ["by"] = "mgr-lin", ["kind"] = kind });
            Assert.True((int)reply.Status < 500, reply.Text + Failures);
        }

        await ReadCaseAsync();
    }

    private async Task ReadCaseAsync()
    {
        foreach (var part in new[] { "", "/history" })
            (await GetAsync($"/api/cases/{_places.Case}{part}")).Is(HttpStatusCode.OK);
        Figures.OfSchedules((await GetAsync($"/api/cases/{_places.Case}/schedules")).Is(HttpStatusCode.OK).Json);
    }

    /// <summary>Each error has a field that is, or could be, in the body; of a form that is wrong in one place, that place.</summary>
    private static void NamesWhatIsWrong(Reply reply, MutatedBody body)
    {
        Assert.Equal("application/problem+json", reply.Headers["Content-Type"].Split(';')[0]);
        if (reply.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity))
            return;
        var errors = reply.Json["errors"]!.AsArray();
        Assert.NotEmpty(errors);
        foreach (var error in errors)
        {
            if ((string?)error!["code"] == "malformed-json")
            {
                Assert.NotNull(error["values"]!["line"]);
                continue;
            }

            var field = (string?)error["field"];
            Assert.False(string.IsNullOrEmpty(field), $"No field: {reply.Text}\n{body.Text}");
            if (reply.Status == HttpStatusCode.BadRequest && body.Paths is [var touched])
                Assert.True(field.StartsWith(touched, StringComparison.Ordinal) || touched.StartsWith(field, StringComparison.Ordinal) || Parent(field) == Parent(touched), $"{field} instead of {touched}");
        }
    }

    private string Failures => string.Join('\n', House.Log.Text.Split("Error: ")[1..]);

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)];

    private void LogIsClean()
    {
        var log = House.Log.Text;
        Assert.DoesNotContain("Error: ", log, StringComparison.Ordinal);
        foreach (var name in new[] { MutatedBody.Private, "文成某食品", "某担保有限公司", "周大明", "Owner in hospital", "whsec_" })
            Assert.DoesNotContain(name, log, StringComparison.Ordinal);
    }

    private async Task MoveInAsync()
    {
        _contract = ApiContract.Read((await GetAsync("/api/openapi.json")).Text);
        _places = new(House, _contract, (method, path, body) => SendAsync(method, path, body));
        // When the contract of the examples is signed.
        (await PostAsync("/api/operations/clock", new JsonObject { ["to"] = "2026-01-22T09:00:00+08:00" })).Is(HttpStatusCode.OK);
    }

    [GeneratedRegex(@"\bat [A-Z]\w+\.\w+|Exception|\.cs:line|System\.")]
    private static partial Regex StackTrace { get; }
}
