using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>Something that people or systems report about a case.</summary>
public abstract record Report
{
    /// <summary>Who reports: a person or system, as the institution names it. Who prepares a proposal never approves it, by this name.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string By { get; init; }

    internal abstract Fact ToFact();
}

/// <summary>What all facts have in common; each has a file of its own that says what it is.</summary>
internal static class ReportFact
{
    public static ApiEndpoint Endpoint<TFact, TReport>(string name, string summary, string description, TReport example)
        where TFact : Fact
        where TReport : Report => new()
        {
            Name = name,
            Method = HttpMethods.Post,
            Route = $"/api/cases/{{id}}/facts/{Fact.NameOf<TFact>()}",
            Handler = HandleAsync<TReport>,
            Tag = "Facts",
            Summary = summary,
            Description = description,
            Parameters = [ApiParameters.CaseId, ApiParameters.IfMatch, ApiParameters.IdempotencyKey],
            Body = new(typeof(TReport), example),
            Answers = [new(StatusCodes.Status200OK, typeof(CaseView), "Taken; the case after it.", ApiHeaders.ETag, ApiHeaders.Replayed)],
            Problems = [ProblemKind.CaseUnknown, ProblemKind.NotNow, ProblemKind.Stale, ProblemKind.Refused, ProblemKind.IdempotencyKeyReused],
        };

    private static async Task<IResult> HandleAsync<TReport>(Input input, CaseDesk desk, CaseAnswers answers, CancellationToken cancellationToken)
        where TReport : Report
    {
        var id = input.Path<CaseId>("id");
        var version = input.IfMatch();
        var report = await input.BodyAsync<TReport>(cancellationToken);
        var caller = input.Caller(report.By);
        return await answers.OfAsync(await desk.ReportAsync(id, report.ToFact(), caller, version, cancellationToken), input.Http);
    }
}
