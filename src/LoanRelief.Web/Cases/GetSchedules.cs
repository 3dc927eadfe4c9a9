using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Cases;

internal static class GetSchedules
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetSchedules",
        Method = HttpMethods.Get,
        Route = "/api/cases/{id}/schedules",
        Handler = HandleAsync,
        Tag = "Cases",
        Summary = "The versions of the loan's schedule, with their differences",
        Description = "As the case began, as the book changed, as it was proposed and as it was booked: each with its sums and, row by row, what differs from the version before.",
        Parameters = [ApiParameters.CaseId],
        Answers = [new(StatusCodes.Status200OK, typeof(SchedulesView), "All versions, first to last.")],
        Problems = [ProblemKind.CaseUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, ICaseStore cases, CancellationToken cancellationToken)
    {
        var id = input.Path<CaseId>("id");
        input.Check();
        var versions = ScheduleVersions.Of(await cases.HistoryAsync(id, cancellationToken).ToListAsync(cancellationToken));
        return versions.Count > 0
            ? Answer.Worded(input.Http, texts => new SchedulesView { Case = id, Versions = [.. versions.Select(version => ScheduleVersionView.Of(version, texts))] })
            : new ProblemAnswer(ProblemKind.CaseUnknown).With("case", id);
    }
}
