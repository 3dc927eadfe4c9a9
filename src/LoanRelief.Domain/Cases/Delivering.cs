namespace LoanRelief.Domain.Cases;

/// <summary>How an attempt to send an effect ended.</summary>
/// <param name="Key">Key of the effect.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Detail">For an operator, without payload.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
public sealed record EffectReport(string Key, EffectResult Result, string Detail, TimeSpan? RetryAfter = null);

public enum EffectResult
{
    Delivered,

    /// <summary>Worth another attempt.</summary>
    Failed,

    /// <summary>Another attempt would change nothing.</summary>
    Refused,
}

/// <summary>Effects leave the outbox when they were delivered, are tried again with growing pauses, or go to the dead-letter list.</summary>
internal static class Delivering
{
    public static void Record(Step step, EffectReport report)
    {
        // A second report about the same attempt (after a crash) finds nothing left to do.
        if (step.Case.PendingEffects.FirstOrDefault(pending => pending.Key == report.Key) is not { } effect)
            return;
        var pauses = step.Case.Policy.Delivery.RetryMinutes;
        switch (report.Result)
        {
            case EffectResult.Delivered:
                step.Raise(new EffectDelivered(report.Key, report.Detail));
                break;
            case EffectResult.Failed when effect.Attempts < pauses.Count:
                var pause = TimeSpan.FromMinutes(pauses[effect.Attempts]);
                if (report.RetryAfter > pause)
                    pause = report.RetryAfter.Value;
                step.Raise(new EffectPutOff(report.Key, step.Context.Now + pause, report.Detail));
                break;
            default:
                step.Raise(new EffectGivenUp(report.Key, report.Detail));
                break;
        }
    }
}
