using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Lists;

/// <summary>Counts the records of a period: each firm once in each stage, in one district and one sector.</summary>
/// <remarks>
/// Where records of one firm name different districts or sectors, all its stages are counted where the latest of the period
/// has it, so that the figures of a row are about the same firms; of one day, the record of the later stage, then of whoever
/// comes later by name.
/// </remarks>
public sealed class FunnelTally
{
    private static readonly FunnelStage[] Stages = Enum.GetValues<FunnelStage>();

    private readonly Dictionary<CreditCode, Tally> _firms = [];

    /// <summary>Takes a record of the period, each once.</summary>
    public void Add(CreditCode firm, FunnelRecord record)
    {
        if (!_firms.TryGetValue(firm, out var tally))
            _firms.Add(firm, tally = new(record));
        tally.Add(record);
    }

    /// <summary>Firms that came to a stage in the period and not to the one before it: it may have been before the period.</summary>
    public IEnumerable<CreditCode> WithoutEarlier =>
        from firm in _firms
        where Stages.Skip(1).Any(stage => firm.Value.Came(stage) && !firm.Value.Came(stage - 1))
        select firm.Key;

    /// <param name="cameBefore">Whether a firm came to a stage by the end of the period, as far as anybody says; asked about <see cref="WithoutEarlier"/> only.</param>
    public Funnel Count(Func<CreditCode, FunnelStage, bool> cameBefore) => new(
        _firms.GroupBy(firm => FunnelCell.Of(firm.Value.Latest))
            .ToDictionary(cell => cell.Key, cell => FunnelFigures.Sum(cell.Select(firm => firm.Value.Figures(stage => cameBefore(firm.Key, stage))))));

    private sealed class Tally(FunnelRecord first)
    {
        private readonly Money?[] _amounts = new Money?[Stages.Length];

        public FunnelRecord Latest { get; private set; } = first;

        public void Add(FunnelRecord record)
        {
            _amounts[(int)record.Stage] = (_amounts[(int)record.Stage] ?? Money.Zero) + (record.Amount ?? Money.Zero);
            if (IsLater(record, Latest))
                Latest = record;
        }

        public bool Came(FunnelStage stage) => _amounts[(int)stage] is not null;

        public FunnelFigures Figures(Func<FunnelStage, bool> cameBefore)
        {
            return new(Of(FunnelStage.Visited), Of(FunnelStage.Recommended), Of(FunnelStage.Credit), Of(FunnelStage.Disbursed));

            StageFigure Of(FunnelStage stage) => _amounts[(int)stage] is not { } amount
                ? default
                : new(1, stage == FunnelStage.Visited || Came(stage - 1) || cameBefore(stage - 1) ? 0 : 1, amount);
        }

        private static bool IsLater(FunnelRecord a, FunnelRecord b) => (a.On, a.Stage).CompareTo((b.On, b.Stage)) switch
        {
            0 => string.CompareOrdinal(a.By.Value, b.By.Value) > 0,
            var order => order > 0,
        };
    }
}
