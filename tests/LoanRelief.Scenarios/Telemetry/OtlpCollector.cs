using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LoanRelief.Scenarios.Telemetry;

/// <summary>A collector that speaks OTLP over HTTP on a free loopback port, and keeps what comes.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _traces = [];
    private readonly ConcurrentQueue<byte[]> _metrics = [];

    private OtlpCollector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(KeepAsync);
    }

    /// <summary>Has a host send everything here, within a second.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new("OTEL_BSP_SCHEDULE_DELAY", "200"),
        new("OTEL_METRIC_EXPORT_INTERVAL", "500"),
    ];

    public IReadOnlyList<OtlpSpan> Spans => [.. _traces.SelectMany(OtlpSpan.Read)];

    public IReadOnlySet<string> Metrics => _metrics.SelectMany(MetricNames).ToHashSet();

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Whether a text is anywhere in what came.</summary>
    public bool Has(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return _traces.Concat(_metrics).Any(body => body.AsSpan().IndexOf(bytes) >= 0);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        (http.Request.Path == "/v1/traces" ? _traces : _metrics).Enqueue(body.ToArray());
        http.Response.ContentType = "application/x-protobuf"; // and an empty message: all was taken
    }

    /// <summary>ExportMetricsServiceRequest: 1 resource, 2 scope, 2 metric, 1 name.</summary>
    private static IEnumerable<string> MetricNames(byte[] request) =>
        from resource in Protobuf.Parts(request, 1)
        from scope in Protobuf.Parts(resource, 2)
        from metric in Protobuf.Parts(scope, 2)
        select Protobuf.Text(metric, 1);
}

/// <param name="Scope">Name of its source.</param>
/// <param name="Tags">Those with texts.</param>
internal sealed record OtlpSpan(string Scope, string Name, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>ExportTraceServiceRequest: 1 resource, 2 scope (1 scope, 1 name), 2 span (5 name, 9 tag (1 key, 2 value, 1 text)).</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Protobuf.Parts(request, 1)
        from scope in Protobuf.Parts(resource, 2)
        from span in Protobuf.Parts(scope, 2)
        select new OtlpSpan(
            Protobuf.Text(Protobuf.Parts(scope, 1).First(), 1),
            Protobuf.Text(span, 5),
            Protobuf.Parts(span, 9).ToDictionary(tag => Protobuf.Text(tag, 1), tag => Protobuf.Text(Protobuf.Parts(tag, 2).First(), 1)));
}
