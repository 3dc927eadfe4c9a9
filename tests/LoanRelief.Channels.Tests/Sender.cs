using System.Collections.Concurrent;
using System.Text.Json;
using LoanRelief.Desk;
using LoanRelief.Domain.Loans;
using LoanRelief.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LoanRelief.Channels.Tests;

/// <summary>The sending side as a host wires it, with everything it logs caught.</summary>
internal sealed class Sender : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly CaughtLog _log = new();

    public Sender(params (string Name, string Value)[] options) =>
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(options.Select(o => KeyValuePair.Create($"Channels:{o.Name}", (string?)o.Value)))
                .Build())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log))
            .AddChannels()
            .BuildServiceProvider();

    public IReadOnlyList<string> Log => [.. _log.Lines];

    public static OutgoingEvent Event(string id = "wencheng-rcb~JJ2022-0001~1/reminder/2", string data = """{"amount":2000000.00}""") =>
        new(
            id,
            "loanrelief.reminder.requested",
            "wencheng-rcb~JJ2022-0001~1",
            new DateTimeOffset(2022, 11, 30, 9, 0, 0, TimeSpan.FromHours(8)),
            JsonElement.Parse(data));

    public Task<Delivery> SendAsync(WebhookReceiver receiver, OutgoingEvent? outgoing = null, CancellationToken? cancellationToken = null) =>
        SendAsync(new Webhook(receiver.Url, receiver.Secret), outgoing, cancellationToken);

    public Task<Delivery> SendAsync(Webhook? webhook, OutgoingEvent? outgoing = null, CancellationToken? cancellationToken = null)
    {
        var institution = new Institution
        {
            Id = Identifier.Parse<InstitutionId>("wencheng-rcb"),
            Name = "文成农商银行",
            Kind = InstitutionKind.Bank,
            Webhook = webhook,
        };
        return _services.GetRequiredService<IEventChannel>()
            .DeliverAsync(institution, outgoing ?? Event(), cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public void Dispose() => _services.Dispose();

    private sealed class CaughtLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue($"scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
