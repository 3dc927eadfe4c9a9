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

/// <summary>What the maturity scan made of every loan with a maturity in a window.</summary>
public sealed record ScanCoverageView
{
    public required InstitutionId Institution { get; init; }

    /// <summary>The first day of maturity.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly To { get; init; }

    /// <summary>When it was counted.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The last day whose scan has been completed; not there before the first.</summary>
    public DateOnly? ScannedUpTo { get; init; }

    /// <summary>Every loan that has, or ever had in the book, a maturity in the window: those with a case and those without.</summary>
    public required LoanFigureView Loans { get; init; }

    /// <summary>Those for whose maturity a case was opened.</summary>
    public required LoanFigureView WithCase { get; init; }

    /// <summary>The others: the sum of the reasons.</summary>
    public required LoanFigureView WithoutCase { get; init; }

    /// <summary>Why there is no case, each reason once, also where no loan has it.</summary>
    public required IReadOnlyList<CoverageReasonView> Reasons { get; init; }

    internal static ScanCoverageView Of(InstitutionId institution, DayWindow window, ScanCoverage coverage, Catalogue texts)
    {
        var without = coverage.Verdicts.Where(each => each.Key != ScanVerdict.CaseOpened).OrderBy(each => each.Key).ToList();
        return new()
        {
            Institution = institution,
            From = window.From,
            To = window.To,
            AsOf = coverage.AsOf,
            ScannedUpTo = coverage.ScannedUpTo,
            Loans = LoanFigureView.Of(coverage.All),
            WithCase = LoanFigureView.Of(coverage.Verdicts[ScanVerdict.CaseOpened]),
            WithoutCase = LoanFigureView.Of(without.Aggregate(default(LoanFigure), (sum, each) => sum + each.Value)),
            Reasons = [.. without.Select(each => new CoverageReasonView(each.Key, texts.Of(each.Key), each.Value.Loans, each.Value.Outstanding))],
        };
    }
}

/// <param name="Count">How many loans (笔数).</param>
/// <param name="Outstanding">What is outstanding on them now, in yuan (金额).</param>
public sealed record LoanFigureView(int Count, Money Outstanding)
{
    internal static LoanFigureView Of(LoanFigure figure) => new(figure.Loans, figure.Outstanding);
}

/// <param name="Verdict">The reason, by which the loans behind it are asked for.</param>
/// <param name="Title">In words.</param>
/// <param name="Count">How many loans (笔数).</param>
/// <param name="Outstanding">What is outstanding on them now, in yuan (金额).</param>
public sealed record CoverageReasonView(ScanVerdict Verdict, string Title, int Count, Money Outstanding);

internal static class GetScanCoverage
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetScanCoverage",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/scan-coverage",
        Handler = HandleAsync,
        Tag = "Coverage",
        Summary = "Proves that no maturing loan was dropped",
        Description = "应续尽续: the loans with a maturity in a window are those for which a case was opened and, by reason, those for which none was. "
            + "Counted from the loans and the cases themselves, not from what the scan says of its run; a loan whose maturity was moved counts where it was as well. "
            + "Costs by the loans of the window, not by the book.",
        Parameters = [ApiParameters.Institution, CoverageWindow.From, CoverageWindow.To],
        Answers = [new(StatusCodes.Status200OK, typeof(ScanCoverageView), "The count.")],
        Problems = [ProblemKind.InstitutionUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, CoverageDesk desk, IInstitutionStore institutions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var window = CoverageWindow.Read(input, clock);
        input.Check();
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);
        var coverage = await desk.CountAsync(institution, window, cancellationToken);
        return Answer.Worded(input.Http, texts => ScanCoverageView.Of(institution, window, coverage, texts));
    }
}
