using System.Collections.Concurrent;
using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

/// <summary>Properties of previews, which count what was worked out and what was refused, and why.</summary>
internal static class PreviewSampling
{
    /// <summary>The cap is not the subject here: every term counts as long, and fifty years may be added to it.</summary>
    public static readonly ExtensionCap NoCap = new(0m, 0m, 600, 0, 0);

    /// <summary>
    /// Holds a property against each preview that can be worked out, and writes how many there were. What is refused
    /// names its field, and no preview is ever refused because its sums do not foot.
    /// </summary>
    /// <param name="asked">Loans, days, changes.</param>
    /// <param name="atLeast">The share of cases that has to be worked out, or the property would pass on too little.</param>
    /// <param name="holds">The property.</param>
    /// <param name="refusedAtLeast">Likewise of those that are refused, where that is a subject too.</param>
    public static void SamplePreviews(
        this Gen<(Loan Loan, DateOnly AsOf, LoanChange[] Changes)> asked, double atLeast, Func<Loan, ReliefPreview, bool> holds, double refusedAtLeast = 0)
    {
        long worked = 0, refused = 0;
        var reasons = new ConcurrentDictionary<string, int>();
        asked.Sample((loan, asOf, changes) =>
        {
            switch (ReliefCalculator.Preview(loan, asOf, changes, BusinessCalendar.China, NoCap))
            {
                case ReliefResult.Worked { Preview: var preview }:
                    Interlocked.Increment(ref worked);
                    return holds(loan, preview);
                case ReliefResult.Refused { Reasons: { Count: > 0 } against }:
                    Interlocked.Increment(ref refused);
                    reasons.AddOrUpdate(against[0].Code, 1, (_, before) => before + 1);
                    return against.All(each => each.Field is not null && each.Code != "does-not-foot");
                default:
                    return false;
            }
        });
        var all = (double)(worked + refused);
        var counts = $"{worked:N0} worked out, {refused:N0} refused: {string.Join(", ", reasons.OrderByDescending(each => each.Value).Select(each => $"{each.Value:N0} {each.Key}"))}";
        TestContext.Current.TestOutputHelper?.WriteLine(counts);
        Assert.True(worked >= all * atLeast && refused >= all * refusedAtLeast, counts);
    }
}
