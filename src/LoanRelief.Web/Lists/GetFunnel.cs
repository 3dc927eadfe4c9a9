using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

internal static class GetFunnel
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetFunnel",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/funnel",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "Visited, recommended, granted credit, disbursed: counted by district and sector",
        Description = "走访 → 推荐 → 授信 → 放款. Each firm counts once in each stage to which it came in the period, foreign trade (外贸) as a sector of its own; one that came to a stage "
            + "without the stage before counts all the same and is shown as such. An institution sees what it has recorded itself, an `authority` what all have. "
            + "Where records name different districts or sectors for one firm, it is counted where the latest of the period has it. Costs by the records of the period.",
        Parameters = [ApiParameters.Institution, FunnelPeriod.From, FunnelPeriod.To],
        Answers = [new(StatusCodes.Status200OK, typeof(FunnelView), "The count.")],
        Problems = [ProblemKind.InstitutionUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, FunnelDesk desk, IInstitutionStore institutions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var window = FunnelPeriod.Read(input, clock);
        input.Check();
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);
        var count = await desk.CountAsync(institution, window, cancellationToken);
        return Answer.Worded(input.Http, texts => FunnelView.Of(institution, window, count, texts));
    }
}
