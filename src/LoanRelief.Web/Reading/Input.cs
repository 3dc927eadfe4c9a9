using System.Globalization;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Texts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace LoanRelief.Web.Reading;

/// <summary>Reads what a request says, and collects everything that is wrong with it, so that the caller hears all of it at once.</summary>
/// <remarks>Values that were read may be used once <see cref="Check"/>, or reading the body, has passed.</remarks>
internal sealed class Input
{
    private readonly ApiEndpoint _endpoint;
    private readonly List<Refusal> _errors = [];
    private JsonBody? _body;

    private Input(HttpContext http)
    {
        Http = http;
        _endpoint = http.Features.Get<ApiEndpoint>() ?? throw new InvalidOperationException("The request did not come through the table of endpoints.");
        CheckParameters();
    }

    public HttpContext Http { get; }

    /// <summary>Lets an endpoint have it as a parameter.</summary>
    public static ValueTask<Input?> BindAsync(HttpContext context) => new(new Input(context));

    /// <summary>An identifier in the path.</summary>
    public T Path<T>(string name) where T : struct, IIdentifier<T>
    {
        if (!T.TryParse(Http.GetRouteValue(name) as string, out var id))
            Refuse(Expected.Of(typeof(T), name));
        return id;
    }

    /// <summary>A whole number in the path.</summary>
    public int PathNumber(string name, int minimum, int maximum) => Number(name, PathText(name), minimum, maximum, otherwise: minimum);

    /// <summary>Free text in the path.</summary>
    public string PathText(string name) => (string)Http.GetRouteValue(name)!;

    public string? QueryText(string name) => Http.Request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    /// <summary>An identifier in the query string; null when left out.</summary>
    public T? QueryId<T>(string name) where T : struct, IIdentifier<T>
    {
        if (QueryText(name) is not { } text)
            return null;
        if (T.TryParse(text, out var id))
            return id;
        Refuse(Expected.Of(typeof(T), name));
        return null;
    }

    /// <summary>A word of an enum in the query string, written as in JSON; null when left out.</summary>
    public T? QueryWord<T>(string name) where T : struct, Enum
    {
        if (QueryText(name) is not { } text)
            return null;
        foreach (var member in Enum.GetValues<T>())
        {
            if (Catalogue.Word(member) == text)
                return member;
        }

        Refuse(Expected.Of(typeof(T), name));
        return null;
    }

    /// <summary>Yes or no in the query string; no when left out.</summary>
    public bool QueryFlag(string name)
    {
        if (QueryText(name) is not { } text || text is "true" or "false")
            return QueryText(name) == "true";
        Refuse(new Refusal("expected-boolean", name));
        return false;
    }

    /// <summary>A whole number in the query string.</summary>
    public int QueryNumber(string name, int minimum, int maximum, int otherwise) =>
        QueryText(name) is { } text ? Number(name, text, minimum, maximum, otherwise) : otherwise;

    /// <summary>A date in the query string; null when left out.</summary>
    public DateOnly? QueryDate(string name)
    {
        if (QueryText(name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Refuse(new Refusal("expected-date", name));
        return null;
    }

    /// <summary>An instant in the query string, or a date, which means its beginning in Beijing; null when left out.</summary>
    public DateTimeOffset? QueryInstant(string name)
    {
        if (QueryText(name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return IsWithin(name, date) ? BeijingTime.StartOf(date) : null;
        if (InstantJsonConverter.HasOffset(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant))
            return IsWithin(name, DateOnly.FromDateTime(instant.UtcDateTime)) ? instant : null;
        Refuse(new Refusal("expected-instant-or-date", name));
        return null;
    }

    /// <summary>The version that the caller has seen, from <c>If-Match</c>; null when it does not care.</summary>
    /// <remarks>A tag that was never given out, or a weak one, is of no version and matches none.</remarks>
    public int? IfMatch()
    {
        if (Http.Request.Headers.IfMatch is [])
            return null;
        if (Http.Request.Headers.IfMatch is [{ } text] && EntityTagHeaderValue.TryParse(text, out var tag))
            return tag.Tag == "*" ? null : VersionTag.Parse(tag) ?? VersionTag.OfNone;
        Refuse(new("expected-entity-tag", HeaderNames.IfMatch));
        return null;
    }

    /// <summary>Who asks, by what the body says and <c>Idempotency-Key</c>. After the body has been read.</summary>
    /// <exception cref="ProblemException">The name is the program's own.</exception>
    public Caller Caller(string by)
    {
        if (string.Equals(by.Trim(), CaseContext.System, StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(new(ProblemKind.Refused) { Errors = [new("by-reserved", "by")] });
        return IdempotencyKey.Of(Http) is { } key ? new(by, key, _body!.Fingerprint(Http.Request.Path)) : new(by);
    }

    /// <summary>Reads the body as last of all.</summary>
    /// <exception cref="ProblemException">Something is wrong with the request: everything that was found.</exception>
    public async Task<T> BodyAsync<T>(CancellationToken cancellationToken) where T : notnull
    {
        _body = await JsonBody.ReadAsync(Http.Request, cancellationToken);
        _errors.AddRange(_body.Check(typeof(T)));
        Check();
        return _body.As<T>();
    }

    public void Refuse(Refusal error) => _errors.Add(error);

    /// <exception cref="ProblemException">Something is wrong with the request: everything that was found.</exception>
    public void Check()
    {
        if (_errors.Count > 0)
            throw new ProblemException(new(ProblemKind.InvalidRequest) { Errors = _errors });
    }

    /// <summary>No loan is from before or runs until after; and at the ends of the calendar a day in Beijing is none in UTC.</summary>
    private bool IsWithin(string name, DateOnly date)
    {
        if (date >= LoanRules.EarliestDrawdown && date <= LoanRules.LatestDay)
            return true;
        Refuse(new Refusal("out-of-range", name)
            .With("value", date)
            .With("minimum", LoanRules.EarliestDrawdown)
            .With("maximum", LoanRules.LatestDay));
        return false;
    }

    private int Number(string name, string text, int minimum, int maximum, int otherwise)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
            return number;
        Refuse(new Refusal("out-of-range", name).With("value", text).With("minimum", minimum).With("maximum", maximum));
        return otherwise;
    }

    private void CheckParameters()
    {
        var known = _endpoint.Parameters.Where(parameter => parameter.In == ParameterPlace.Query).Select(parameter => parameter.Name).ToList();
        foreach (var (name, values) in Http.Request.Query)
        {
            if (!known.Contains(name))
                Refuse(known.Count == 0 ? new Refusal("no-parameters", name) : new Refusal("unknown-parameter", name).With("known", string.Join(", ", known)));
            else if (values.Count > 1)
                Refuse(new Refusal("given-twice", name));
        }

        if (!IdempotencyKey.IsValid(Http))
            Refuse(new Refusal("idempotency-key-form", IdempotencyKey.Header));
    }
}
