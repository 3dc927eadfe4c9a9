using BenchmarkDotNet.Attributes;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Schedules;

namespace LoanRelief.Benchmarks;

/// <summary>What a request for relief costs for one loan of twelve instalments, held against a loop that computes these.</summary>
[MemoryDiagnoser]
public class ReliefBenchmarks
{
    private static readonly DateOnly Today = new(2022, 12, 28);

    private static readonly LoanChange[] Changes =
    [
        new Deferral(3) { Part = DeferredPart.PrincipalAndInterest },
        new RateCut { Share = 0.10m, Mode = RateCutMode.RebateAfterCollection },
        new PenaltyWaiver(),
        new GuaranteeFeeCap(new(0.008m)),
        new BridgeFeeWaiver(),
    ];

    /// <summary>Drawn today, so that all twelve instalments are still to be paid.</summary>
    private static readonly Loan Loan = SampleLoan.Of(12, HolidayRule.Roll, Today);

    private static readonly Loan MaturingLoan = SampleLoan.Of(12, HolidayRule.Roll, new(2021, 12, 30)) with { RepaymentMethod = RepaymentMethod.InterestThenPrincipal };

    [GlobalSetup]
    public void Setup()
    {
        PlainLoop.HoldAgainst(Loop(), ScheduleCalculator.For(ScheduleTerms.Of(Loan), BusinessCalendar.China));
        if (Preview() is not ReliefResult.Worked || Applying(Advice()) < 3 || Applying(AdviceAtMaturity()) < 5)
            throw new InvalidOperationException("Something is refused that was meant to be worked out.");
    }

    [Benchmark(Baseline = true)]
    public PlainLoop.Row[] Loop() => PlainLoop.Instalments(1_000_000m, 0.0435m, Today, 12, BusinessCalendar.China);

    /// <summary>Deferral of principal and interest, rebate, penalty and fees in one request.</summary>
    [Benchmark]
    public ReliefResult Preview() => ReliefCalculator.Preview(Loan, Today, Changes, BusinessCalendar.China, cap: null);

    /// <summary>Every measure of every pack that ships.</summary>
    [Benchmark]
    public AdviceResult Advice() => Advise(Loan);

    /// <summary>The same for a loan that matures in two days, to which deferral, extension and renewal are open.</summary>
    [Benchmark]
    public AdviceResult AdviceAtMaturity() => Advise(MaturingLoan);

    private static AdviceResult Advise(Loan loan)
    {
        var request = new AdviceRequest(loan, Today)
        {
            Lender = InstitutionKind.Bank,
            Attested = [Attestation.IncomeLost, Attestation.Affected, Attestation.TemporaryShortage, Attestation.KnowledgeValueLoan],
        };
        return Adviser.Advise(request, PolicyPacks.Shipped, BusinessCalendar.China, CasePolicy.Default);
    }

    private static int Applying(AdviceResult result) => ((AdviceResult.Worked)result).Advice.Measures.Count(each => each.Applies);
}
