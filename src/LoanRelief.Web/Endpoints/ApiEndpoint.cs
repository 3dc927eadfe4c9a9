using LoanRelief.Desk;
using LoanRelief.Web.Problems;

namespace LoanRelief.Web.Endpoints;

/// <summary>One thing that can be asked for: where, how it is answered, and what the documentation says about it.</summary>
/// <remarks>
/// It depends on no host: the local one maps the whole table, a function takes its delegate by name. What is said here
/// about parameters is also what requests are held against.
/// </remarks>
internal sealed record ApiEndpoint
{
    /// <summary>Operation id in the OpenAPI document, and the name by which a host finds it.</summary>
    public required string Name { get; init; }

    public required string Method { get; init; }

    /// <summary>Path from the root, with parameters in braces.</summary>
    public required string Route { get; init; }

    /// <summary>Takes an <c>Input</c>, services and a cancellation token; gives an <see cref="IResult"/>.</summary>
    public required Delegate Handler { get; init; }

    public required string Tag { get; init; }

    public required string Summary { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    public ApiBody? Body { get; init; }

    /// <summary>A body that is read while it comes, instead of <see cref="Body"/>.</summary>
    public ApiUpload? Upload { get; init; }

    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>Problems of its own, besides those that any endpoint of its kind can have.</summary>
    public IReadOnlyList<ProblemKind> Problems { get; init; } = [];

    /// <summary>Whether it answers without looking at the storage.</summary>
    public bool NeedsNoStorage { get; init; }

    /// <summary>Whether it gives way to the others as work in the background does (<see cref="RightOfWay"/>): it takes in a file, does such work, or watches it.</summary>
    public bool CanWait
    {
        get => field || Upload is not null;
        init;
    }

    private bool HasBody => Body is not null || Upload is not null;

    /// <summary>Every problem that it can answer with.</summary>
    public IEnumerable<ProblemKind> AllProblems =>
    [
        .. Problems,
        .. !HasBody && Parameters.Count == 0 ? [] : (ProblemKind[])[ProblemKind.InvalidRequest],
        .. !HasBody ? [] : (ProblemKind[])[ProblemKind.BodyTooLarge, ProblemKind.UnsupportedMediaType],
        ProblemKind.InternalError,
        .. NeedsNoStorage ? [] : (ProblemKind[])[ProblemKind.Unavailable],
    ];
}

/// <summary>Something that a request says outside its body.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="In">Where.</param>
/// <param name="Type">The type it is read as.</param>
/// <param name="Description">For the documentation.</param>
/// <param name="Example">For the documentation.</param>
internal sealed record ApiParameter(string Name, ParameterPlace In, Type Type, string Description, string Example)
{
    public bool Required => In == ParameterPlace.Path;
}

internal enum ParameterPlace
{
    Path,
    Query,
    Header,
}

/// <param name="Type">The type of the JSON.</param>
/// <param name="Example">A value of that type.</param>
internal sealed record ApiBody(Type Type, object Example);

/// <param name="Files">The kinds of file that are taken.</param>
internal sealed record ApiUpload(params IReadOnlyList<ApiFile> Files);

/// <param name="MediaType">Its content type.</param>
/// <param name="Description">For the documentation.</param>
/// <param name="Example">For the documentation.</param>
internal sealed record ApiFile(string MediaType, string Description, string Example);

/// <param name="Status">HTTP status.</param>
/// <param name="Type">The type of the JSON, or of the text; null for an answer without a body.</param>
/// <param name="Description">When it is answered.</param>
/// <param name="Headers">Names of the headers that come with it.</param>
internal sealed record ApiAnswer(int Status, Type? Type, string Description, params string[] Headers)
{
    public string MediaType { get; init; } = "application/json";
}
