using Microsoft.DurableTask;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>How often an activity is tried before its orchestration hears of it.</summary>
internal static class Retries
{
    /// <summary>Over half a minute: the storage's own retries have failed by then, and most outages are over.</summary>
    public static readonly TaskOptions OfRound = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 3));

    /// <summary>Over about ten minutes: an institution that could not be served makes the whole run start again.</summary>
    public static readonly TaskOptions OfJob = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 6, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(5)));
}
