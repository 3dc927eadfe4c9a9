namespace LoanRelief.Desk;

/// <summary>Somebody else changed the row meanwhile.</summary>
public sealed class ConflictException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int Tries = 20;

    /// <summary>Tries again from the beginning when somebody came between, each time with what is so then.</summary>
    /// <exception cref="ConflictException">Somebody came between every time.</exception>
    internal static async Task<T> RetryAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await attempt();
            }
            catch (ConflictException) when (tries < Tries)
            {
                // Whoever came first is done by now; a short random pause keeps many from meeting again.
                await Task.Delay(Random.Shared.Next(1, 10 * tries), cancellationToken);
            }
        }
    }

    /// <inheritdoc cref="RetryAsync{T}"/>
    internal static Task RetryAsync(Func<Task> attempt, CancellationToken cancellationToken) => RetryAsync(
        async () =>
        {
            await attempt();
            return true;
        },
        cancellationToken);
}
