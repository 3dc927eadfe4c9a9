namespace LoanRelief.BookBenchmarks;

/// <summary>How long calls of one kind took.</summary>
internal sealed class Latencies
{
    private readonly List<TimeSpan> _all = [];

    public int Count => _all.Count;

    public void Add(TimeSpan took) => _all.Add(took);

    /// <summary>What a share of the calls kept to, in milliseconds.</summary>
    /// <param name="share">0 to 1.</param>
    public double Within(double share)
    {
        var sorted = _all.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].TotalMilliseconds;
    }
}
