using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Calendars;

/// <summary>One loan that matures in a year whose notice is not out: every answer that rests on it says so, and none any more once the notice is in.</summary>
/// <remarks>
/// It is 2026-12-07. The loan matures on Saturday 2027-03-06. A month before is Saturday 2027-02-06, which goes back to the Friday; by the (invented)
/// notice that Friday is the first day of the Spring Festival, and the last working day before it is Thursday 02-04. Interest due on 02-06 is paid on
/// Monday 02-08, or by the notice on Monday 02-15.
/// </remarks>
public sealed class ProvisionalYearTests(Azurite azurite) : HouseTests(azurite)
{
    private const string List = $"/api/cases?institution={Institution}";
    private const string Stored = $$"""{ "stored": { "institution": "{{Institution}}", "loanNumber": "{{Loan}}" } }""";

    [Fact]
    public async Task Every_answer_that_rests_on_the_year_says_so_until_the_notice_is_in()
    {
        (await PostAsync("/api/operations/clock", new JsonObject { ["to"] = "2026-12-07T10:00:00+08:00" })).Is(HttpStatusCode.OK);
        await HaveCaseAsync(change: Maturing);
        (await ReportContactAsync()).Is(HttpStatusCode.OK);
        var intent = Bodies.Intent();
        intent["changes"] = JsonNode.Parse("""[{ "type": "renewal", "newMaturity": "2027-09-06" }]""");
        (await ReportAsync("intent", intent)).Is(HttpStatusCode.OK);
        (await ReportAsync("documents", Bodies.Documents("application", "business-licence", "financial-statements", "tax-record"))).Is(HttpStatusCode.OK);

        var guessed = await AnswersAsync();
        Assert.All(guessed, answer => Assert.Contains("provisional", Marks(answer.Value)));
        Assert.Contains("contactDeadline.provisional", Marks(guessed["case"]));
        Assert.Contains("proposal.provisional", Marks(guessed["case"]));
        Assert.Contains("contactDeadline.provisional", Marks(guessed["list"]));
        Assert.Contains("contactDeadline.provisional", Marks(guessed["advice"]));
        Assert.Contains(Marks(guessed["advice"]), path => path.EndsWith(".steps[0].provisional", StringComparison.Ordinal));
        Assert.Contains("before.instalments[2].provisional", Marks(guessed["preview"]));
        Assert.Contains("instalments[2].provisional", Marks(guessed["schedule"]));
        Assert.Equal(["2027-02-05", "2027-02-05", "2027-02-05"], Deadlines(guessed));
        Assert.Equal("2027-02-08", (string?)guessed["preview"]["before"]!["instalments"]![2]!["payBy"]);

        (await PutAsync("/api/calendars/2027", Notices.Of2027())).Is(HttpStatusCode.Created);
        (await SendAsync(HttpMethod.Post, "/api/operations/jobs/calendar-recomputation/runs", null)).Is(HttpStatusCode.OK);

        var known = await AnswersAsync();
        // What a renewal would make due in 2028 goes on being a guess, and so does what the version before says of a row.
        Assert.All(known, answer => Assert.DoesNotContain(Marks(answer.Value), path => path != "provisional" && !path.StartsWith("differences", StringComparison.Ordinal)
            && !(answer.Key == "advice" && path.StartsWith("measures", StringComparison.Ordinal) && !path.Contains("steps", StringComparison.Ordinal))));
        Assert.All(known.Where(answer => answer.Key != "advice"), answer => Assert.False((bool)answer.Value["provisional"]!, answer.Key));
        Assert.Equal(["2027-02-04", "2027-02-04", "2027-02-04"], Deadlines(known));
        Assert.Equal("2027-02-15", (string?)known["preview"]["before"]!["instalments"]![2]!["payBy"]);
        // What the case began with is not written anew: its first version stays as it was, with its mark.
        Assert.True((bool)(await GetAsync($"/api/cases/{Case}/schedules")).Json["versions"]![0]!["provisional"]!);
    }

    /// <summary>By the contract, which no holiday moves: nothing in these has to be marked.</summary>
    [Fact]
    public async Task A_reminder_and_the_row_of_a_book_rest_on_no_holidays()
    {
        (await PostAsync("/api/operations/clock", new JsonObject { ["to"] = "2027-02-05T10:00:00+08:00" })).Is(HttpStatusCode.OK);
        await HaveLoanAsync(change: Maturing);
        var loan = (await GetAsync($"/api/institutions/{Institution}/loans/{Loan}")).Text;
        await RemindAsync();
        var reminder = Assert.Single(House.Channel.Sent).Data.GetRawText();

        await PutAsync("/api/calendars/2027", Notices.Of2027());

        Assert.Equal(loan, (await GetAsync($"/api/institutions/{Institution}/loans/{Loan}")).Text);
        House.Channel.Sent.Clear();
        await PutAsync($"/api/institutions/{Institution}/loans/{Loan}-2", LoanOf(Maturing));
        await RemindAsync();
        Assert.Equal(reminder.Replace(Loan, Loan + "-2", StringComparison.Ordinal), Assert.Single(House.Channel.Sent).Data.GetRawText());
    }

    private async Task RemindAsync() => (await SendAsync(HttpMethod.Post, "/api/operations/jobs/due-date-reminders/runs", null)).Is(HttpStatusCode.OK);

    private static void Maturing(JsonObject loan) => (loan["drawnOn"], loan["maturity"], loan["holidayRule"]) = ("2026-03-06", "2027-03-06", "roll");

    private static JsonObject LoanOf(Action<JsonObject> change)
    {
        var loan = Bodies.Loan();
        change(loan);
        return loan;
    }

    /// <summary>Everything that can be asked about the loan, the latest version of its schedule for all of them.</summary>
    private async Task<Dictionary<string, JsonNode>> AnswersAsync()
    {
        var preview = new JsonObject { ["loan"] = LoanOf(Maturing), ["changes"] = new JsonArray(new JsonObject { ["type"] = "rateCut", ["share"] = 0.1 }) };
        return new()
        {
            ["case"] = (await GetAsync($"/api/cases/{Case}")).Is(HttpStatusCode.OK).Json,
            ["list"] = (await GetAsync(List)).Is(HttpStatusCode.OK).Json["cases"]![0]!,
            ["schedule"] = (await GetAsync($"/api/cases/{Case}/schedules")).Is(HttpStatusCode.OK).Json["versions"]!.AsArray()[^1]!,
            ["advice"] = (await PostAsync("/api/advice", JsonNode.Parse(Stored)!)).Is(HttpStatusCode.OK).Json,
            ["preview"] = (await PostAsync("/api/previews", preview)).Is(HttpStatusCode.OK).Json,
        };
    }

    private static IEnumerable<string?> Deadlines(Dictionary<string, JsonNode> answers) =>
        ((string[])["case", "list", "advice"]).Select(name => (string?)answers[name]["contactDeadline"]!["date"]);

    /// <summary>Where it says that it is provisional.</summary>
    private static IEnumerable<string> Marks(JsonNode answer) =>
        Fuzz.JsonPlace.Within(answer).Where(place => place is { Name: "provisional", Text: "true" }).Select(place => place.Path);
}
