using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Orchestrations;

/// <summary>Keeps for operators what the rounds of a case fail with, until one succeeds. A round that succeeds after another costs nothing.</summary>
public sealed partial class RoundFailures(IOrchestrationStore store, IEnumerable<FailureCode> codes, TimeProvider clock)
{
    /// <summary>A round has failed.</summary>
    /// <param name="rounds">How many have since the last one that succeeded.</param>
    /// <param name="error">From <see cref="Describe"/>.</param>
    public Task FailedAsync(CaseId id, int rounds, string error, CancellationToken cancellationToken) =>
        PutAsync(id, new(rounds, error, clock.GetUtcNow()), cancellationToken);

    /// <summary>The first round after some that failed has succeeded.</summary>
    public Task RecoveredAsync(CaseId id, CancellationToken cancellationToken) => PutAsync(id, null, cancellationToken);

    /// <summary>
    /// An exception without its message, which may repeat what somebody wrote: the kinds with their codes, outermost first,
    /// and where in the program it was seen first.
    /// </summary>
    public string Describe(Exception failure)
    {
        var kinds = new List<string>();
        for (var each = failure; each is not null; each = each.InnerException)
            kinds.Add(string.Join(' ', [each.GetType().Name, .. codes.Select(code => code(each)).OfType<string>()]));
        var place = Place.Match(failure.StackTrace ?? "");
        return string.Join(" < ", kinds) + (place.Success ? $" in {place.Groups["method"].Value}" : "");
    }

    private Task PutAsync(CaseId id, RoundFailure? failure, CancellationToken cancellationToken) => ConflictException.RetryAsync(async () =>
    {
        var stored = await store.FindAsync(id, cancellationToken);
        if (stored.Orchestration.Failure != failure)
            await store.PutAsync(stored, stored.Orchestration with { Failure = failure }, null, cancellationToken);
    }, cancellationToken);

    /// <summary>The innermost method of the program in a stack trace.</summary>
    [GeneratedRegex(@"LoanRelief\.(?<method>[\w.]+)\(")]
    private static partial Regex Place { get; }
}

/// <summary>The code that an exception of a library stands for, such as an HTTP status; null for other exceptions. Whoever brings the library in says it.</summary>
public delegate string? FailureCode(Exception failure);
