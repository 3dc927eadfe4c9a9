using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Batches;

internal static class CreateBatch
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "CreateBatch",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/case-batches",
        Handler = HandleAsync,
        Tag = "Batches",
        Summary = "Triggers one measure for many loans",
        Description = "批量: loans that are named, at most 5,000, or that a filter finds, at most 50,000. Which loans it is for is settled with the answer. "
            + "Each gets a verdict of its own in the background, through any crash. For relief a case is opened for every loan that can have it, prepared by whoever "
            + "prepares the batch, who so may approve none of them. An automatic measure (免申即享) is granted without application and without a case, once a second "
            + "person has approved the batch; the institution gets an event for each grant. A loan is granted a measure once.",
        Parameters = [ApiParameters.Institution, ApiParameters.IdempotencyKey],
        Body = new(typeof(BatchBody), new BatchBody
        {
            By = "mgr-lin",
            Filter = new() { MaturityFrom = new(2026, 3, 1), MaturityTo = new(2026, 3, 31), Districts = ["文成县"], Products = [LoanProduct.WorkingCapital] },
            Relief = new() { Kind = IntentKind.Renew, Contact = new() { Channel = ContactChannel.WeChat, Evidence = "group-notice-20260105" } },
        }),
        Answers = [new(StatusCodes.Status202Accepted, typeof(BatchView), "The batch has been taken in.", ApiHeaders.Location, ApiHeaders.Replayed)],
        Problems = [ProblemKind.InstitutionUnknown, ProblemKind.Refused, ProblemKind.IdempotencyKeyReused],
    };

    private static async Task<IResult> HandleAsync(
        Input input, BatchDesk desk, BatchLimits limits, EligibilityDesk eligibilities, ILoanStore loans, IInstitutionStore institutions, CancellationToken cancellationToken)
    {
        var id = input.Path<InstitutionId>("institution");
        var body = await input.BodyAsync<BatchBody>(cancellationToken);
        var caller = input.Caller(body.By);
        if (await institutions.FindAsync(id, cancellationToken) is not { } institution)
            return GetInstitution.Unknown(id);
        var wrong = body.Check().ToList();
        if (body.Automatic is { } automatic
            && (await eligibilities.TodayAsync(institution.Kind, cancellationToken)).NotAutomatic(automatic.Measure) is { } not)
        {
            wrong.Add(not with { Field = "automatic.measure" });
        }

        if (wrong.Count > 0)
            return new ProblemAnswer(ProblemKind.Refused) { Errors = wrong };
        var selected = body.Loans ?? await body.Filter!.ToSelection().SelectAsync(id, loans, limits.Rows, cancellationToken);
        return BatchAnswers.Of(await desk.PrepareAsync(id, selected, body.ToMeasure(), caller, cancellationToken), input.Http, StatusCodes.Status202Accepted);
    }
}
