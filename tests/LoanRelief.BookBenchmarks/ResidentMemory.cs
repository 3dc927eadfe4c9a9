using System.Globalization;

namespace LoanRelief.BookBenchmarks;

/// <summary>The memory of a process as the system counts it (Linux).</summary>
internal static class ResidentMemory
{
    private const string Peak = "VmHWM:";

    /// <summary>The most that it has had since it began, in bytes.</summary>
    public static long PeakOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(Peak, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Peak.Length..^"kB".Length], CultureInfo.InvariantCulture);
    }
}
