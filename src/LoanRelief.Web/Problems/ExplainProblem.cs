using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Problems;

/// <summary>What a kind of problem means, in both languages.</summary>
/// <param name="Type">Its URI reference.</param>
/// <param name="Status">The HTTP status that it comes with.</param>
/// <param name="English">In English.</param>
/// <param name="Chinese">In Chinese.</param>
public sealed record ProblemExplanation(string Type, int Status, ProblemText English, ProblemText Chinese);

/// <param name="Title">In a few words.</param>
/// <param name="Explanation">What it means and what to do about it.</param>
public sealed record ProblemText(string Title, string Explanation);

internal static class ExplainProblem
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ExplainProblem",
        Method = HttpMethods.Get,
        Route = "/problems/{slug}",
        Handler = Handle,
        Tag = "Problems",
        NeedsNoStorage = true,
        Summary = "Explains a kind of problem",
        Parameters = [new("slug", ParameterPlace.Path, typeof(string), "The last part of the problem's `type`.", "case-already-open")],
        Answers = [new(StatusCodes.Status200OK, typeof(ProblemExplanation), "What it means.")],
        Problems = [ProblemKind.NoSuchResource],
    };

    private static IResult Handle(Input input)
    {
        var slug = input.PathText("slug");
        input.Check();
        return ProblemKind.All.FirstOrDefault(kind => kind.Slug == slug) is { } kind
            ? Answer.Json(new ProblemExplanation(kind.Type, kind.Status, In(Language.English, kind), In(Language.Chinese, kind)))
            : new ProblemAnswer(ProblemKind.NoSuchResource);
    }

    private static ProblemText In(Language language, ProblemKind kind)
    {
        var texts = Catalogue.In(language);
        return new(texts.Text("problems", $"{kind.Slug}.title"), texts.Text("problems", $"{kind.Slug}.explanation"));
    }
}
