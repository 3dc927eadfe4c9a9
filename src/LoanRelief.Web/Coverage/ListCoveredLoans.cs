using System.Globalization;
using LoanRelief.Desk.Coverage;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Coverage;

/// <summary>One page of the loans behind a count.</summary>
/// <param name="Loans">By day of maturity and number.</param>
/// <param name="Continuation">Leads to the next page; not there on the last.</param>
public sealed record CoveredLoanList(IReadOnlyList<CoveredLoanView> Loans, string? Continuation);

/// <summary>One loan and one of its maturities; references only, no names.</summary>
public sealed record CoveredLoanView
{
    public required LoanNumber LoanNumber { get; init; }

    /// <summary>The maturity within the window.</summary>
    public required DateOnly Maturity { get; init; }

    /// <summary>What is outstanding now.</summary>
    public required Money Outstanding { get; init; }

    public required ScanVerdict Verdict { get; init; }

    public required string VerdictTitle { get; init; }

    /// <summary>The case about this maturity, or the open one about another that is waited for.</summary>
    public CaseId? Case { get; init; }

    /// <summary>The day on which the scan looks at the loan.</summary>
    public DateOnly? ScanOn { get; init; }

    /// <summary>The maturity that the book has now, where it is another.</summary>
    public DateOnly? PresentMaturity { get; init; }

    internal static CoveredLoanView Of(CoveredLoan covered, Catalogue texts) => new()
    {
        LoanNumber = covered.Loan.Number,
        Maturity = covered.Maturity,
        Outstanding = covered.Loan.Outstanding,
        Verdict = covered.Verdict,
        VerdictTitle = texts.Of(covered.Verdict),
        Case = covered.Case,
        ScanOn = covered.ScanOn,
        PresentMaturity = covered.Loan.Maturity == covered.Maturity ? null : covered.Loan.Maturity,
    };
}

internal static class ListCoveredLoans
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListCoveredLoans",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/scan-coverage/loans",
        Handler = HandleAsync,
        Tag = "Coverage",
        Summary = "The loans behind a count of the coverage, a page at a time",
        Parameters =
        [
            ApiParameters.Institution, CoverageWindow.From, CoverageWindow.To,
            new("verdict", ParameterPlace.Query, typeof(ScanVerdict), "Loans with this verdict; all if left out.", "otherCaseOpen"),
            NextPage.Size("Loans", note: "A page may have fewer, even none, although others follow."),
            NextPage.After("2026-03-20~JJ2025-0001"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(CoveredLoanList), "One page.", ApiHeaders.Link)],
        Problems = [ProblemKind.InstitutionUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, CoverageDesk desk, IInstitutionStore institutions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var window = CoverageWindow.Read(input, clock);
        var verdict = input.QueryWord<ScanVerdict>("verdict");
        var size = NextPage.SizeOf(input);
        var after = NextPage.PlaceOf(input, text => Place(text) is { } place && window.Contains(place.On) ? place : default(MaturityEntry?));
        input.Check();
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);

        var page = await desk.PageAsync(institution, window, verdict, after, size, cancellationToken);
        var continuation = page.Next is { } next ? string.Create(CultureInfo.InvariantCulture, $"{next.On:yyyy-MM-dd}~{next.Loan}") : null;
        NextPage.Link(input.Http, continuation);
        return Answer.Worded(input.Http, texts => new CoveredLoanList([.. page.Loans.Select(loan => CoveredLoanView.Of(loan, texts))], continuation));
    }

    private static MaturityEntry? Place(string continuation) =>
        continuation.Split('~') is [var on, var loan]
        && DateOnly.TryParseExact(on, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && LoanNumber.TryParse(loan, out var number)
            ? new(day, number)
            : null;
}
