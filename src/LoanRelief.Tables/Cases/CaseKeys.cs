using System.Globalization;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Row keys of the table <c>Cases</c>, and the places of a case in its index tables.</summary>
internal static class CaseKeys
{
    /// <summary>Closed cases that have an effect to send, behind all that are open.</summary>
    public const string AllClosing = "99.closing~";

    /// <summary>The snapshot of a case.</summary>
    public static string Case(CaseId id) => $"case~{Of(id)}";

    /// <summary>The entry of a loan among the cases.</summary>
    public static string Loan(LoanNumber loan) => $"loan~{loan}";

    /// <summary>The history of a case.</summary>
    public static string Steps(CaseId id) => $"step~{Of(id)}~";

    public static string Step(CaseId id, int number) => string.Create(CultureInfo.InvariantCulture, $"{Steps(id)}{number:D6}");

    /// <summary>The open cases in a stage, by the next deadline.</summary>
    public static string Open(Stage stage) => $"{Code(stage)}~";

    public static string Open(Stage stage, DateTimeOffset deadline, CaseId id) => $"{Open(stage)}{Keys.Sortable(deadline)}~{Of(id)}";

    public static string Closing(DateTimeOffset at, CaseId id) => $"{AllClosing}{Keys.Sortable(at)}~{Of(id)}";

    public static string Closed(DateTimeOffset at, CaseId id) => $"{Keys.Sortable(at)}~{Of(id)}";

    /// <summary>The closed cases with one outcome, by the time of closing.</summary>
    public static string Ended(Outcome outcome) => $"{outcome}~";

    public static string Ended(Outcome outcome, DateTimeOffset at, CaseId id) => $"{Ended(outcome)}{Keys.Sortable(at)}~{Of(id)}";

    public static string Dead(Effect effect) => $"{Keys.Sortable(effect.AskedAt)}~{effect.Key.Replace('/', '~')}";

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
