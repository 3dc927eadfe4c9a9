using System.Globalization;
using System.Net;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Client;

/// <summary>A bank as a user of the program: its loan book, its cases, its clock on the wall and its webhook.</summary>
/// <param name="name">The institution's short name.</param>
/// <param name="nextNumber">Gives a number that no loan of the bank has had.</param>
public sealed class Bank(ReliefApi api, BusinessTime time, WebhookReceiver webhook, string name, Func<int> nextNumber)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<CaseFile> _files = [];

    public ReliefApi Api => api;

    public BusinessTime Time => time;

    public WebhookReceiver Webhook => webhook;

    public string Name => name;

    /// <summary>Every case that it has dealt with.</summary>
    public IReadOnlyList<CaseFile> Files => _files;

    public Task RegisterAsync() => RegisterAsync(new { webhook.Url, webhook.Secret });

    /// <summary>No more events: what happens from now on stays in the history of each case.</summary>
    public Task DeregisterWebhookAsync() => RegisterAsync(null);

    /// <summary>A loan for a year, 2,000,000 yuan to a small firm in Wencheng as in seed 003, that is not in the book yet.</summary>
    public LoanSheet NewLoan(DateOnly maturity) => new()
    {
        Number = string.Create(CultureInfo.InvariantCulture, $"JJ2024-{nextNumber():D4}"),
        DrawnOn = maturity.AddYears(-1),
        Maturity = maturity,
    };

    public LoanSheet NewLoan(int daysToMaturity) => NewLoan(time.Today.AddDays(daysToMaturity));

    public async Task<LoanSheet> HandOverAsync(LoanSheet loan)
    {
        (await api.SendAsync(HttpMethod.Put, $"/api/institutions/{name}/loans/{loan.Number}", loan)).Expect(HttpStatusCode.Created, HttpStatusCode.OK);
        return loan;
    }

    /// <summary>Hands the loan over and asks for relief.</summary>
    public async Task<CaseFile> OpenAsync(LoanSheet loan)
    {
        await HandOverAsync(loan);
        var opened = (await AskAsync(loan, $"open-{loan.Number}")).Expect(HttpStatusCode.Accepted);
        var file = Keep(new(this, opened.As<CaseView>().Id, loan));
        Assert.Equal(file.Path, opened.Location);
        await time.SettleAsync();
        return file;
    }

    /// <summary>Asks for relief of a loan.</summary>
    public Task<Answer> AskAsync(LoanSheet loan, string key) =>
        api.SendAsync(HttpMethod.Post, $"/api/institutions/{name}/cases", new { LoanNumber = loan.Number, By = Facts.Manager }, key);

    /// <summary>The case that the maturity scan has opened, as the bank hears of it.</summary>
    public async Task<CaseFile> HearOfCaseAsync(LoanSheet loan)
    {
        var heard = await webhook.WaitForAsync(
            e => e.Type == "loanrelief.contact.requested" && e.Data.GetProperty("loan").GetString() == loan.Number, Patience);
        return Keep(new(this, heard.Subject!, loan));
    }

    /// <summary>What came about a loan or a case, in order, without the prefix that all types have.</summary>
    public IEnumerable<ReceivedEvent> EventsAbout(string subject) => webhook.Events.Where(e => e.Subject == subject);

    /// <summary>What came about the due dates of a loan.</summary>
    public IEnumerable<ReceivedEvent> EventsAbout(LoanSheet loan) => EventsAbout($"{name}~{loan.Number}");

    private async Task RegisterAsync(object? events) =>
        (await api.SendAsync(HttpMethod.Put, $"/api/institutions/{name}", new { Name = "文成某银行", Kind = "bank", Webhook = events }))
            .Expect(HttpStatusCode.Created, HttpStatusCode.OK);

    private CaseFile Keep(CaseFile file)
    {
        _files.Add(file);
        return file;
    }
}
