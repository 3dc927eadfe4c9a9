using LoanRelief.Functions.Orchestrations;
using Xunit;

namespace LoanRelief.Functions.Tests.Orchestrations;

public class CaseProgressTests
{
    private static readonly DateTime Now = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Pauses_after_failures_double_from_a_minute_to_an_hour()
    {
        var progress = new CaseProgress { Stage = "intent" };
        var pauses = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            progress = progress.AfterFailure("no", Now);
            pauses.Add((progress.WaitUntil!.Value - Now).TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], pauses);
        Assert.Equal(("intent", 9), (progress.Stage, progress.Failures));
    }

    [Fact]
    public void An_orchestration_that_follows_one_that_ended_amid_failures_goes_on_counting()
    {
        var next = CaseProgress.After(new(4, "IOException", Now))!.AfterFailure("IOException", Now);
        Assert.Equal((5, 16d), (next.Failures, (next.WaitUntil!.Value - Now).TotalMinutes));
        Assert.Null(CaseProgress.After(null));
    }
}
