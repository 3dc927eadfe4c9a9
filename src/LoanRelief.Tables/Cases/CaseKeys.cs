using System.Globalization;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Row keys of the table <c>Cases</c>; the partition names the institution.</summary>
internal static class CaseKeys
{
    /// <summary>All open cases: stage by stage in the order of the process, each by the next deadline.</summary>
    public const string AllOpen = "open~";

    /// <summary>All closed cases by the time of closing.</summary>
    public const string AllClosed = "closed~";

    /// <summary>Cases to be touched, by time.</summary>
    public const string AllDue = "due~";

    /// <summary>Effects that were given up, by the time at which they were decided.</summary>
    public const string AllDead = "dead~";

    /// <summary>The snapshot of a case.</summary>
    public static string Case(CaseId id) => $"case~{Of(id)}";

    /// <summary>The entry of a loan among the cases.</summary>
    public static string Loan(LoanNumber loan) => $"loan~{loan}";

    /// <summary>The history of a case.</summary>
    public static string Steps(CaseId id) => $"step~{Of(id)}~";

    public static string Step(CaseId id, int number) => string.Create(CultureInfo.InvariantCulture, $"{Steps(id)}{number:D6}");

    public static string Due(DateTimeOffset at, CaseId id) => $"{AllDue}{Keys.Sortable(at)}~{Of(id)}";

    public static string Dead(Effect effect) => $"{AllDead}{Keys.Sortable(effect.AskedAt)}~{effect.Key.Replace('/', '~')}";

    public static string Open(Stage stage) => $"{AllOpen}{Code(stage)}~";

    public static string Open(Stage stage, DateTimeOffset deadline, CaseId id) => $"{Open(stage)}{Keys.Sortable(deadline)}~{Of(id)}";

    public static string Closed(DateTimeOffset at, CaseId id) => $"{AllClosed}{Keys.Sortable(at)}~{Of(id)}";

    /// <summary>The closed cases with one outcome, by the time of closing.</summary>
    public static string Ended(Outcome outcome) => $"outcome~{outcome}~";

    public static string Ended(Outcome outcome, DateTimeOffset at, CaseId id) => $"{Ended(outcome)}{Keys.Sortable(at)}~{Of(id)}";

    private static string Of(CaseId id) => $"{id.Loan}~{id.Ordinal}";

    /// <summary>Stages sort as a case passes through them. Fixed numbers with gaps, so that a new stage moves no rows.</summary>
    private static string Code(Stage stage) => stage switch
    {
        Stage.Contact => "10.contact",
        Stage.Intent => "20.intent",
        Stage.Screening => "30.screening",
        Stage.Proposal => "40.proposal",
        Stage.Approval => "50.approval",
        Stage.SecondReview => "55.second-review",
        Stage.Guarantee => "60.guarantee",
        Stage.Signature => "70.signature",
        Stage.Booking => "80.booking",
        Stage.FollowUp => "90.follow-up",
        Stage.Repayment => "95.repayment",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage of open cases."),
    };
}
