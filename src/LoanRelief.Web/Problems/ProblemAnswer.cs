using System.Diagnostics;
using System.Globalization;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Cases;
using LoanRelief.Web.Texts;
using Microsoft.Net.Http.Headers;

namespace LoanRelief.Web.Problems;

/// <summary>A problem on its way out; becomes <c>application/problem+json</c> in the caller's language.</summary>
internal sealed record ProblemAnswer(ProblemKind Kind) : IResult
{
    public const string ContentType = "application/problem+json";

    public IReadOnlyList<Refusal> Errors { get; init; } = [];

    /// <summary>Values that the detail mentions.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The case as it stands, to say what it would take now.</summary>
    public CaseState? State { get; init; }

    /// <summary>The case that it is about.</summary>
    public CaseId? Case { get; init; }

    /// <summary>When it is worth asking again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For statuses that the framework sets by itself.</summary>
    public static ProblemAnswer ForStatus(int status) => new(status switch
    {
        StatusCodes.Status404NotFound => ProblemKind.NoSuchResource,
        StatusCodes.Status405MethodNotAllowed => ProblemKind.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => ProblemKind.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => ProblemKind.UnsupportedMediaType,
        StatusCodes.Status503ServiceUnavailable => ProblemKind.Unavailable,
        >= 500 => ProblemKind.InternalError,
        _ => ProblemKind.InvalidRequest,
    });

    public ProblemAnswer With(string name, object value) =>
        this with { Values = new Dictionary<string, string>(Values) { [name] = Refusal.Text(value) } };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, texts) = (httpContext.Response, Catalogue.For(httpContext));
        response.StatusCode = Kind.Status;
        response.Headers.ContentLanguage = texts.Language.Tag();
        response.Headers.Vary = HeaderNames.AcceptLanguage;
        if (RetryAfter is { } pause)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(Body(httpContext, texts), WebJson.Options, ContentType, httpContext.RequestAborted);
    }

    private Problem Body(HttpContext http, Catalogue texts) => new()
    {
        Type = Kind.Type,
        Title = texts.Text("problems", $"{Kind.Slug}.title"),
        Status = Kind.Status,
        Detail = texts.Find("problems", $"{Kind.Slug}.detail", Values),
        Instance = http.Request.Path,
        TraceId = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
        Errors = Errors.Count == 0 ? null : [.. Errors.Select(refusal => ErrorView.Of(refusal, texts))],
        Accepted = State is null ? null : ReliefCase.AcceptedFacts(State),
        OpenTasks = State is null ? null : TaskView.Of(State, texts),
        Case = Case ?? State?.Id,
    };
}

/// <summary>Leaves an endpoint with a problem.</summary>
internal sealed class ProblemException(ProblemAnswer answer) : Exception(answer.Kind.Slug)
{
    public ProblemAnswer Answer { get; } = answer;
}
