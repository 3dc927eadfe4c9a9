using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Jobs;
using LoanRelief.Functions.Http;
using LoanRelief.Testing;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace LoanRelief.Functions.Tests.Settings;

/// <summary>What stands beside the code: the template of the settings and host.json.</summary>
public partial class SettingsTests
{
    private static readonly Dictionary<string, string> Template = Read("src/LoanRelief.Functions/local.settings.template.json")
        .GetProperty("Values").Deserialize<Dictionary<string, string>>()!;

    private static readonly Dictionary<string, string> Timers = (
        from type in typeof(Api).Assembly.GetTypes()
        from method in type.GetMethods()
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<TimerTriggerAttribute>()
        where trigger is not null
        select (method.GetCustomAttribute<FunctionAttribute>()!.Name, trigger.Schedule)).ToDictionary();

    [Fact]
    public void Every_schedule_is_a_setting_that_the_template_has() =>
        Assert.All(Timers.Values, schedule => Assert.Matches(Cron, Template[schedule.Trim('%')]));

    [Fact]
    public void There_are_timers_for_the_scan_the_reminders_the_watchdog_the_purge_and_the_census() =>
        Assert.Equal(["Census", "PurgeHistory", "RemindOfDueDates", "RemindOfInquiries", "ScanMaturities", "Watchdog"], Timers.Keys.Order());

    [Theory]
    [InlineData("Schedules:MaturityScan", typeof(MaturityScan))]
    [InlineData("Schedules:DueDateReminders", typeof(DueDateReminders))]
    [InlineData("Schedules:InquiryReminders", typeof(InquiryReminders))]
    public void The_daily_jobs_are_started_in_UTC_at_the_time_at_which_they_are_due_in_Beijing(string setting, Type job)
    {
        var due = ((IDailyJob)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(job)).At.AddHours(-8);
        Assert.Equal($"0 {due.Minute} {due.Hour} * * *", Template[setting]);
    }

    [Fact]
    public void The_host_lets_the_largest_loan_book_through_that_the_program_takes() =>
        Assert.Equal(new ImportLimits().Bytes, long.Parse(Template["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"], CultureInfo.InvariantCulture));

    [Fact]
    public void The_host_and_the_app_agree_that_paths_begin_at_the_root() =>
        Assert.Equal("", Read("host.json").GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());

    [Fact]
    public void Orchestrations_have_a_version_and_one_that_is_newer_than_the_program_waits_for_its_own()
    {
        var durable = Read("host.json").GetProperty("extensions").GetProperty("durableTask");
        Assert.Equal(("1", "CurrentOrOlder", "Reject"), (
            durable.GetProperty("defaultVersion").GetString(),
            durable.GetProperty("versionMatchStrategy").GetString(),
            durable.GetProperty("versionFailureStrategy").GetString()));
    }

    private static JsonElement Read(string path) => JsonElement.Parse(File.ReadAllBytes(RepositoryRoot.At(path.Split('/'))));

    [GeneratedRegex(@"^[0-9*/-]+( [0-9*/-]+){5}$")]
    private static partial Regex Cron { get; }
}
