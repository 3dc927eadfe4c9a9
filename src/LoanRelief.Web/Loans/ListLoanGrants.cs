using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Batches;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Policies;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;
using LoanChange = LoanRelief.Domain.Relief.LoanChange;

namespace LoanRelief.Web.Loans;

/// <summary>What a loan was granted without application.</summary>
/// <param name="Grants">The first comes first. A measure is granted once, so there are as many as measures.</param>
public sealed record LoanGrantList(IReadOnlyList<LoanGrantView> Grants);

/// <summary>An automatic measure (免申即享) that the loan was granted.</summary>
/// <param name="Measure">The measure, in the version of its policy under which it was granted.</param>
/// <param name="GrantedAt">Business time.</param>
/// <param name="By">Who prepared the batch in which it was granted.</param>
/// <param name="ApprovedBy">Who approved that.</param>
/// <param name="Batch">Where that is.</param>
/// <param name="Changes">What changes.</param>
/// <param name="NewRate">The rate that results.</param>
/// <param name="Relief">What the borrower saves.</param>
public sealed record LoanGrantView(
    QuotedMeasure Measure,
    DateTimeOffset GrantedAt,
    string By,
    string ApprovedBy,
    string Batch,
    IReadOnlyList<LoanChange> Changes,
    Rate NewRate,
    ReliefTotals Relief)
{
    internal static LoanGrantView Of(LoanGrant grant, IReadOnlyList<PolicyPack> packs, Catalogue texts) => new(
        new PolicyQuotes(packs, texts).Of(grant.Measure),
        grant.At,
        grant.By,
        grant.ApprovedBy,
        BatchView.PathOf(grant.Institution, grant.Batch),
        grant.Changes,
        grant.NewRate,
        grant.Relief);
}

internal static class ListLoanGrants
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListLoanGrants",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/loans/{loanNumber}/grants",
        Handler = HandleAsync,
        Tag = "Loans",
        Summary = "What a loan was granted without application (免申即享)",
        Description = "What it was granted in batches, with the terms that the institution was told in the event `loanrelief.relief.granted`. What a loan was given in a case stands in the case.",
        Parameters = [ApiParameters.Institution, ApiParameters.LoanNumber],
        Answers = [new(StatusCodes.Status200OK, typeof(LoanGrantList), "The grants, none of most loans.")],
        Problems = [ProblemKind.LoanUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, ILoanStore loans, IBatchStore batches, PolicyDesk policies, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var number = input.Path<LoanNumber>("loanNumber");
        input.Check();
        if (await loans.FindAsync(institution, number, cancellationToken) is null)
            return GetLoan.Unknown(institution, number);
        var grants = new List<(LoanGrant Grant, IReadOnlyList<PolicyPack> Packs)>();
        foreach (var grant in await batches.GrantsAsync(institution, number, cancellationToken))
            grants.Add((grant, await policies.ResolveAsync([grant.Policy], cancellationToken)));
        return Answer.Worded(input.Http, texts => new LoanGrantList([.. grants.Select(each => LoanGrantView.Of(each.Grant, each.Packs, texts))]));
    }

    /// <summary>Where they are.</summary>
    public static string PathOf(InstitutionId institution, LoanNumber loan) => $"/api/institutions/{institution}/loans/{loan}/grants";
}
