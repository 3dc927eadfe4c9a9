using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Cases;

internal static class GetHistory
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetHistory",
        Method = HttpMethods.Get,
        Route = "/api/cases/{id}/history",
        Handler = HandleAsync,
        Tag = "Cases",
        Summary = "Everything that happened in a case, first to last",
        Parameters = [ApiParameters.CaseId],
        Answers = [new(StatusCodes.Status200OK, typeof(HistoryView), "All steps with their events.")],
        Problems = [ProblemKind.CaseUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, ICaseStore cases, CancellationToken cancellationToken)
    {
        var id = input.Path<CaseId>("id");
        input.Check();
        var steps = await cases.HistoryAsync(id, cancellationToken).ToListAsync(cancellationToken);
        return steps.Count > 0
            ? Answer.Worded(input.Http, texts => new HistoryView { Case = id, Steps = [.. steps.Select(step => StepView.Of(step, texts))] })
            : new ProblemAnswer(ProblemKind.CaseUnknown).With("case", id);
    }
}
