using System.Net;
using System.Text;
using System.Text.Json;
using LoanRelief.Scenarios.Client;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>A bank hands over its loan book, then what changed in it; the scan opens cases; and then loans change that have a case.</summary>
/// <remarks>Each part is a step of its own, so that things can go wrong in each.</remarks>
internal sealed class BookStory(Bank bank)
{
    private const int Loans = 1_200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<LoanSheet> _book =
        [.. Enumerable.Range(1, Loans).Select(n => bank.NewLoan(daysToMaturity: 36 + n % 120))];

    /// <summary>Loans whose case the first scan opens: contact is due a month before maturity, and the case half a month before that.</summary>
    private IEnumerable<LoanSheet> Due => _book.Where(loan => loan.Maturity <= bank.Time.Today.AddDays(46));

    /// <summary>One row in twenty is bad.</summary>
    public Task<string> SendBookAsync() => SendAsync(_book.Select((loan, n) => n % 20 == 7 ? loan with { Rate = 4.35m } : loan));

    /// <summary>Some loans as they were, some with another maturity, the bad ones put right.</summary>
    public Task<string> SendChangesAsync() => SendAsync(_book.Take(300).Select((loan, n) => n % 3 == 0 ? loan with { Maturity = loan.Maturity.AddDays(7) } : loan));

    /// <summary>The next morning.</summary>
    public Task ScanAsync() => bank.Time.PassDaysAsync(1);

    /// <summary>Loans with an open case have been repaid in part.</summary>
    public Task<string> SendRepaymentsAsync() => SendAsync(Due.Skip(40).Take(30).Select(loan => loan with { Outstanding = 1_500_000.00m }));

    /// <summary>Waits until a book that has been received is in the loan book.</summary>
    /// <returns>How many loans it added, changed and left as they were.</returns>
    public async Task<(int Added, int Changed, int Unchanged)> StoredAsync(string import)
    {
        for (var since = DateTime.UtcNow; DateTime.UtcNow - since < Patience; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            if (await bank.Api.GetAsync<ImportView>(import) is { State: "completed" } stored)
                return (stored.Added, stored.Changed, stored.Unchanged);
        }

        throw new TimeoutException($"{import} was not stored within {Patience}.");
    }

    /// <returns>Where the import is.</returns>
    private async Task<string> SendAsync(IEnumerable<LoanSheet> loans)
    {
        var file = string.Join('\n', loans.Select(loan => JsonSerializer.Serialize(loan, ReliefApi.Json)));
        var received = await bank.Api.SendAsync($"/api/institutions/{bank.Name}/loan-imports", Encoding.UTF8.GetBytes(file), "application/x-ndjson");
        return received.Expect(HttpStatusCode.Accepted).Location!;
    }

    private sealed record ImportView(string State, int Added, int Changed, int Unchanged);
}
