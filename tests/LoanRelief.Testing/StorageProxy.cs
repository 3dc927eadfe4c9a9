using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace LoanRelief.Testing;

/// <summary>Stands between a program and its Azurite: counts the calls, and lets a test fail, delay or interrupt them.</summary>
/// <remarks>
/// Calls are passed on byte for byte. The signature of a call covers the path and not the address, so it holds for the
/// proxy too. The hooks run for every call, at the same time for calls that come at the same time.
/// </remarks>
public sealed class StorageProxy : IAsyncDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Proxy-Connection", "TE", "Trailer",
    };

    private readonly WebApplication _listener;
    private readonly HttpMessageInvoker _storage = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Lock _counting = new();
    private readonly Uri _target;
    private StorageCounts _counts;

    private StorageProxy(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _listener = builder.Build();
        _listener.Run(ServeAsync);
    }

    /// <summary>Runs before a call is passed on; any verdict but <see cref="ProxyVerdict.Pass"/> and a delay keeps it from the table service.</summary>
    public Func<StorageRequest, Task<ProxyVerdict>>? Before { get; set; }

    /// <summary>
    /// Runs when the table service has answered (see <see cref="StorageRequest.Status"/>) and the program does not know yet;
    /// the verdict decides what it gets to know.
    /// </summary>
    public Func<StorageRequest, Task<ProxyVerdict>>? After { get; set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string ConnectionString => Azurite.ConnectionStringAt(Address);

    /// <summary>All calls so far; take the difference of two to count what happened between.</summary>
    public StorageCounts Counts
    {
        get
        {
            lock (_counting)
                return _counts;
        }
    }

    public static async Task<StorageProxy> StartAsync(Azurite azurite)
    {
        ArgumentNullException.ThrowIfNull(azurite);
        var proxy = new StorageProxy(azurite.Address);
        await proxy._listener.StartAsync();
        proxy.Address = new(proxy._listener.Urls.Single());
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _storage.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var body = await ReadAsync(context.Request.Body);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = StorageRequestParser.Parse(context.Request.Method, target, Encoding.UTF8.GetString(body));

        if (await StopsAsync(Before, request, context))
            return;

        // Not cancelled when the program goes away: what it has sent off reaches the table service.
        using var call = Copy(context.Request, target, body);
        using var answer = await _storage.SendAsync(call, CancellationToken.None);
        var content = await answer.Content.ReadAsByteArrayAsync();
        lock (_counting)
            _counts = _counts.Plus(request);

        if (await StopsAsync(After, request with { Status = (int)answer.StatusCode, EntitiesRead = EntitiesIn(request, answer, content) }, context))
            return;
        await WriteAsync(context.Response, answer, content);
    }

    /// <returns>Whether the call ends here, its answer (or lack of one) given.</returns>
    private static async Task<bool> StopsAsync(Func<StorageRequest, Task<ProxyVerdict>>? hook, StorageRequest request, HttpContext context)
    {
        var verdict = hook is null ? ProxyVerdict.Pass : await hook(request);
        await Task.Delay(verdict.Pause);
        if (verdict.Drops)
            context.Abort();
        else if (verdict.Status is { } status)
            context.Response.StatusCode = status;
        return verdict.Drops || verdict.Status is not null;
    }

    private HttpRequestMessage Copy(HttpRequest request, string target, byte[] body)
    {
        // As it came, escapes included: the signature is over these very characters.
        var uri = new Uri(
            $"{_target.GetLeftPart(UriPartial.Authority)}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var copy = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (body.Length > 0 || request.ContentLength is not null)
            copy.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Headers)
        {
            if (!HopByHop.Contains(name) && !copy.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                copy.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return copy;
    }

    private static async Task WriteAsync(HttpResponse response, HttpResponseMessage answer, byte[] content)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!HopByHop.Contains(name))
                response.Headers[name] = new StringValues([.. values]);
        }

        if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            await response.Body.WriteAsync(content);
    }

    private static int EntitiesIn(StorageRequest request, HttpResponseMessage answer, byte[] content)
    {
        if (!answer.IsSuccessStatusCode || request.Kind is not (StorageRequestKind.PointRead or StorageRequestKind.Query))
            return 0;
        if (request.Kind == StorageRequestKind.PointRead)
            return 1;
        using var page = JsonDocument.Parse(content);
        return page.RootElement.GetProperty("value").GetArrayLength();
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}
