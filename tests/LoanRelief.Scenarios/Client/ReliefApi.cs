using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace LoanRelief.Scenarios.Client;

/// <summary>HTTP as a bank's program speaks it: JSON, and the same request again until it is answered.</summary>
/// <remarks>
/// Written from the published surface; it shares no code with the program. A request that got no answer may have been
/// carried out, so a change carries a key by which its repeat is recognised.
/// </remarks>
public sealed class ReliefApi(Uri address) : IDisposable
{
    /// <summary>Longer than a host takes to come back, or a storage that is away for a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>What is there, which has to be there.</summary>
    public async Task<T> GetAsync<T>(string path) => (await SendAsync(HttpMethod.Get, path)).Expect(HttpStatusCode.OK).As<T>();

    /// <param name="key">By which a repeat is recognised; needed where a repeat would do it twice.</param>
    /// <param name="ifMatch">The <c>ETag</c> that the caller has seen.</param>
    public Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? key = null, string? ifMatch = null) => SendAsync(() =>
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.Add("If-Match", ifMatch);
        return request;
    });

    /// <summary>Sends a file.</summary>
    public Task<Answer> SendAsync(string path, byte[] file, string mediaType) => SendAsync(() =>
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new(mediaType);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    });

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(Func<HttpRequestMessage> make)
    {
        for (var since = DateTime.UtcNow; ; await Task.Delay(Pause, TestContext.Current.CancellationToken))
        {
            using var request = make();
            var late = DateTime.UtcNow - since > Patience;
            try
            {
                using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || late)
                    return await Answer.OfAsync(response);
            }
            catch (Exception gone) when (gone is HttpRequestException or SocketException && !late)
            {
                // Not there, or gone before it answered.
            }
        }
    }
}
