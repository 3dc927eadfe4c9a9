using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Loans;

internal static class PutLoan
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "PutLoan",
        Method = HttpMethods.Put,
        Route = "/api/institutions/{institution}/loans/{loanNumber}",
        Handler = HandleAsync,
        Tag = "Loans",
        Summary = "Stores one loan, new or changed",
        Description = "The same loan again changes nothing. An open case of the loan is told what changed.",
        Parameters = [ApiParameters.Institution, ApiParameters.LoanNumber],
        Body = new(typeof(LoanBody), LoanBody.Example),
        Answers =
        [
            new(StatusCodes.Status201Created, typeof(Loan), "The loan is new.", ApiHeaders.Location),
            new(StatusCodes.Status200OK, typeof(Loan), "The loan was known and now stands like this."),
        ],
        Problems = [ProblemKind.InstitutionUnknown, ProblemKind.Refused],
    };

    private static async Task<IResult> HandleAsync(Input input, IInstitutionStore institutions, LoanDesk desk, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var number = input.Path<LoanNumber>("loanNumber");
        var body = await input.BodyAsync<LoanBody>(cancellationToken);
        if (Differences(institution, number, body).ToList() is { Count: > 0 } reasons)
            return new ProblemAnswer(ProblemKind.Refused) { Errors = reasons };
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);
        switch (await desk.PutAsync(body.At(institution, number), cancellationToken))
        {
            case PutLoanAnswer.Refused refused:
                return new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons };
            case PutLoanAnswer.Stored { Kind: LoanChangeKind.Added } stored:
                input.Http.Response.Headers.Location = $"/api/institutions/{institution}/loans/{number}";
                return Answer.Json(stored.Loan, StatusCodes.Status201Created);
            case PutLoanAnswer.Stored stored:
                return Answer.Json(stored.Loan);
            default:
                throw new InvalidOperationException("A loan is stored or refused.");
        }
    }

    private static IEnumerable<Refusal> Differences(InstitutionId institution, LoanNumber number, LoanBody body)
    {
        if (body.Institution is { } otherInstitution && otherInstitution != institution)
            yield return new Refusal("path-and-body-differ", "institution").With("path", institution).With("body", otherInstitution);
        if (body.Number is { } otherNumber && otherNumber != number)
            yield return new Refusal("path-and-body-differ", "number").With("path", number).With("body", otherNumber);
    }
}
