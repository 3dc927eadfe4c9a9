using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Calendars;

public class CalendarTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Next = "/api/calendars/2027";

    [Fact]
    public async Task The_years_are_listed_and_the_next_one_is_provisional()
    {
        var years = (await GetAsync("/api/calendars")).Is(HttpStatusCode.OK).Json["years"]!.AsArray();

        // The clock of the house shows 2026-01-05.
        Assert.Equal(Enumerable.Range(2015, 13), years.Select(year => (int)year!["year"]!));
        Assert.All(years.SkipLast(1), year => Assert.Equal(("published", 1), ((string?)year!["status"], (int)year["version"]!)));
        Assert.Equal("国办发明电〔2025〕7号", (string?)years[11]!["notices"]![0]);
        Assert.Equal(("provisional", 0), ((string?)years[12]!["status"], (int)years[12]!["version"]!));
    }

    [Fact]
    public async Task A_provisional_year_has_no_days_and_version_0()
    {
        var reply = (await GetAsync(Next)).Is(HttpStatusCode.OK);

        Assert.Equal(("\"v0\"", "provisional", 0), (reply.Headers["ETag"], (string?)reply.Json["status"], reply.Json["holidays"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_notice_makes_its_year_published_and_a_correction_is_a_new_version()
    {
        var created = (await PutAsync(Next, Notices.Of2027(), ("If-Match", "\"v0\""))).Is(HttpStatusCode.Created);
        Assert.Equal(("\"v1\"", $"{Next}?version=1", "published"), (created.Headers["ETag"], created.Headers["Location"], (string?)created.Json["status"]));

        var corrected = Notices.Of2027();
        corrected["holidays"]![1]!["to"] = "2027-02-13";
        (await PutAsync(Next, corrected, ("If-Match", "\"v0\""))).IsProblem(HttpStatusCode.PreconditionFailed, "calendar-changed");
        Assert.Equal(2, (int)(await PutAsync(Next, corrected, ("If-Match", "\"v1\""))).Is(HttpStatusCode.OK).Json["version"]!);

        Assert.Equal("2027-02-13", (string?)(await GetAsync(Next)).Json["holidays"]![1]!["to"]);
        Assert.Equal("2027-02-12", (string?)(await GetAsync($"{Next}?version=1")).Json["holidays"]![1]!["to"]);
        (await GetAsync($"{Next}?version=3")).IsProblem(HttpStatusCode.NotFound, "calendar-unknown");
    }

    [Fact]
    public async Task The_same_content_again_changes_nothing()
    {
        await PutAsync(Next, Notices.Of2027());

        // As a caller does that has not heard the answer.
        Assert.Equal(1, (int)(await PutAsync(Next, Notices.Of2027(), ("If-Match", "\"v0\""))).Is(HttpStatusCode.OK).Json["version"]!);
    }

    [Fact]
    public async Task A_year_that_ships_with_the_program_can_be_corrected()
    {
        var shipped = (await GetAsync("/api/calendars/2026")).Json;
        var body = new JsonObject { ["notices"] = shipped["notices"]!.DeepClone(), ["holidays"] = shipped["holidays"]!.DeepClone() };

        Assert.Equal(1, (int)(await PutAsync("/api/calendars/2026", body)).Is(HttpStatusCode.OK).Json["version"]!);
        body["notices"]!.AsArray().Add("示例〔2026〕2号");
        Assert.Equal(2, (int)(await PutAsync("/api/calendars/2026", body)).Is(HttpStatusCode.OK).Json["version"]!);
        Assert.Single((await GetAsync("/api/calendars/2026?version=1")).Json["notices"]!.AsArray());
    }

    [Fact]
    public async Task What_is_worked_out_follows_at_once()
    {
        var body = new JsonObject
        {
            ["loan"] = Bodies.LoanMaturing("2027-02-06"),
            ["asOf"] = "2026-03-25",
            ["changes"] = new JsonArray(new JsonObject { ["type"] = "rateCut", ["share"] = 0.1 }),
        };
        body["loan"]!["holidayRule"] = "roll";
        body["loan"]!["drawnOn"] = "2026-02-06";

        var before = (await PostAsync("/api/previews", body)).Is(HttpStatusCode.OK).Json;
        await PutAsync(Next, Notices.Of2027());
        var after = (await PostAsync("/api/previews", body)).Is(HttpStatusCode.OK).Json;

        // 2027-02-06 is a Saturday. In the invented notice it lies in the Spring Festival, which ends on Friday the 12th.
        Assert.Equal(("2027-02-08", true), PaidOn(before));
        Assert.Equal(("2027-02-15", false), PaidOn(after));

        static (string?, bool) PaidOn(JsonNode preview) =>
            preview["before"]!["instalments"]!.AsArray()[^1] is var last ? ((string?)last!["payBy"], (bool)preview["provisional"]!) : default;
    }

    [Theory]
    [InlineData("1948", "out-of-range@year")]
    [InlineData("3000", "out-of-range@year")]
    [InlineData("next", "out-of-range@year")]
    public async Task A_year_that_can_not_be_is_refused(string year, string error)
    {
        Assert.Equal([error], (await GetAsync($"/api/calendars/{year}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
        Assert.Equal([error], (await PutAsync($"/api/calendars/{year}", Notices.Of2027())).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Theory]
    [InlineData("notices", "[]", "notice-needed@notices")]
    [InlineData("notices", "[\" \"]", "required@notices[0]")]
    [InlineData("holidays[1].to", "\"2027-02-04\"", "out-of-range@holidays[1].to")]
    [InlineData("holidays[4].to", "\"2027-06-24\"", "holiday-too-long@holidays[4]")]
    [InlineData("holidays[1].from", "\"2028-02-05\"", "out-of-range@holidays[1].from")]
    [InlineData("holidays[0].from", "\"2026-12-01\"", "out-of-range@holidays[0].from")]
    [InlineData("holidays[2].from", "\"2027-02-12\"", "day-named-twice@holidays[2]")]
    [InlineData("holidays[1].makeUpDays", "[\"2027-02-19\"]", "make-up-day-on-weekday@holidays[1].makeUpDays[0]")] // a Friday
    [InlineData("holidays[1].makeUpDays", "[\"2027-02-06\"]", "day-named-twice@holidays[1].makeUpDays[0]")] // a day off
    [InlineData("holidays[1].makeUpDays", "[\"2027-02-20\",\"2027-02-20\"]", "day-named-twice@holidays[1].makeUpDays[1]")]
    [InlineData("holidays[1].makeUpDays", "[\"2027-09-25\"]", "out-of-range@holidays[1].makeUpDays[0]")] // half a year away
    [InlineData("holidays[0].makeUpDays", "[\"2027-01-09\",\"2027-01-10\"]", "more-made-up-than-off@holidays[0].makeUpDays")]
    [InlineData("holidays", "[{\"name\":\"元旦\",\"from\":\"2027-01-01\",\"to\":\"2027-01-03\"}]", "out-of-range@holidays")]
    public async Task What_a_notice_can_not_say_is_named_with_its_path(string path, string value, string error)
    {
        var notice = Notices.With(path, value);

        var reply = (await PutAsync(Next, notice)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");

        Assert.Equal([error], reply.Errors.Distinct());
        Assert.Equal("provisional", (string?)(await GetAsync(Next)).Json["status"]);
    }

    [Theory]
    [InlineData("holidays[1].form", "1", "unknown-member@holidays[1].form")]
    [InlineData("holidays[1].to", "\"2027-02-30\"", "expected-date@holidays[1].to")]
    [InlineData("holidays[1].makeUpDays", "[null]", "null-not-allowed@holidays[1].makeUpDays[0]")]
    [InlineData("holidays", "{}", "expected-list@holidays")]
    [InlineData("holidays", "[]", "list-length@holidays")]
    public async Task What_is_no_notice_at_all_is_named_with_its_path(string path, string value, string error) =>
        Assert.Equal([error], (await PutAsync(Next, Notices.With(path, value))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
}
