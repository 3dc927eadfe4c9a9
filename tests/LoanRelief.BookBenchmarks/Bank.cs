using System.Net;
using System.Net.Http.Json;
using LoanRelief.Domain.Loans;

namespace LoanRelief.BookBenchmarks;

/// <summary>An institution that uses the program over HTTP.</summary>
internal sealed class Bank(HttpClient http, InstitutionId institution)
{
    /// <summary>Between two looks at what goes on: short beside what it takes, long beside what a look costs.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private string Path => $"/api/institutions/{institution}";

    public Book Book { get; } = new(institution);

    /// <param name="webhook">Where its events go; null for none.</param>
    public Task RegisterAsync(Uri? webhook = null) => SendAsync<object>(HttpMethod.Put, Path, JsonContent.Create(new
    {
        name = "文成某银行",
        kind = "bank",
        webhook = webhook is null ? null : new { url = webhook, secret = "whsec_" + Convert.ToBase64String(new byte[32]) },
    }));

    /// <summary>Sends a book and waits until all of it is in the loan book.</summary>
    /// <param name="onLook">Told how many loans are in the loan book, now and then.</param>
    public async Task ImportAsync(IEnumerable<Loan> loans, Action<int>? onLook = null)
    {
        var import = await SendAsync<ImportView>(HttpMethod.Post, $"{Path}/loan-imports", new CsvContent(loans));
        while (import.State != "completed")
        {
            import = await LookAgainAsync($"{Path}/loan-imports/{import.Id}", import);
            onLook?.Invoke(import.Added);
        }

        if (import.Rejected > 0)
            throw new InvalidOperationException($"{import.Rejected} of {import.Rows} rows were refused.");
    }

    /// <summary>Runs the maturity scan to its end.</summary>
    public Task ScanAsync() => SendAsync<object>(HttpMethod.Post, "/api/operations/jobs/maturity-scan/runs", null);

    /// <summary>Moves the clock and waits until everything that has come due by then is done.</summary>
    public async Task PassTimeAsync(DateTimeOffset to)
    {
        for (var clock = await SendAsync<ClockView>(HttpMethod.Post, "/api/operations/clock", JsonContent.Create(new { to })); clock.Overdue > 0;)
            clock = await LookAgainAsync("/api/operations/clock", clock);
    }

    public Task<T> GetAsync<T>(string path) => SendAsync<T>(HttpMethod.Get, path, null);

    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<T>())!
            : throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}", null, answer.StatusCode);
    }

    /// <summary>What goes on meanwhile; as it was, where the storage is too busy to say.</summary>
    private async Task<T> LookAgainAsync<T>(string path, T before)
    {
        await Task.Delay(BetweenLooks);
        try
        {
            return await GetAsync<T>(path);
        }
        catch (HttpRequestException busy) when (busy.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return before;
        }
    }

    private sealed record ClockView(int Overdue);

    private sealed record ImportView(Guid Id, string State, int Rows, int Rejected, int Added);
}
