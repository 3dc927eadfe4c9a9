using BenchmarkDotNet.Attributes;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;

namespace LoanRelief.Benchmarks;

/// <summary>A whole schedule, held against a loop that can do nothing else.</summary>
[MemoryDiagnoser]
public class ScheduleBenchmarks
{
    private static readonly DateOnly DrawnOn = new(2016, 1, 12);

    private ScheduleTerms _terms = null!;
    private BusinessCalendar? _rollsBy;

    [Params(12, 360)]
    public int Instalments { get; set; }

    /// <summary>Whether days of payment roll to working days.</summary>
    [Params(HolidayRule.Stay, HolidayRule.Roll)]
    public HolidayRule Holidays { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _terms = ScheduleTerms.Of(SampleLoan.Of(Instalments, Holidays, DrawnOn));
        _rollsBy = Holidays == HolidayRule.Roll ? BusinessCalendar.China : null;
        PlainLoop.HoldAgainst(Loop(), Schedule());
    }

    [Benchmark(Baseline = true)]
    public PlainLoop.Row[] Loop() => PlainLoop.Instalments(1_000_000m, 0.0435m, DrawnOn, Instalments, _rollsBy);

    [Benchmark]
    public Schedule Schedule() => ScheduleCalculator.For(_terms, BusinessCalendar.China);
}
