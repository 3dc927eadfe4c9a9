using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Loans;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Advice;

/// <summary>Exactly one of a loan and a reference to one that is stored.</summary>
public sealed record AdviceBody
{
    /// <summary>The loan; it need not be stored.</summary>
    public LoanBody? Loan { get; init; }

    /// <summary>A loan that is stored.</summary>
    public StoredLoanReference? Stored { get; init; }

    /// <summary>The day for which advice is wanted (Beijing); today if left out.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Circumstances that no loan book shows and the caller attests.</summary>
    [Length(0, 20)]
    public IReadOnlyList<Attestation> Attested { get; init; } = [];

    /// <summary>What the lender is; that of the registered institution if left out.</summary>
    public InstitutionKind? Lender { get; init; }
}

/// <param name="Institution">The institution that holds the loan.</param>
/// <param name="LoanNumber">借据号.</param>
public sealed record StoredLoanReference(InstitutionId Institution, LoanNumber LoanNumber);

internal static class GiveAdvice
{
    // Of a loan that was given without a name.
    private static readonly InstitutionId NoInstitution = Identifier.Parse<InstitutionId>("preview");
    private static readonly LoanNumber NoNumber = Identifier.Parse<LoanNumber>("PREVIEW");

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GiveAdvice",
        Method = HttpMethods.Post,
        Route = "/api/advice",
        Handler = HandleAsync,
        Tag = "Policies",
        Summary = "Which measures a loan can have, what each saves the borrower, and what has to be done by when",
        Description = "Every measure of every policy in force on the day: whether it applies, which condition failed with the value seen and wanted, "
            + "the cost side by side, and the steps with their last days. Sorted by what the borrower saves. Nothing is stored and no case is needed; "
            + "a stored loan that has an open case is advised by the policies that the case began with.",
        Body = new(typeof(AdviceBody), new AdviceBody { Loan = LoanBody.Example, AsOf = new(2026, 2, 2), Attested = [Attestation.Affected] }),
        Answers = [new(StatusCodes.Status200OK, typeof(AdviceView), "The advice.")],
        Problems = [ProblemKind.LoanUnknown, ProblemKind.Refused],
    };

    private static async Task<IResult> HandleAsync(
        Input input, ILoanStore loans, IInstitutionStore institutions, ICaseStore cases, PolicyDesk policies, CalendarDesk calendars, ExclusionDesk exclusions,
        CasePolicy policy, TimeProvider clock, CancellationToken cancellationToken)
    {
        var body = await input.BodyAsync<AdviceBody>(cancellationToken);
        if (body.Loan is null == body.Stored is null)
            return new ProblemAnswer(ProblemKind.Refused) { Errors = [new Refusal("exactly-one-of", body.Loan is null ? "loan" : "stored").With("fields", "loan, stored")] };
        var loan = body.Loan?.At(body.Loan.Institution ?? NoInstitution, body.Loan.Number ?? NoNumber);
        var packs = await policies.LatestAsync(cancellationToken);
        if (body.Stored is { } stored)
        {
            if (await loans.FindAsync(stored.Institution, stored.LoanNumber, cancellationToken) is not { } found)
                return GetLoan.Unknown(stored.Institution, stored.LoanNumber);
            loan = found.Loan;
            if (await FindOpenAsync(cases, stored, cancellationToken) is { } open)
                (packs, policy) = (await policies.ResolveAsync(open.Packs, cancellationToken), open.Policy);
        }

        var asOf = body.AsOf ?? BeijingTime.DateOf(clock.GetUtcNow());
        var request = new AdviceRequest(loan!, asOf)
        {
            // Of a loan that is not stored nobody may find out who is on the lists.
            Listed = body.Stored is null ? [] : await exclusions.ListedAsync(loan!, asOf, cancellationToken),
            Lender = body.Lender ?? (await institutions.FindAsync(loan!.Institution, cancellationToken))?.Kind,
            Attested = body.Attested,
        };
        return Adviser.Advise(request, packs, await calendars.CurrentAsync(cancellationToken), policy) switch
        {
            AdviceResult.Worked worked => Answer.Worded(input.Http, texts => AdviceView.Of(worked.Advice, new(worked.Advice.Packs, texts))),
            AdviceResult.Refused refused => new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons },
            _ => throw new InvalidOperationException("Advice is given or refused."),
        };
    }

    private static async Task<CaseState?> FindOpenAsync(ICaseStore cases, StoredLoanReference loan, CancellationToken cancellationToken) =>
        (await cases.CasesOfAsync(loan.Institution, loan.LoanNumber, cancellationToken)).Open is { } open
            ? (await cases.FindAsync(open, cancellationToken))?.State
            : null;
}
