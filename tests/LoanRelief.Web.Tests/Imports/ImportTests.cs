using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Desk.Imports;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LoanRelief.Web.Tests.Imports;

public sealed class ImportTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}/loan-imports";
    private const string Header = "number,borrowerReference,borrowerName,borrowerKind,industry,district,product,principal,outstanding,rate,repaymentMethod,drawnOn,maturity";

    [Fact]
    public async Task A_book_is_received_and_then_stored()
    {
        await HaveInstitutionAsync();
        var received = (await ImportAsync(Csv(Row("JJ-1"), Row("JJ-2")))).Is(HttpStatusCode.Accepted);

        Assert.Equal($"{Path}/{received.Json["id"]}", received.Headers["Location"]);
        Assert.Equal(("storing", "Being stored", 2, 0, 2), State(received.Json));
        (await GetAsync($"/api/institutions/{Institution}/loans/JJ-1")).Is(HttpStatusCode.NotFound);

        await House.StoreImportsAsync();
        var import = (await GetAsync(received.Headers["Location"])).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("completed", "Completed", 2, 0, 0), State(import));
        Assert.Equal((2, 0, 0), Stored(import));
        Assert.Equal("csv", (string?)import["format"]);
        Assert.NotNull(import["completedAt"]);
        Assert.Null(import["rejectedRows"]);
        Assert.Equal("2026-03-20", (string?)(await GetAsync($"/api/institutions/{Institution}/loans/JJ-1")).Is(HttpStatusCode.OK).Json["maturity"]);
    }

    [Fact]
    public async Task Lines_of_json_are_a_book_too()
    {
        await HaveInstitutionAsync();
        var (good, bad) = (Bodies.Loan(), Bodies.Loan());
        (good["number"], bad["number"], bad["rate"]) = ("JJ-1", "JJ-2", 4.35);

        var import = await StoredAsync($"{good.ToJsonString()}\n{bad.ToJsonString()}\n", "application/x-ndjson");

        Assert.Equal(("completed", "Completed", 2, 1, 0), State(import));
        Assert.Equal(["2 expected-rate@rate 4.35"], Errors(await RejectedAsync(import)));
    }

    [Fact]
    public async Task Good_rows_go_in_although_others_are_bad()
    {
        await HaveInstitutionAsync();
        var import = await StoredAsync(Csv(Row("JJ-1"), Row("JJ-2", maturity: "2026-02-30"), "\"JJ-3", Row("JJ-4"), Row("JJ-1"), Row("-", maturity: "x")));

        Assert.Equal(("completed", "Completed", 6, 4, 0), State(import));
        Assert.Equal((2, 0, 0), Stored(import));
        Assert.Equal(
            ["3 expected-date@maturity 2026-02-30", "4 row-malformed@ ", "6 loan-repeated@number JJ-1", "7 expected-loan-number@number -", "7 expected-date@maturity x"],
            Errors(await RejectedAsync(import)));
        (await GetAsync($"/api/institutions/{Institution}/loans/JJ-4")).Is(HttpStatusCode.OK);
        (await GetAsync($"/api/institutions/{Institution}/loans/JJ-2")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refused_rows_come_a_page_at_a_time_in_the_language_of_the_caller()
    {
        await HaveInstitutionAsync();
        var import = await StoredAsync(Csv([.. Enumerable.Range(1, 5).Select(n => Row($"JJ-{n}", rate: "4.35"))]));

        var lines = new List<int>();
        var reply = await GetAsync($"{import["rejectedRows"]}?pageSize=2", ("Accept-Language", "zh"));
        while (true)
        {
            var rows = reply.Is(HttpStatusCode.OK).Json["rows"]!.AsArray();
            lines.AddRange(rows.Select(row => (int)row!["line"]!));
            Assert.All(rows, row => Assert.StartsWith("应为", (string?)row!["errors"]![0]!["title"], StringComparison.Ordinal));
            if (!reply.Headers.TryGetValue("Link", out var link))
                break;
            reply = await GetAsync(link.Split('<', '>')[1], ("Accept-Language", "zh"));
        }

        Assert.Equal([2, 3, 4, 5, 6], lines);
        Assert.Null(reply.Json["continuation"]);
    }

    [Fact]
    public async Task Refused_rows_come_as_a_file_that_can_be_put_right_and_sent_again()
    {
        await HaveInstitutionAsync();
        var import = await StoredAsync(Csv(Row("JJ-1", rate: "4.35", name: "\"文成, 样例\""), "\"JJ-2", "a,b"));

        var file = (await GetAsync($"{import["rejectedRows"]}.csv")).Is(HttpStatusCode.OK);
        Assert.Equal("text/csv; charset=utf-8", file.Headers["Content-Type"]);
        Assert.Contains("attachment", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(
            [
                Header + ",rejectedLine,rejectedReasons",
                Row("JJ-1", rate: "4.35", name: "\"文成, 样例\"") + ",2,\"rate: A number between 0 and 1 is expected, a fraction a year: 4.35% is 0.0435.\"",
                "\"\"\"JJ-2\",,,,,,,,,,,,,3,\"A field is quoted as a whole or not at all, a quote within it is doubled, and it ends on its line. This row is not like that.\"",
                "\"a,b\",,,,,,,,,,,,,4,\"The row has 2 fields, the header has 13.\"",
                "",
            ],
            file.Text.TrimStart('\uFEFF').Split("\r\n"));

        var again = await StoredAsync(file.Text.Replace(",4.35,", ",0.0435,", StringComparison.Ordinal));
        Assert.Equal(("completed", "Completed", 3, 2, 0), State(again));
        var second = await GetAsync($"{again["rejectedRows"]}.csv", ("Accept-Language", "zh"));
        Assert.StartsWith(Header + ",rejectedLine,rejectedReasons\r\n\"\"\"JJ-2\",", second.Text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("此项必填", second.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv", true)]
    [InlineData("text/csv; charset=gbk", false)]
    public async Task A_book_in_gb18030_is_read_and_answered_in_it(string contentType, bool detected)
    {
        await HaveInstitutionAsync();
        var bytes = Books.Gb18030.GetBytes(Csv(Row("JJ-1", name: "文成样例食品有限公司"), Row("JJ-2", name: "文成样例制造有限公司", rate: "x")));

        var import = await StoredAsync(bytes, contentType);

        Assert.Equal(("gb18030", detected), ((string?)import["encoding"], (bool?)import["encodingDetected"]));
        Assert.Equal("文成样例食品有限公司", (string?)(await GetAsync($"/api/institutions/{Institution}/loans/JJ-1")).Json["borrower"]!["name"]);
        using var file = await House.Client.GetAsync(new Uri($"{import["rejectedRows"]}.csv", UriKind.Relative), Cancellation);
        Assert.Equal("gb18030", file.Content.Headers.ContentType!.CharSet);
        Assert.Contains("文成样例制造有限公司", Books.Gb18030.GetString(await file.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_changed_row_changes_its_loan()
    {
        await HaveInstitutionAsync();
        Assert.Equal((2, 0, 0), Stored(await StoredAsync(Csv(Row("JJ-1"), Row("JJ-2")))));
        Assert.Equal((0, 0, 2), Stored(await StoredAsync(Csv(Row("JJ-1"), Row("JJ-2")))));

        Assert.Equal((1, 1, 1), Stored(await StoredAsync(Csv(Row("JJ-1"), Row("JJ-2", maturity: "2026-06-20"), Row("JJ-3")))));
        Assert.Equal("2026-06-20", (string?)(await GetAsync($"/api/institutions/{Institution}/loans/JJ-2")).Json["maturity"]);
    }

    [Fact]
    public async Task Where_dates_moved_the_scan_looks_at_another_day_and_an_open_case_hears_of_it()
    {
        // Matures in a month and a half: both would be opened by the scan of 2026-02-09.
        await HaveInstitutionAsync();
        await StoredAsync(Csv(Row("JJ-1"), Row("JJ-2"), Row("JJ-3")));
        (await OpenAsync("JJ-3")).Is(HttpStatusCode.Accepted);
        await StoredAsync(Csv(Row("JJ-1"), Row("JJ-2", maturity: "2026-09-20"), Row("JJ-3", maturity: "2026-10-20")));

        await PostAsync("/api/operations/clock", new JsonObject { ["to"] = "2026-02-19T09:00:00+08:00" });
        var scan = (await SendAsync(HttpMethod.Post, "/api/operations/jobs/maturity-scan/runs", null)).Is(HttpStatusCode.OK).Json;

        Assert.Equal(1, (int?)scan["counts"]!["opened"]);
        (await GetAsync($"/api/cases/{Institution}~JJ-1~1")).Is(HttpStatusCode.OK);
        (await GetAsync($"/api/cases/{Institution}~JJ-2~1")).Is(HttpStatusCode.NotFound);
        Assert.Equal("2026-10-20", (string?)(await GetAsync($"/api/cases/{Institution}~JJ-3~1")).Json["maturity"]);
    }

    [Fact]
    public async Task A_wrong_header_is_refused_with_every_reason()
    {
        await HaveInstitutionAsync();
        var refused = (await ImportAsync(Header.Replace("rate,", "garantors,", StringComparison.Ordinal))).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");

        Assert.Equal(["column-missing@rate", "column-unknown@garantors"], refused.Errors);
    }

    [Theory]
    [InlineData("text/csv", "")]
    [InlineData("text/csv", Header)]
    [InlineData("text/csv", Header + "\n\n,,,,,,,,,,,,\n")]
    [InlineData("application/x-ndjson", "")]
    [InlineData("application/x-ndjson", "\n \n")]
    public async Task A_book_without_a_row_is_refused_and_leaves_no_import(string contentType, string book)
    {
        await HaveInstitutionAsync();
        var refused = (await ImportAsync(Encoding.UTF8.GetBytes(book), contentType)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");

        Assert.Equal(["book-empty@"], refused.Errors);
        Assert.Empty((await GetAsync(Path)).Is(HttpStatusCode.OK).Json["imports"]!.AsArray());
    }

    [Fact]
    public async Task A_book_for_an_institution_that_nobody_knows_is_refused()
    {
        (await ImportAsync(Csv(Row("JJ-1")))).IsProblem(HttpStatusCode.NotFound, "institution-unknown");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv; charset=big5")]
    [InlineData("application/x-ndjson; charset=gb18030")]
    public async Task A_body_of_another_type_is_refused(string contentType)
    {
        await HaveInstitutionAsync();
        (await ImportAsync(Encoding.UTF8.GetBytes(Csv(Row("JJ-1"))), contentType)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_parameter_that_is_not_known_is_refused()
    {
        foreach (var path in new[] { $"/{Guid.NewGuid()}", $"/{Guid.NewGuid()}/rejected-rows", $"/{Guid.NewGuid()}/rejected-rows.csv" })
            (await GetAsync($"{Path}{path}?surplus=1")).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await GetAsync($"{Path}/{Guid.NewGuid()}/rejected-rows?continuation=x")).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await ImportAsync(Csv(Row("JJ-1")), path: $"{Path}?surplus=1")).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/rejected-rows")]
    [InlineData("/rejected-rows.csv")]
    public async Task An_import_that_nobody_knows_is_not_there(string below)
    {
        await HaveInstitutionAsync();
        (await GetAsync($"{Path}/{Guid.NewGuid()}{below}")).IsProblem(HttpStatusCode.NotFound, "import-unknown");
        (await GetAsync($"{Path}/the-first{below}")).IsProblem(HttpStatusCode.NotFound, "import-unknown");
    }

    [Fact]
    public async Task What_passes_a_limit_is_refused_and_nothing_of_it_is_kept()
    {
        await using var house = await House.StartAsync(Azurite, Limited(new() { Bytes = 3_000, Rows = 3, Rejected = 2 }));
        await SendAsync(house, HttpMethod.Put, $"/api/institutions/{Institution}", Bodies.Institution().ToJsonString(), "application/json");

        var rows = (await ImportAsync(Csv(Row("JJ-1"), Row("JJ-2"), Row("JJ-3"), Row("JJ-4")), house: house)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");
        Assert.Equal(["too-many-rows@"], rows.Errors);
        var rejected = (await ImportAsync(Csv("x", "y", "z"), house: house)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused");
        Assert.Equal(["too-many-rejected@", "row-field-count@", "row-field-count@", "row-field-count@"], rejected.Errors);
        Assert.Equal("2", (string?)rejected.Json["errors"]![1]!["values"]!["line"]);
        var long1 = (await ImportAsync(Csv(new string('x', 3_000)), house: house)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        Assert.Equal("At most 3000 bytes are read.", (string?)long1.Json["detail"]);
        // Nobody says how long it is, so it is cut off while it comes.
        (await ImportAsync(Csv(new string('x', 3_000)), house: house, chunked: true)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");

        await house.StoreImportsAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(house, HttpMethod.Get, $"/api/institutions/{Institution}/loans/JJ-1", null, null)).Status);
        Assert.Empty(await house.OpenImportsAsync());
        Assert.DoesNotContain("Error:", house.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_at_a_time_are_asked_to_come_again()
    {
        await using var house = await House.StartAsync(Azurite, Limited(new() { AtATime = 0 }));
        await SendAsync(house, HttpMethod.Put, $"/api/institutions/{Institution}", Bodies.Institution().ToJsonString(), "application/json");

        Assert.Equal("30", (await ImportAsync(Csv(Row("JJ-1")), house: house)).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable").Headers["Retry-After"]);
    }

    [Fact]
    public async Task When_the_storage_fails_every_answer_is_a_problem()
    {
        foreach (var (failure, status) in new (Exception, HttpStatusCode)[]
        {
            (new InvalidOperationException("broken"), HttpStatusCode.InternalServerError), (new Azure.RequestFailedException("away"), HttpStatusCode.ServiceUnavailable),
        })
        {
            await using var broken = await House.StartAsync(Azurite, services => BrokenStores.Use(services, failure));
            (await ImportAsync(Csv(Row("JJ-1")), house: broken)).Is(status);
            foreach (var below in new[] { "", "/rejected-rows", "/rejected-rows.csv" })
                (await SendAsync(broken, HttpMethod.Get, $"{Path}/{Guid.NewGuid()}{below}", null, null)).Is(status);
        }
    }

    [Fact]
    public async Task A_file_that_breaks_off_leaves_nothing_behind()
    {
        await HaveInstitutionAsync();
        var sent = Encoding.UTF8.GetBytes(Csv([.. Enumerable.Range(1, 3_000).Select(n => Row($"JJ-{n}"))]));
        using var body = new StreamContent(new BreaksOff(sent));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        body.Headers.ContentLength = sent.Length + 1; // or the file would be whole, if the server was quick to read it

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => House.Client.PostAsync(new Uri(Path, UriKind.Relative), body, Cancellation));

        // The server hears of it a moment later, or when it has done with what has come by then.
        for (var tries = 0; tries < 600 && (await House.OpenImportsAsync()).Count > 0; tries++)
            await Task.Delay(50, Cancellation);
        Assert.Empty(await House.OpenImportsAsync());
        Assert.DoesNotContain("文成", House.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_rows_are_deleted_when_their_day_has_passed_and_the_import_stays()
    {
        await HaveInstitutionAsync();
        var import = await StoredAsync(Csv(Row("JJ-1"), Row("JJ-2", rate: "4.35")));
        var (path, rows, until) = ($"{Path}/{import["id"]}", (string)import["rejectedRows"]!, DateOnly.Parse((string)import["rejectedRowsUntil"]!, CultureInfo.InvariantCulture));
        Assert.Equal(DateOnly.Parse(((string)import["receivedAt"]!)[..10], CultureInfo.InvariantCulture).AddDays(30), until);

        Assert.Equal(0, await RetainAsync(until));
        Assert.Single(await RejectedAsync(import));
        Assert.Equal(1, await RetainAsync(until.AddDays(1)));

        foreach (var gone in new[] { rows, rows + ".csv" })
            (await GetAsync(gone)).IsProblem(HttpStatusCode.Gone, "rejected-rows-deleted");
        var left = (await GetAsync(path)).Is(HttpStatusCode.OK).Json;
        Assert.Equal((1, null), ((int)left["rejected"]!, left["rejectedRows"]));
        Assert.Equal(0, await RetainAsync(until.AddDays(2)));

        async Task<int> RetainAsync(DateOnly day)
        {
            await PostAsync("/api/operations/clock", new JsonObject { ["to"] = $"{day:yyyy-MM-dd}T12:00:00+08:00" });
            return (int)(await SendAsync(HttpMethod.Post, "/api/operations/jobs/rejected-rows-retention/runs", null)).Is(HttpStatusCode.OK).Json["counts"]!["deleted"]!;
        }
    }

    [Fact]
    public async Task Imports_are_listed_with_the_newest_first_a_page_at_a_time()
    {
        await HaveInstitutionAsync();
        var ids = new List<string>();
        for (var n = 1; n <= 3; n++)
        {
            ids.Add((string)(await StoredAsync(Csv(Row($"JJ-{n}"))))["id"]!);
            await Task.Delay(2, Cancellation); // ids sort by the millisecond
        }

        var first = (await GetAsync($"{Path}?pageSize=2")).Is(HttpStatusCode.OK);
        var second = (await GetAsync(Next(first))).Is(HttpStatusCode.OK).Json;

        Assert.Equal([ids[2], ids[1]], Ids(first.Json));
        Assert.Equal([ids[0]], Ids(second));
        Assert.Null(second["continuation"]);
        Assert.Equal("completed", (string?)second["imports"]![0]!["state"]);
        (await GetAsync($"{Path}?continuation=x")).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await GetAsync("/api/institutions/another-bank/loan-imports")).IsProblem(HttpStatusCode.NotFound, "institution-unknown");

        static IEnumerable<string> Ids(JsonNode page) => page["imports"]!.AsArray().Select(import => (string)import!["id"]!);
        static string Next(Reply page) => page.Headers["Link"].Split('<', '>')[1];
    }

    private static Action<IServiceCollection> Limited(ImportLimits limits) => services => services.Replace(ServiceDescriptor.Singleton(limits));

    private static string Csv(params string[] rows) => string.Join('\n', rows.Prepend(Header)) + "\n";

    private static string Row(string number, string maturity = "2026-03-20", string rate = "0.0435", string name = "文成某食品有限公司") =>
        $"{number},C-42,{name},smallOrMicroFirm,食品制造,文成县,workingCapital,2000000.00,2000000.00,{rate},interestThenPrincipal,2025-03-20,{maturity}";

    private async Task<JsonNode> StoredAsync(string book, string contentType = "text/csv") => await StoredAsync(Encoding.UTF8.GetBytes(book), contentType);

    private async Task<JsonNode> StoredAsync(byte[] book, string contentType = "text/csv")
    {
        var received = (await ImportAsync(book, contentType)).Is(HttpStatusCode.Accepted);
        await House.StoreImportsAsync();
        return (await GetAsync(received.Headers["Location"])).Is(HttpStatusCode.OK).Json;
    }

    private Task<Reply> ImportAsync(string book, House? house = null, bool chunked = false, string path = Path) =>
        ImportAsync(Encoding.UTF8.GetBytes(book), "text/csv", house, chunked, path);

    private async Task<Reply> ImportAsync(byte[] book, string contentType, House? house = null, bool chunked = false, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(book) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await (house ?? House).Client.SendAsync(request, Cancellation);
        return await Reply.OfAsync(response);
    }

    private static async Task<Reply> SendAsync(House house, HttpMethod method, string path, string? body, string? contentType)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, contentType!);
        using var response = await house.Client.SendAsync(request, Cancellation);
        return await Reply.OfAsync(response);
    }

    private async Task<JsonArray> RejectedAsync(JsonNode import) => (await GetAsync((string)import["rejectedRows"]!)).Is(HttpStatusCode.OK).Json["rows"]!.AsArray();

    private static IEnumerable<string> Errors(JsonArray rows) =>
        from row in rows
        from error in row!["errors"]!.AsArray()
        select $"{row["line"]} {error!["code"]}@{error["column"]} {error["value"]}";

    private static (string?, string?, int?, int?, int?) State(JsonNode import) =>
        ((string?)import["state"], (string?)import["stateTitle"], (int?)import["rows"], (int?)import["rejected"], (int?)import["remaining"]);

    private static (int?, int?, int?) Stored(JsonNode import) => ((int?)import["added"], (int?)import["changed"], (int?)import["unchanged"]);

    /// <summary>A file on a line that goes dead at its end.</summary>
    private sealed class BreaksOff(byte[] sent) : MemoryStream(sent)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new IOException("The line is dead.");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAndBreakAsync(destination, cancellationToken);

        private async Task CopyAndBreakAsync(Stream destination, CancellationToken cancellationToken)
        {
            await destination.WriteAsync(ToArray(), cancellationToken);
            await destination.FlushAsync(cancellationToken);
            await Task.Delay(200, cancellationToken);
            throw new IOException("The line is dead.");
        }
    }
}
