using System.Runtime.InteropServices;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Lists;

/// <summary>Counts the records of a period: each firm once in each stage, in one district and one sector.</summary>
/// <remarks>
/// Where records of one firm name different districts or sectors, all its stages are counted where the latest of the period
/// has it, so that the figures of a row are about the same firms; of one day, the record of the later stage, then of whoever
/// comes later by name.
/// <para>
/// To count each firm once, every firm has to be remembered; of it no more than its code and a few figures, so that the
/// firms of a province (seed 003: 3,180,000 visited) fit into the memory of one process. No record is held.
/// </para>
/// </remarks>
public sealed class FunnelTally
{
    private static readonly FunnelStage[] Stages = Enum.GetValues<FunnelStage>();

    private readonly Dictionary<CreditCode, Tally> _firms = [];
    private readonly Numbered<FunnelCell> _cells = new();
    private readonly Numbered<InstitutionId> _authors = new();

    /// <summary>Takes a record of the period, each once.</summary>
    public void Add(CreditCode firm, FunnelRecord record)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_firms, firm, out var isKnown);
        if (!isKnown || IsLater(record, tally))
            (tally.On, tally.Stage, tally.Author, tally.Cell) = (record.On, record.Stage, _authors.NumberOf(record.By), _cells.NumberOf(FunnelCell.Of(record)));
        tally.Came |= Mark(record.Stage);
        if (record.Stage == FunnelStage.Credit)
            tally.Credit += record.Amount ?? Money.Zero;
        else if (record.Stage == FunnelStage.Disbursed)
            tally.Disbursed += record.Amount ?? Money.Zero;
    }

    /// <summary>Firms that came to a stage in the period and not to the one before it: it may have been before the period.</summary>
    public IEnumerable<CreditCode> WithoutEarlier => _firms.Where(firm => Stages.Any(stage => IsWithoutEarlier(stage, firm.Value.Came))).Select(firm => firm.Key);

    /// <summary>A firm of the period came to a stage by its end, as somebody says; wanted of <see cref="WithoutEarlier"/> only.</summary>
    public void CameBefore(CreditCode firm, FunnelStage stage) => CollectionsMarshal.GetValueRefOrNullRef(_firms, firm).CameBefore |= Mark(stage);

    public Funnel Count()
    {
        var cells = new StageFigure[_cells.All.Count, Stages.Length];
        foreach (var tally in _firms.Values)
        {
            foreach (var stage in Stages)
            {
                if (Has(tally.Came, stage))
                    cells[tally.Cell, (int)stage] += new StageFigure(1, IsWithoutEarlier(stage, tally.Came | tally.CameBefore) ? 1 : 0, tally.AmountOf(stage));
            }
        }

        // A cell is empty when all its firms were seen somewhere else later.
        return new(_cells.All
            .Select((cell, n) => (cell, figures: new FunnelFigures(cells[n, 0], cells[n, 1], cells[n, 2], cells[n, 3])))
            .Where(each => Stages.Any(stage => each.figures[stage].Firms > 0))
            .ToDictionary(each => each.cell, each => each.figures));
    }

    private bool IsLater(FunnelRecord record, Tally than) => (record.On, record.Stage).CompareTo((than.On, than.Stage)) switch
    {
        0 => string.CompareOrdinal(record.By.Value, _authors.All[than.Author].Value) > 0,
        var order => order > 0,
    };

    private static byte Mark(FunnelStage stage) => (byte)(1 << (int)stage);

    private static bool Has(int marks, FunnelStage stage) => (marks & Mark(stage)) != 0;

    private static bool IsWithoutEarlier(FunnelStage stage, int came) => stage != FunnelStage.Visited && Has(came, stage) && !Has(came, stage - 1);

    /// <summary>A firm; of its latest record what decides where it is counted.</summary>
    private struct Tally
    {
        public DateOnly On;
        public FunnelStage Stage;
        public int Author;
        public int Cell;
        public byte Came;
        public byte CameBefore;
        public Money Credit;
        public Money Disbursed;

        public readonly Money AmountOf(FunnelStage stage) => stage switch
        {
            FunnelStage.Credit => Credit,
            FunnelStage.Disbursed => Disbursed,
            _ => Money.Zero,
        };
    }

    /// <summary>Values of which there are few, numbered as they come.</summary>
    private sealed class Numbered<T> where T : notnull
    {
        private readonly Dictionary<T, int> _numbers = [];
        private readonly List<T> _all = [];

        public IReadOnlyList<T> All => _all;

        public int NumberOf(T value)
        {
            if (!_numbers.TryGetValue(value, out var number))
            {
                _numbers.Add(value, number = _all.Count);
                _all.Add(value);
            }

            return number;
        }
    }
}
