using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Loans;

internal static class GetLoan
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetLoan",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/loans/{loanNumber}",
        Handler = HandleAsync,
        Tag = "Loans",
        Summary = "One loan, as it was last stored",
        Parameters = [ApiParameters.Institution, ApiParameters.LoanNumber],
        Answers = [new(StatusCodes.Status200OK, typeof(Loan), "The loan.")],
        Problems = [ProblemKind.LoanUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, ILoanStore loans, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var number = input.Path<LoanNumber>("loanNumber");
        input.Check();
        return await loans.FindAsync(institution, number, cancellationToken) is { Loan: var loan }
            ? Answer.Json(loan)
            : Unknown(institution, number);
    }

    public static ProblemAnswer Unknown(InstitutionId institution, LoanNumber number) => new ProblemAnswer(ProblemKind.LoanUnknown).With("loan", number).With("institution", institution);
}
