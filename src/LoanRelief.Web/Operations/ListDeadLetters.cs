using LoanRelief.Desk;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Operations;

/// <summary>Events that could not be delivered and wait for an operator.</summary>
public sealed record DeadLetterList(IReadOnlyList<DeadLetter> DeadLetters);

internal static class ListDeadLetters
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListDeadLetters",
        Method = HttpMethods.Get,
        Route = "/api/operations/dead-letters",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "Events that could not be delivered",
        Parameters = [new("institution", ParameterPlace.Query, typeof(InstitutionId), "Events for this institution; for all if left out.", "wencheng-rcb")],
        Answers = [new(StatusCodes.Status200OK, typeof(DeadLetterList), "The list; empty is good.")],
    };

    private static async Task<IResult> HandleAsync(Input input, DeadLetterDesk desk, IInstitutionStore institutions, CancellationToken cancellationToken)
    {
        var wanted = input.QueryId<InstitutionId>("institution");
        input.Check();
        var ids = wanted is { } one ? [one] : await institutions.AllAsync(cancellationToken).Select(institution => institution.Id).ToListAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        foreach (var id in ids)
        {
            await foreach (var letter in desk.ListAsync(id, cancellationToken))
                letters.Add(letter);
        }

        return Answer.Json(new DeadLetterList(letters));
    }
}
