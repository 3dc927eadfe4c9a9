using Azure;

namespace LoanRelief.Tables.Rows;

/// <summary>Work that is worth a try and may fail: somebody else does it later.</summary>
internal static class Attempt
{
    /// <summary>Longer than storage takes for a row, shorter than whoever waits for it would mind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Whether storage did it; false as well when it was not reached or did not answer in time.</returns>
    public static async Task<bool> SucceedsAsync(Func<CancellationToken, Task> work)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await work(patience.Token);
            return true;
        }
        // The client throws an AggregateException when no attempt got an answer.
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or OperationCanceledException)
        {
            return false;
        }
    }
}
