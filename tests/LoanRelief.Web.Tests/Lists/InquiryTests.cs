using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Lists;

public sealed class InquiryTests(Azurite azurite) : ListTests(azurite)
{
    private const string Inquiries = $"/api/institutions/{Institution}/inquiries";
    private const string First = $"{Authority}~needs-2026-01~17";
    private const string Header = "number,kind,creditCode,text,responsible,receivedOn,answerBy";

    [Fact]
    public async Task An_authority_pushes_needs_and_problems_to_whoever_is_responsible_with_a_day_for_the_answer()
    {
        await PushAsync();

        var list = (await GetAsync(Inquiries, ("Accept-Language", "zh"))).Is(HttpStatusCode.OK).Json["inquiries"]!.AsArray();

        // Five working days for a problem, ten for a need, unless the list says otherwise.
        Assert.Equal(
            [$"{Authority}~needs-2026-01~18 问题 2026-01-12 ", $"{First} 融资需求 2026-01-19 {Loan}", $"{Authority}~needs-2026-01~19 融资需求 2026-03-31 "],
            list.Select(inquiry => $"{inquiry!["id"]} {inquiry["kindTitle"]} {inquiry["answerBy"]} {string.Join(' ', inquiry["loans"]!.AsArray())}"));
        var page = (await GetAsync($"{Inquiries}?pageSize=2")).Is(HttpStatusCode.OK);
        Assert.Single((await GetAsync(page.Headers["Link"].Split('<', '>')[1])).Is(HttpStatusCode.OK).Json["inquiries"]!.AsArray());
        Assert.Equal("购置设备需贷款", (string?)(await GetAsync($"/api/institutions/{Authority}/inquiries/{First}")).Is(HttpStatusCode.OK).Json["text"]);
        (await GetAsync($"/api/institutions/another-bank/inquiries/{First}")).IsProblem(HttpStatusCode.NotFound, "inquiry-unknown");
    }

    [Fact]
    public async Task What_is_late_is_listed_counted_and_reminded_of_until_it_is_answered()
    {
        await PushAsync();
        await MoveToAsync("2026-01-13T08:00:00+08:00");
        Assert.Equal([$"{Authority}~needs-2026-01~18"], await LateAsync());

        Assert.Equal((1, 1), await RemindAsync());
        Assert.Equal((1, 0), await RemindAsync());
        var sent = Assert.Single(House.Channel.Sent, sent => sent.Type == "loanrelief.inquiry.overdue");
        Assert.Equal($"{Authority}~needs-2026-01~18/overdue/1", sent.Id);
        Assert.DoesNotContain("抵押", sent.Data.GetRawText(), StringComparison.Ordinal);
        await MoveToAsync("2026-01-20T08:00:00+08:00");
        // The authority has one of its own by now.
        Assert.Equal((3, 3), await RemindAsync());

        var answered = (await AnswerAsync($"{Authority}~needs-2026-01~18", "已协调登记机构")).Is(HttpStatusCode.OK).Json;
        Assert.Equal((true, 2, "2026-01-20"), ((bool)answered["late"]!, (int)answered["reminders"]!, (string)answered["answer"]!["on"]!));
        (await AnswerAsync($"{Authority}~needs-2026-01~18", "已协调登记机构")).Is(HttpStatusCode.OK);
        (await AnswerAsync($"{Authority}~needs-2026-01~18", "另一答复")).IsProblem(HttpStatusCode.Conflict, "inquiry-answered");
        Assert.Equal([First], await LateAsync());
        Assert.Equal((2, 0), await RemindAsync());
    }

    [Fact]
    public async Task Nobody_makes_another_institution_responsible_but_an_authority_and_none_that_is_not_there()
    {
        await HaveAuthorityAsync();
        await HaveInstitutionAsync();
        Assert.Equal([$"2 not-allowed@responsible {Authority}"], await SendAsync(Institution, Authority));
        Assert.Equal(["2 institution-not-registered@responsible nobody-bank"], await SendAsync(Authority, "nobody-bank"));
        Assert.Empty(await SendAsync(Institution, ""));
        (await AnswerAsync(First, "x")).IsProblem(HttpStatusCode.NotFound, "inquiry-unknown");

        async Task<IEnumerable<string>> SendAsync(string by, string responsible) => Errors(
            (await SendListAsync($"/api/institutions/{by}/inquiry-lists/needs-2026-01", $"{Header}\n17,need,{Code},x,{responsible},2026-01-05,\n")).Is(HttpStatusCode.OK).Json);
    }

    private async Task PushAsync()
    {
        await HaveAuthorityAsync();
        await HaveLoanAsync(change: WithCode);
        var stored = (await SendListAsync($"/api/institutions/{Authority}/inquiry-lists/needs-2026-01", string.Join('\n',
            Header, $"17,need,{Code},购置设备需贷款,{Institution},2026-01-05,", $"18,problem,{OtherCode},抵押登记办理时间过长,{Institution},2026-01-05,",
            $"19,need,{OtherCode},x,{Institution},2026-01-05,2026-03-31", $"20,need,{OtherCode},x,,2026-01-05,"))).Is(HttpStatusCode.OK).Json;
        Assert.Equal((4, 4, 0, 0), Counts(stored));
    }

    private async Task<IEnumerable<string>> LateAsync() =>
        (await GetAsync($"{Inquiries}?late=true")).Is(HttpStatusCode.OK).Json["inquiries"]!.AsArray().Select(inquiry => (string)inquiry!["id"]!);

    private async Task<(int Late, int Reminded)> RemindAsync()
    {
        var counts = (await SendAsync(HttpMethod.Post, "/api/operations/jobs/inquiry-reminders/runs", null)).Is(HttpStatusCode.OK).Json["counts"]!;
        return ((int)counts["late"]!, (int)counts["reminded"]!);
    }

    private async Task MoveToAsync(string instant) => (await PostAsync("/api/operations/clock", new JsonObject { ["to"] = instant })).Is(HttpStatusCode.OK);

    private Task<Reply> AnswerAsync(string inquiry, string text) => PostAsync($"{Inquiries}/{inquiry}/answer", new JsonObject { ["by"] = "mgr-lin", ["text"] = text });
}
