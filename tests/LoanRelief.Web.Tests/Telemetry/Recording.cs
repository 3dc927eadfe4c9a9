using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace LoanRelief.Web.Tests.Telemetry;

/// <summary>Listens to everything that this process says about itself, whoever says it.</summary>
internal sealed class Recording : IDisposable
{
    private readonly ActivityListener _spans;
    private readonly MeterListener _meters = new();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();

    public Recording()
    {
        _spans = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_spans);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "LoanRelief")
                _instruments.TryAdd(instrument.Name, instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>(Keep);
        _meters.SetMeasurementEventCallback<int>(Keep);
        _meters.SetMeasurementEventCallback<double>(Keep);
        _meters.Start();
    }

    /// <summary>The program's own spans.</summary>
    public IEnumerable<Activity> Spans => _ended.Where(span => span.Source.Name == "LoanRelief");

    /// <summary>The program's own instruments.</summary>
    public IEnumerable<Instrument> Instruments => _instruments.Values;

    /// <summary>What the program's own instruments have measured.</summary>
    public IEnumerable<Measured> Measured => _measured.Where(measured => measured.Meter == "LoanRelief");

    /// <summary>Every text in anything that was heard, of the program and of all libraries.</summary>
    public IEnumerable<string> Everything =>
    [
        .. _ended.SelectMany(span => (IEnumerable<string?>)
        [
            span.OperationName, span.DisplayName, span.StatusDescription, span.TraceStateString,
            .. Texts(span.TagObjects), .. span.Baggage.SelectMany(each => (IEnumerable<string?>)[each.Key, each.Value]),
            .. span.Events.SelectMany(each => (IEnumerable<string?>)[each.Name, .. Texts(each.Tags)]),
        ]).OfType<string>(),
        .. _measured.SelectMany(measured => (IEnumerable<string>)[measured.Name, .. Texts(measured.Tags)]),
    ];

    /// <summary>Has the gauges measure.</summary>
    public void Look() => _meters.RecordObservableInstruments();

    /// <summary>The sum of what an instrument has measured with these tags.</summary>
    public double Sum(string instrument, params (string Tag, string Value)[] tags) =>
        Measured.Where(measured => measured.Name == instrument && tags.All(tag => measured.Tag(tag.Tag) == tag.Value)).Sum(measured => measured.Value);

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
    }

    private static IEnumerable<string> Texts(IEnumerable<KeyValuePair<string, object?>> tags) =>
        tags.SelectMany(tag => (IEnumerable<string>)[tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""]);

    private void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) where T : struct, IConvertible =>
        _measured.Enqueue(new(instrument.Meter.Name, instrument.Name, value.ToDouble(CultureInfo.InvariantCulture), tags.ToArray()));
}

internal sealed record Measured(string Meter, string Name, double Value, IReadOnlyList<KeyValuePair<string, object?>> Tags)
{
    public string? Tag(string name) => Tags.FirstOrDefault(tag => tag.Key == name).Value as string;
}
