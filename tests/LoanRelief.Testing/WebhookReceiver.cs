using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LoanRelief.Testing;

/// <summary>An institution's end of a webhook: a real server on a free loopback port that trusts nobody.</summary>
/// <remarks>
/// It is written from the specifications (CloudEvents 1.0, Standard Webhooks 1.0.0) and shares no code with the sender.
/// What a sender does wrong is answered with 400 and kept in <see cref="Faults"/>, which a test should find empty.
/// All members may be used from any thread.
/// </remarks>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly WebApplication _app;
    private readonly byte[] _key;
    private readonly Lock _lock = new();
    private readonly List<ReceivedEvent> _events = [];
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = [];
    private TaskCompletionSource _changed = NewSignal();

    private WebhookReceiver(string secret)
    {
        Secret = secret;
        _key = secret.StartsWith("whsec_", StringComparison.Ordinal) ? Convert.FromBase64String(secret[6..]) : Encoding.UTF8.GetBytes(secret);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>Where to send events.</summary>
    public Uri Url => new(new Uri(_app.Urls.First()), "/events");

    /// <summary>The secret to register with <see cref="Url"/>.</summary>
    public string Secret { get; }

    /// <summary>What came with a good signature, each id once, in order of first arrival.</summary>
    public IReadOnlyList<ReceivedEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <summary>Arrivals beyond the first of each id.</summary>
    public int Duplicates => Events.Sum(e => e.Arrivals - 1);

    /// <summary>What was wrong with requests, such as a bad signature or the same id on another event.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Runs after an event was recorded and before it is answered: the moment in which a sender can be killed.</summary>
    public Func<ReceivedEvent, Task>? BeforeAnswer { get; set; }

    /// <param name="secret">Random when not given.</param>
    public static async Task<WebhookReceiver> StartAsync(string? secret = null)
    {
        var receiver = new WebhookReceiver(secret ?? "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers each of the next <paramref name="count"/> good requests with <paramref name="status"/> instead of 204.</summary>
    public void AnswerNext(int status, int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            AnswerNext(context =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Lets the test write the answer to the next good request.</summary>
    public void AnswerNext(Func<HttpContext, Task> answer) => _answers.Enqueue(answer);

    /// <summary>Answers each of the next <paramref name="count"/> good requests with 204 after a while.</summary>
    public void DelayNext(TimeSpan delay, int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            AnswerNext(async context =>
            {
                await Task.Delay(delay, context.RequestAborted);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            });
        }
    }

    /// <summary>The first event that fits, as soon as there is one; looked at anew with each arrival.</summary>
    /// <exception cref="TimeoutException">None came in time; says what did come.</exception>
    public async Task<ReceivedEvent> WaitForAsync(Func<ReceivedEvent, bool> predicate, TimeSpan timeout)
    {
        using var end = new CancellationTokenSource(timeout);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_events.Find(e => predicate(e)) is { } found)
                    return found;
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(
                    $"No such event within {timeout}. Came: {string.Join(", ", Events.Select(e => $"{e.Id} ({e.Type}) x{e.Arrivals}"))}. Faults: {string.Join("; ", Faults)}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);

        var body = buffer.ToArray();
        if (FaultOf(context.Request, body) is { } fault)
        {
            Refuse(context, fault);
            return;
        }

        var arrived = ReceivedEvent.Parse(body);
        if (Record(arrived) is not { } received)
        {
            Refuse(context, $"{arrived.Id}: came again as another event");
            return;
        }

        if (BeforeAnswer is { } beforeAnswer)
            await beforeAnswer(received);
        if (_answers.TryDequeue(out var answer))
            await answer(context);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private string? FaultOf(HttpRequest request, byte[] body)
    {
        string id = request.Headers["webhook-id"].ToString(), timestamp = request.Headers["webhook-timestamp"].ToString();
        if (!HttpMethods.IsPost(request.Method) || request.ContentType?.StartsWith("application/cloudevents+json", StringComparison.Ordinal) != true)
            return $"{request.Method} with {request.ContentType} is not a CloudEvent in structured mode";
        if (id is "" || id.Contains('.', StringComparison.Ordinal))
            return $"webhook-id '{id}' is missing or has a full stop";
        if (!long.TryParse(timestamp, out var seconds) || (DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
            return $"{id}: webhook-timestamp '{timestamp}' is not within {Tolerance} of now";

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, signed));
        return request.Headers["webhook-signature"].ToString().Split(' ').Contains(expected) ? null : $"{id}: webhook-signature does not match";
    }

    /// <returns>The event with its arrivals counted; null when its id is another event's.</returns>
    private ReceivedEvent? Record(ReceivedEvent arrived)
    {
        lock (_lock)
        {
            var position = _events.FindIndex(e => e.Id == arrived.Id);
            if (position < 0)
            {
                _events.Add(arrived);
            }
            else if (_events[position] is var known && known.Json == arrived.Json)
            {
                arrived = known with { Arrivals = known.Arrivals + 1 };
                _events[position] = arrived;
            }
            else
            {
                return null;
            }

            _changed.SetResult();
            _changed = NewSignal();
            return arrived;
        }
    }

    private void Refuse(HttpContext context, string fault)
    {
        _faults.Enqueue(fault);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A CloudEvent as it came in.</summary>
/// <param name="Id">The same for every attempt.</param>
/// <param name="Type">What happened or is asked for.</param>
/// <param name="Subject">The case or loan that it is about.</param>
/// <param name="Data">The payload.</param>
/// <param name="Json">The whole document, attributes included, as text.</param>
public sealed record ReceivedEvent(string Id, string Type, string? Subject, JsonElement Data, string Json)
{
    /// <summary>How many times the id came with a good signature, whatever the answers were.</summary>
    public int Arrivals { get; init; } = 1;

    internal static ReceivedEvent Parse(byte[] body)
    {
        var root = JsonElement.Parse(body);
        return new(
            root.GetProperty("id").GetString()!,
            root.GetProperty("type").GetString()!,
            root.TryGetProperty("subject", out var subject) ? subject.GetString() : null,
            root.TryGetProperty("data", out var data) ? data : default,
            Encoding.UTF8.GetString(body));
    }
}
