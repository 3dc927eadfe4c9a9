using System.Diagnostics;
using System.Text.Json;

namespace LoanRelief.Domain.Tests.Calendars;

/// <summary>The npm package that the holiday data is checked against, installed by name below <c>.local/</c>.</summary>
internal static class ChineseDaysPackage
{
    private const string Version = "1.5.7";

    private static readonly string Home = Path.Combine(RepositoryFiles.Root, ".local", "oracle");

    public static (IReadOnlySet<DateOnly> Holidays, IReadOnlySet<DateOnly> MakeUpDays) Read()
    {
        var folder = Path.Combine(Home, "node_modules", "chinese-days");
        if (InstalledVersion(folder) != Version)
            Install();
        if (InstalledVersion(folder) is var found && found != Version)
            throw new InvalidOperationException($"Wanted chinese-days {Version} in {folder}, found {found ?? "nothing"}.");
        using var data = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "dist", "chinese-days.json")));
        return (Dates(data, "holidays"), Dates(data, "workdays"));
    }

    private static HashSet<DateOnly> Dates(JsonDocument data, string name) =>
        [.. data.RootElement.GetProperty(name).EnumerateObject().Select(day => DateOnly.ParseExact(day.Name, "yyyy-MM-dd"))];

    private static string? InstalledVersion(string folder)
    {
        var manifest = Path.Combine(folder, "package.json");
        if (!File.Exists(manifest))
            return null;
        using var package = JsonDocument.Parse(File.ReadAllText(manifest));
        return package.RootElement.GetProperty("version").GetString();
    }

    private static void Install()
    {
        Directory.CreateDirectory(Home);
        string[] arguments = ["install", "--prefix", Home, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", $"chinese-days@{Version}"];
        // npm is a script on Windows, and a script needs its interpreter.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", "npm", .. arguments])
            : new ProcessStartInfo("npm", arguments);
        start.RedirectStandardError = true;
        start.WorkingDirectory = Home;
        using var npm = Process.Start(start)!;
        var errors = npm.StandardError.ReadToEnd();
        npm.WaitForExit();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm could not install chinese-days {Version}, which the holiday data is checked against: {errors}");
    }
}
