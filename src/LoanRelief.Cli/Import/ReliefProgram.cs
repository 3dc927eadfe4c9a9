using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace LoanRelief.Cli.Import;

/// <summary>The program at the other end, as far as imports are concerned.</summary>
internal sealed class ReliefProgram : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="key">A function key, where the program runs in Azure; null where it wants none.</param>
    /// <param name="language">In which it is to answer.</param>
    /// <param name="line">Over which it is reached; this machine's network if left out.</param>
    public ReliefProgram(Uri host, string? key, string language, HttpMessageHandler? line = null)
    {
        Host = host;
        // A book may take as long as its line needs; everything else is given up by whoever asked for it.
        _http = new(line ?? new SocketsHttpHandler()) { BaseAddress = new(host.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        if (!string.IsNullOrEmpty(key))
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    public Uri Host { get; }

    /// <summary>Sends a book from its beginning.</summary>
    /// <param name="idempotencyKey">The same as before when it is sent again because no answer came: what was received then is the answer.</param>
    /// <param name="sent">Is told how many bytes have gone out.</param>
    public async Task<ImportAnswer> SendAsync(BookFile book, string idempotencyKey, Action<long> sent, CancellationToken cancellationToken)
    {
        await using var file = new ReportingStream(book.File.OpenRead(), sent);
        using var content = new StreamContent(file, 128 * 1024);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(book.MediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/institutions/{Uri.EscapeDataString(book.Institution)}/loan-imports") { Content = content };
        // The answer to a book that is refused may come before all of it has been sent.
        request.Headers.ExpectContinue = true;
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await _http.SendAsync(request, cancellationToken);
        return await ReadAsync(response, response.Headers.Location?.OriginalString, cancellationToken);
    }

    /// <param name="path">Where the import is.</param>
    public async Task<ImportAnswer> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var response = await _http.GetAsync(Relative(path), patience.Token);
        return await ReadAsync(response, path, cancellationToken);
    }

    /// <summary>Stores the refused rows as they come, byte by byte.</summary>
    public async Task SaveRejectedAsync(string path, FileInfo target, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(Relative(path + "/rejected-rows.csv"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var file = target.Create();
        await response.Content.CopyToAsync(file, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ImportAnswer> ReadAsync(HttpResponseMessage response, string? path, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return new ImportAnswer.Taken(path!, (await response.Content.ReadFromJsonAsync<ImportStatus>(cancellationToken))!);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
            return new ImportAnswer.NotNow(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(5));
        try
        {
            return new ImportAnswer.Refused((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<ProblemText>(cancellationToken))!);
        }
        catch (JsonException)
        {
            return new ImportAnswer.Refused((int)response.StatusCode, new($"HTTP {(int)response.StatusCode}", null, null));
        }
    }

    private static Uri Relative(string path) => new(path.TrimStart('/'), UriKind.Relative);
}

/// <summary>What the program answered.</summary>
internal abstract record ImportAnswer
{
    private ImportAnswer()
    {
    }

    /// <param name="Path">Where the import is.</param>
    public sealed record Taken(string Path, ImportStatus Import) : ImportAnswer;

    /// <param name="Pause">After which it is worth trying again.</param>
    public sealed record NotNow(TimeSpan Pause) : ImportAnswer;

    public sealed record Refused(int Status, ProblemText Problem) : ImportAnswer;
}

/// <summary>An import as the program tells of it.</summary>
internal sealed record ImportStatus(Guid Id, string State, int Rows, int Rejected, int Added, int Changed, int Unchanged, int Remaining)
{
    public bool IsCompleted => State == "completed";

    public int Stored => Added + Changed + Unchanged;
}

/// <summary>What of a problem (RFC 9457) a person reads.</summary>
internal sealed record ProblemText(string Title, string? Detail, IReadOnlyList<ProblemReason>? Errors);

internal sealed record ProblemReason(string? Field, string Title, IReadOnlyDictionary<string, string>? Values);
