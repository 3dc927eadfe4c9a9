using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Cases;

/// <summary>One page of cases.</summary>
/// <param name="Cases">Open cases by their next deadline, closed ones by the time of closing.</param>
/// <param name="Continuation">Leads to the next page; not there on the last.</param>
public sealed record CaseList(IReadOnlyList<CaseListEntry> Cases, string? Continuation);

/// <summary>A case as lists show it; references only, no names.</summary>
public sealed record CaseListEntry
{
    public required CaseId Id { get; init; }

    public required InstitutionId Institution { get; init; }

    public required LoanNumber LoanNumber { get; init; }

    public required Stage Stage { get; init; }

    public required string StageTitle { get; init; }

    public Outcome? Outcome { get; init; }

    public string? OutcomeTitle { get; init; }

    public string? ReasonCode { get; init; }

    /// <summary>When the process looks at the case next.</summary>
    public DateTimeOffset? NextDeadline { get; init; }

    /// <summary>The last day on which the contact is in time; provisional when it rests on holidays that are not published yet.</summary>
    public required BusinessDate ContactDeadline { get; init; }

    public required bool ContactBreached { get; init; }

    public required DateOnly Maturity { get; init; }

    public required Money Outstanding { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public required bool OnHold { get; init; }

    /// <summary>Whether anything in the case rests on a year whose holidays are not published, its next deadline included.</summary>
    public required bool Provisional { get; init; }

    internal static CaseListEntry Of(CaseSummary summary, Catalogue texts) => new()
    {
        Id = summary.Id,
        Institution = summary.Id.Institution,
        LoanNumber = summary.Id.Loan,
        Stage = summary.Stage,
        StageTitle = texts.Of(summary.Stage),
        Outcome = summary.Outcome,
        OutcomeTitle = summary.Outcome is { } outcome ? texts.Of(outcome) : null,
        ReasonCode = summary.ReasonCode,
        NextDeadline = summary.NextDeadline,
        ContactDeadline = summary.ContactDeadline,
        ContactBreached = summary.ContactBreached,
        Maturity = summary.Maturity,
        Outstanding = summary.Outstanding,
        OpenedAt = summary.OpenedAt,
        ClosedAt = summary.ClosedAt,
        OnHold = summary.OnHold,
        Provisional = summary.Provisional,
    };
}

internal static class ListCases
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListCases",
        Method = HttpMethods.Get,
        Route = "/api/cases",
        Handler = HandleAsync,
        Tag = "Cases",
        Summary = "Cases, a page at a time",
        Description = "Without `stage` and `outcome`: all open cases. The cost of a page does not grow with the number of cases.",
        Parameters =
        [
            new("institution", ParameterPlace.Query, typeof(InstitutionId), "Cases of this institution; all institutions if left out.", "wencheng-rcb"),
            new("stage", ParameterPlace.Query, typeof(Stage), "Cases in this stage.", "approval"),
            new("outcome", ParameterPlace.Query, typeof(Outcome), "Closed cases with this outcome.", "renewed"),
            new("deadlineBefore", ParameterPlace.Query, typeof(DateTimeOffset),
                "Open cases whose next deadline lies before this instant, or before the beginning of this date in Beijing. The plus sign of an offset is written `%2B`.",
                "2026-02-15"),
            NextPage.Size("Cases", note: "A page may have fewer although others follow."),
            NextPage.After("eyJ0IjoiMSJ9"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(CaseList), "One page.", ApiHeaders.Link)],
    };

    private static async Task<IResult> HandleAsync(Input input, ICaseStore cases, CancellationToken cancellationToken)
    {
        var query = new CaseQuery
        {
            Institution = input.QueryId<InstitutionId>("institution"),
            Stage = input.QueryWord<Stage>("stage"),
            Outcome = input.QueryWord<Outcome>("outcome"),
            DeadlineBefore = input.QueryInstant("deadlineBefore"),
            PageSize = NextPage.SizeOf(input),
            Continuation = input.QueryText("continuation"),
        };
        if (query.Outcome is not null && query.Stage is not (null or Stage.Closed))
            input.Refuse(new("outcome-of-open-cases", "outcome"));
        if (query.DeadlineBefore is not null && (query.Outcome is not null || query.Stage == Stage.Closed))
            input.Refuse(new("deadline-of-closed-cases", "deadlineBefore"));
        input.Check();

        var page = await NextPage.ReadAsync(input, () => cases.ListAsync(query, cancellationToken));
        NextPage.Link(input.Http, page.Continuation);
        return Answer.Worded(input.Http, texts => new CaseList([.. page.Cases.Select(summary => CaseListEntry.Of(summary, texts))], page.Continuation));
    }
}
