using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Loans;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Previews;

/// <summary>A loan and what might become of it.</summary>
public sealed record PreviewBody
{
    /// <summary>The loan; it need not be stored.</summary>
    public required LoanBody Loan { get; init; }

    /// <summary>The day for which it is worked out (Beijing); what was due before it is past. Today if left out.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>At least one, at most one of each kind, in any order.</summary>
    [Length(1, 10)]
    public required IReadOnlyList<LoanChange> Changes { get; init; }
}

internal static class PreviewRelief
{
    // Of a loan that was given without a name; only a renewal shows it, as the loan that it settles.
    private static readonly InstitutionId NoInstitution = Identifier.Parse<InstitutionId>("preview");
    private static readonly LoanNumber NoNumber = Identifier.Parse<LoanNumber>("PREVIEW");

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "PreviewRelief",
        Method = HttpMethods.Post,
        Route = "/api/previews",
        Handler = HandleAsync,
        Tag = "Previews",
        Summary = "What changes would do to a loan: its schedule before and after, and the relief",
        Description = "An extension goes as far as the policies in force on the day allow. Nothing is stored and no case is needed.",
        Body = new(typeof(PreviewBody), new PreviewBody
        {
            Loan = LoanBody.Example,
            AsOf = new(2026, 2, 2),
            Changes = [new Renewal(new(2027, 3, 20)), new RateCut { Share = 0.1m }],
        }),
        Answers = [new(StatusCodes.Status200OK, typeof(ReliefPreview), "Before, after, and the difference.")],
        Problems = [ProblemKind.Refused],
    };

    private static async Task<IResult> HandleAsync(
        Input input, PolicyDesk policies, CalendarDesk calendars, CasePolicy policy, TimeProvider clock, CancellationToken cancellationToken)
    {
        var body = await input.BodyAsync<PreviewBody>(cancellationToken);
        var loan = body.Loan.At(body.Loan.Institution ?? NoInstitution, body.Loan.Number ?? NoNumber);
        var asOf = body.AsOf ?? BeijingTime.DateOf(clock.GetUtcNow());
        var calendar = await calendars.CurrentAsync(cancellationToken);
        return ReliefCalculator.Preview(loan, asOf, body.Changes, calendar, Cap(loan, asOf, await policies.LatestAsync(cancellationToken), policy)) switch
        {
            ReliefResult.Worked worked => Answer.Json(worked.Preview),
            ReliefResult.Refused refused => new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons },
            _ => throw new InvalidOperationException("A preview is worked out or refused."),
        };
    }

    /// <summary>Of a loan that can not be, nothing is worked out that its preview would refuse.</summary>
    private static ExtensionCap? Cap(Loan loan, DateOnly asOf, IReadOnlyList<PolicyPack> packs, CasePolicy policy) =>
        LoanRules.Check(loan).Count > 0 ? null
        : MeasureRules.ExtensionCap(PolicyPacks.InForce(packs, asOf), new(loan, asOf, policy.Signature.LastDayOf(loan)));
}
