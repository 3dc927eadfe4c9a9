using LoanRelief.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoanRelief.Channels;

public static class ChannelServices
{
    /// <summary>Registers <see cref="IEventChannel"/>, with options from the configuration section <c>Channels</c>.</summary>
    /// <remarks>Options out of range stop the host at its start, with <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</remarks>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddOptions<ChannelOptions>()
            .BindConfiguration(ChannelOptions.Section)
            .Validate(
                options => options.IsValid,
                $"{ChannelOptions.Section}: Source is a URI reference, AttemptTimeout lies between 0 and 5 minutes, LongestRetryAfter is not negative.")
            .ValidateOnStart();

        services.AddHttpClient(WebhookChannel.ClientName)
            // The client's own log lines carry the receiver's address, which may hold a token.
            .RemoveAllLoggers()
            // Connections are renewed below, so that a moved receiver is found without a new handler.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                // Nothing is read from an answer's body. A little is drained so that the connection can be used again;
                // a longer or slower body costs the receiver its connection, and us nothing.
                handler.MaxResponseDrainSize = 16 * 1024;
                handler.ResponseDrainTimeout = TimeSpan.FromSeconds(1);
            });

        services.TryAddSingleton<IEventChannel, WebhookChannel>();
        return services;
    }
}
