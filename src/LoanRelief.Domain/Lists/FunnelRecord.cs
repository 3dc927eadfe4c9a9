using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Lists;

/// <summary>The stages of 小微企业融资协调机制 (seed 003), in their order.</summary>
public enum FunnelStage
{
    /// <summary>走访.</summary>
    Visited,

    /// <summary>推荐.</summary>
    Recommended,

    /// <summary>授信.</summary>
    Credit,

    /// <summary>放款.</summary>
    Disbursed,
}

/// <summary>A firm came to a stage on a day, as whoever keeps the list says.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="By">Who says so: an institution for itself, or an authority.</param>
/// <param name="On">The day (Beijing).</param>
/// <param name="District">Where the firm works.</param>
/// <param name="Sector">What it does.</param>
/// <param name="ForeignTrade">外贸企业: counted as a sector of its own (单列外贸板块), whatever it trades.</param>
/// <param name="Amount">What was granted, or disbursed, on the day; null for the stages that have none.</param>
public sealed record FunnelRecord(FunnelStage Stage, InstitutionId By, DateOnly On, DistrictCode District, SectorCode Sector, bool ForeignTrade, Money? Amount)
{
    /// <summary>Whether it takes the place of the other: what one says about a stage on a day is one record.</summary>
    public bool Replaces(FunnelRecord other) => (Stage, By, On) == (other.Stage, other.By, other.On);
}

/// <summary>A record and the firm that it is about.</summary>
/// <param name="Withdrawn">Whether the record is taken back.</param>
public sealed record FunnelRow(CreditCode Firm, FunnelRecord Record, bool Withdrawn = false)
{
    /// <summary>Everything that is wrong with it; fields are members of the row.</summary>
    public IReadOnlyList<Refusal> Check()
    {
        var found = new Findings();
        found.Unknown(Record.Stage, "stage");
        found.OutOfRange(Record.On, LoanRules.EarliestDrawdown, LoanRules.LatestDrawdown, "on");
        if (Record.Stage is FunnelStage.Visited or FunnelStage.Recommended)
            found.When(Record.Amount is not null, "amount-without-money", "amount");
        else if (Record.Amount is { } amount)
            found.Amount(amount, "amount");
        else
            found.Add("required", "amount");
        return found.All;
    }
}
