using System.Globalization;
using System.Text;

namespace LoanRelief.HostBenchmarks;

/// <summary>What was measured of one contestant.</summary>
internal sealed class Figures
{
    public int Cases { get; set; }

    public double Seconds { get; set; }

    /// <summary>To the storage while the cases were driven, polling included.</summary>
    public int Requests { get; set; }

    public double IdleRequestsPerMinute { get; set; }

    /// <summary>Bytes.</summary>
    public long MemoryAtStart { get; set; }

    /// <summary>Bytes.</summary>
    public long MemoryWithOpenCases { get; set; }

    public double OpeningSeconds { get; set; }

    private double CasesPerSecond => Cases / Seconds;

    private double RequestsPerCase => (double)Requests / Cases;

    /// <summary>A table in Markdown, each contestant a row.</summary>
    public static string Table(IReadOnlyDictionary<string, Figures> all, int open)
    {
        var bare = all[Plants.Bare];
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"| | cases/s | time, bare = 1 | requests/case | requests, bare = 1 | requests/min, idle | MB at start | MB, {open:N0} open | s to open them |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (name, one) in all)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {one.CasesPerSecond:0.0} | {bare.CasesPerSecond / one.CasesPerSecond:0.00} | {one.RequestsPerCase:0.0} | {one.RequestsPerCase / bare.RequestsPerCase:0.00} | {one.IdleRequestsPerMinute:0} | {one.MemoryAtStart / 1e6:0} | {one.MemoryWithOpenCases / 1e6:0} | {one.OpeningSeconds:0} |");
        }

        return table.ToString();
    }
}
