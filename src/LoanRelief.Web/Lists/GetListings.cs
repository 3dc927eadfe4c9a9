using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Loans;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>What lists from outside say about a borrower.</summary>
public sealed record ListingsView
{
    /// <summary>The borrower's 统一社会信用代码; not there when the book has none, and then no list is matched.</summary>
    public CreditCode? CreditCode { get; init; }

    /// <summary>The day for which it is so, in Beijing.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Entries of exclusion lists that are valid on the day.</summary>
    public required IReadOnlyList<Exclusion> Exclusions { get; init; }

    /// <summary>To which stages of the funnel it came, by day.</summary>
    public required IReadOnlyList<FunnelRecord> Records { get; init; }
}

internal static class GetListings
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetListings",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/loans/{loanNumber}/listings",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "What lists from outside say about a loan's borrower today",
        Description = "The institution's own lists and those of authorities; of these it sees no more than what is about its own borrowers. "
            + "A borrower whose `creditCode` is not in the loan book is matched by none: the book's own `exclusions` hold all the same.",
        Parameters = [ApiParameters.Institution, ApiParameters.LoanNumber],
        Answers = [new(StatusCodes.Status200OK, typeof(ListingsView), "What they say.")],
        Problems = [ProblemKind.LoanUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, ILoanStore loans, ExclusionDesk exclusions, FunnelDesk funnel, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (institution, number) = (input.Path<InstitutionId>("institution"), input.Path<LoanNumber>("loanNumber"));
        input.Check();
        if (await loans.FindAsync(institution, number, cancellationToken) is not { Loan: var loan })
            return GetLoan.Unknown(institution, number);
        var today = BeijingTime.DateOf(clock.GetUtcNow());
        return Answer.Json(new ListingsView
        {
            CreditCode = loan.Borrower.CreditCode,
            AsOf = today,
            Exclusions = await exclusions.ListedAsync(loan, today, cancellationToken),
            Records = await funnel.RecordsAsync(loan, cancellationToken),
        });
    }
}
