using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Loans;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Cases;

/// <summary>What the desk answered, in HTTP.</summary>
internal sealed class CaseAnswers(PolicyDesk policies)
{
    public async Task<IResult> OfAsync(DeskAnswer answer, HttpContext http, int status = StatusCodes.Status200OK)
    {
        switch (answer)
        {
            case DeskAnswer.Done done:
                if (!done.Changed && IdempotencyKey.Of(http) is not null)
                    http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
                if (status == StatusCodes.Status202Accepted)
                    http.Response.Headers.Location = PathOf(done.Case.State);
                return await WithTagAsync(done.Case.State, http, status);
            case DeskAnswer.Refused { Case: null } refused:
                return new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons };
            case DeskAnswer.Refused refused:
                return new ProblemAnswer(refused.NotNow ? ProblemKind.NotNow : ProblemKind.Refused)
                {
                    Errors = refused.Reasons,
                    State = refused.Case.State,
                };
            case DeskAnswer.NoSuchCase unknown:
                return new ProblemAnswer(ProblemKind.CaseUnknown).With("case", unknown.Id);
            case DeskAnswer.NoSuchLoan unknown:
                return GetLoan.Unknown(unknown.Institution, unknown.Loan);
            case DeskAnswer.AlreadyOpen open:
                http.Response.Headers.Location = $"/api/cases/{open.Id}";
                return new ProblemAnswer(ProblemKind.CaseAlreadyOpen) { Case = open.Id }.With("case", open.Id);
            case DeskAnswer.Stale stale:
                Tag(stale.Case.State, http);
                return new ProblemAnswer(ProblemKind.Stale) { State = stale.Case.State }.With("version", stale.Case.State.Version);
            case DeskAnswer.KeyReused reused:
                return new ProblemAnswer(ProblemKind.IdempotencyKeyReused) { Case = reused.Case.State.Id };
            default:
                throw new InvalidOperationException($"The desk answered {answer.GetType().Name}, which nobody expects here.");
        }
    }

    /// <summary>The case with its entity tag.</summary>
    public async Task<IResult> WithTagAsync(CaseState state, HttpContext http, int status = StatusCodes.Status200OK)
    {
        var packs = await policies.ResolveAsync(state.Packs, http.RequestAborted);
        Tag(state, http);
        return Answer.Worded(http, texts => CaseView.Of(state, new(packs, texts)), status);
    }

    private static void Tag(CaseState state, HttpContext http) => http.Response.Headers.ETag = VersionTag.Of(state.Version);

    private static string PathOf(CaseState state) => $"/api/cases/{state.Id}";
}
