using System.Diagnostics;
using System.Text;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Schedules;
using Xunit;

namespace LoanRelief.Domain.Tests.Oracle;

/// <summary>Source: <c>oracle.mjs</c> beside this file, a script in whole fractions that shares nothing with the program.</summary>
public class OracleTests
{
    public static TheoryData<string> Names => [.. OracleCase.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_program_agrees_with_the_oracle(string name)
    {
        var wanted = OracleCase.All.Single(each => each.Name == name);
        var loan = wanted.Loan.ToLoan();

        Assert.Equal(wanted.Before, ScheduleCalculator.Remaining(loan, wanted.AsOf, BusinessCalendar.China).Instalments.Select(OracleCase.Text));
        if (wanted.Changes.Count == 0)
            return;
        // The cap of 贷款通则 §12 is not the oracle's subject.
        var cap = new ExtensionCap(10m, 10m, 600, 12, 60);
        var preview = Assert.IsType<ReliefResult.Worked>(ReliefCalculator.Preview(loan, wanted.AsOf, wanted.Changes, BusinessCalendar.China, cap)).Preview;

        Assert.Equal(wanted.After, preview.After.Instalments.Select(OracleCase.Text));
        Assert.Equal(wanted.Maturity, preview.NewMaturity);
        var totals = preview.Relief.Totals;
        Assert.Equal(wanted.Interest, [totals.Interest.WouldHavePaid.ToString(), totals.Interest.Paid.ToString()]);
        Assert.Equal(wanted.Penalty, totals.Penalty.Relief.ToString());
        Assert.Equal(wanted.Rebates, preview.Rebates.Select(each => each.Rebate.ToString()));
    }

    [Fact]
    public void The_oracle_has_at_least_forty_cases_of_schedules_and_relief_each_of_its_own_name()
    {
        Assert.True(OracleCase.All.Count >= 40);
        Assert.Equal(OracleCase.All.Count, OracleCase.All.DistinctBy(each => each.Name).Count());
    }

    [Fact]
    public void The_committed_cases_are_those_that_the_oracle_writes()
    {
        using var node = Process.Start(new ProcessStartInfo("node", "oracle.mjs") { WorkingDirectory = OracleCase.Folder, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var written = node.StandardOutput.ReadToEnd();
        node.WaitForExit();

        Assert.Equal(0, node.ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(OracleCase.Folder, "cases.json")), written);
    }
}
