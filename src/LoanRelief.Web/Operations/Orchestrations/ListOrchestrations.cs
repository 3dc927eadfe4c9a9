using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Operations.Orchestrations;

/// <summary>One page of orchestrations.</summary>
/// <param name="Orchestrations">Open cases by their next deadline; those in a status by institution and loan.</param>
/// <param name="Continuation">Leads to the next page; not there on the last.</param>
public sealed record OrchestrationList(IReadOnlyList<OrchestrationEntry> Orchestrations, string? Continuation);

internal static class ListOrchestrations
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListOrchestrations",
        Method = HttpMethods.Get,
        Route = "/api/operations/orchestrations",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "How open cases are driven, a page at a time",
        Description = "From the program's own tables: what the runtime says about one case is in its own resource. With `status` `failing`, `suspended` or `terminated`: "
            + "those alone, whatever the number of cases. The cost of a page does not grow with the number of cases.",
        Parameters =
        [
            new("institution", ParameterPlace.Query, typeof(InstitutionId), "Cases of this institution; all institutions if left out.", "wencheng-rcb"),
            new("stage", ParameterPlace.Query, typeof(Stage), "Cases in this stage, which is not `closed`.", "approval"),
            new("status", ParameterPlace.Query, typeof(OrchestrationStatus), "Cases that are driven so, which is not `completed`.", "failing"),
            NextPage.Size("Cases", most: 200, note: "A page may have fewer although others follow."),
            NextPage.After("eyJ0IjoiMSJ9"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(OrchestrationList), "One page.", ApiHeaders.Link)],
    };

    private static async Task<IResult> HandleAsync(Input input, OrchestrationReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery
        {
            Institution = input.QueryId<InstitutionId>("institution"),
            Stage = input.QueryWord<Stage>("stage"),
            Status = input.QueryWord<OrchestrationStatus>("status"),
            PageSize = NextPage.SizeOf(input, most: 200),
            Continuation = input.QueryText("continuation"),
        };
        if (query.Stage == Stage.Closed)
            input.Refuse(new("closed-not-listed", "stage"));
        if (query.Status == OrchestrationStatus.Completed)
            input.Refuse(new("closed-not-listed", "status"));
        input.Check();

        var page = await NextPage.ReadAsync(input, () => reader.ListAsync(query, cancellationToken));
        var today = BeijingTime.DateOf(clock.GetUtcNow());
        NextPage.Link(input.Http, page.Continuation);
        return Answer.Worded(input.Http, texts =>
            new OrchestrationList([.. page.Orchestrations.Select(summary => OrchestrationEntry.Of(summary, today, texts))], page.Continuation));
    }
}
