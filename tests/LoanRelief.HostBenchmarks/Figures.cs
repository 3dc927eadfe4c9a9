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

    /// <summary>Of the storage, the contestant and whoever answers, while the cases were driven.</summary>
    public Work Work { get; set; }

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
        var first = all.First().Value; // bare, unless it was left out
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"| | cases/s | time, {all.First().Key} = 1 | requests/case | requests, {all.First().Key} = 1 | ms/case of storage | of host | of callers | requests/min, idle | MB at start | MB, {open:N0} open | s to open them |")
            .AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, one) in all)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {one.CasesPerSecond:0.0} | {first.CasesPerSecond / one.CasesPerSecond:0.00} | {one.RequestsPerCase:0.0} | {one.RequestsPerCase / first.RequestsPerCase:0.00} | {one.PerCase(one.Work.Storage):0.0} | {one.PerCase(one.Work.Host):0.0} | {one.PerCase(one.Work.Callers):0.0} | {one.IdleRequestsPerMinute:0} | {one.MemoryAtStart / 1e6:0} | {one.MemoryWithOpenCases / 1e6:0} | {one.OpeningSeconds:0} |");
        }

        return table.ToString();
    }

    private double PerCase(TimeSpan worked) => worked.TotalMilliseconds / Cases;
}
