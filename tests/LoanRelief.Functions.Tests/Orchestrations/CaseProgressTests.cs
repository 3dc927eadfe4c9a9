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
    public void An_error_of_any_length_fits_into_the_custom_status() =>
        Assert.Equal(501, new CaseProgress().AfterFailure(new string('x', 20_000), Now).LastError!.Length);
}
