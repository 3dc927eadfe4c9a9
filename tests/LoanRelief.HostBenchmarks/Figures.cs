using System.Globalization;
using System.Text;

namespace LoanRelief.HostBenchmarks;

/// <summary>What was measured of one contestant while it drove cases, and afterwards.</summary>
internal sealed class Figures
{
    private int _cases;
    private double _seconds;
    private int _requests;
    private Work _work;

    public double IdleRequestsPerMinute { get; set; }

    private double CasesPerSecond => _cases / _seconds;

    private double RequestsPerCase => (double)_requests / _cases;

    /// <summary>One round.</summary>
    /// <param name="requests">To the storage, polling included.</param>
    /// <param name="work">Of the storage, the contestant and whoever answers.</param>
    public void Add(int cases, double seconds, int requests, Work work)
    {
        _cases += cases;
        _seconds += seconds;
        _requests += requests;
        _work += work;
    }

    /// <summary>A table in Markdown, each contestant a row.</summary>
    public static string Table(IReadOnlyDictionary<string, Figures> all)
    {
        var first = all.First(); // bare, unless it was left out
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"| | cases/s | time, {first.Key} = 1 | requests/case | requests, {first.Key} = 1 | ms/case of storage | of host | of callers | requests/min, idle |")
            .AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, one) in all)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {one.CasesPerSecond:0.0} | {first.Value.CasesPerSecond / one.CasesPerSecond:0.00} | {one.RequestsPerCase:0.0} | {one.RequestsPerCase / first.Value.RequestsPerCase:0.00} | {one.PerCase(one._work.Storage):0.0} | {one.PerCase(one._work.Host):0.0} | {one.PerCase(one._work.Callers):0.0} | {one.IdleRequestsPerMinute:0} |");
        }

        return table.ToString();
    }

    private double PerCase(TimeSpan worked) => worked.TotalMilliseconds / _cases;
}
