using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Endpoints;

/// <summary>Parameters that several endpoints have.</summary>
internal static class ApiParameters
{
    public static readonly ApiParameter Institution =
        new("institution", ParameterPlace.Path, typeof(InstitutionId), "Short name of the institution.", "wencheng-rcb");

    public static readonly ApiParameter LoanNumber =
        new("loanNumber", ParameterPlace.Path, typeof(LoanNumber), "借据号: the loan's number in the institution's book.", "JJ2025-0001");

    public static readonly ApiParameter CaseId =
        new("id", ParameterPlace.Path, typeof(CaseId), "The case, as named by `Location` when it was opened.", "wencheng-rcb~JJ2025-0001~1");

    public static readonly ApiParameter Policy =
        new("id", ParameterPlace.Path, typeof(PolicyPackId), "Short name of the policy pack.", "general-rules-of-loans");

    public static readonly ApiParameter CalendarYear =
        new("year", ParameterPlace.Path, typeof(int), "The year that the notice is about.", "2027");

    public static readonly ApiParameter IdempotencyKey = new(
        Reading.IdempotencyKey.Header, ParameterPlace.Header, typeof(string),
        "Chosen by the caller for one request and its repeats: a repeat changes nothing and is answered like the first. "
        + "1 to 100 letters, digits and `._:~/+=-`; the same key with another body is refused.",
        "7f1c2f9e-5a0b-4d38-9a53-1c2e6f8b7a10");

    public static readonly ApiParameter IfMatch = new(
        "If-Match", ParameterPlace.Header, typeof(string),
        "The `ETag` of the case as the caller has seen it: nothing is done if the case has changed since.", "\"v3\"");

    public static readonly ApiParameter IfNoneMatch = new(
        "If-None-Match", ParameterPlace.Header, typeof(string),
        "The `ETag` of the case as the caller has it: answered with 304 if it has not changed since.", "\"v3\"");

    public static readonly ApiParameter AcceptLanguage = new(
        "Accept-Language", ParameterPlace.Header, typeof(string), "Titles and messages in English (`en`, the default) or Chinese (`zh`).", "zh-CN");
}

/// <summary>Headers that come with answers.</summary>
internal static class ApiHeaders
{
    public const string ETag = "ETag";
    public const string Location = "Location";
    public const string Link = "Link";
    public const string Replayed = IdempotencyKey.ReplayedHeader;
    public const string RetryAfter = "Retry-After";

    public static readonly IReadOnlyDictionary<string, string> Descriptions = new Dictionary<string, string>
    {
        [ETag] = "The version of the case, to be sent back in `If-Match` or `If-None-Match`.",
        [Location] = "Where the thing is.",
        [Link] = "`rel=\"next\"` leads to the next page; not there on the last.",
        [Replayed] = "`true` when this request, or one with the same key, had been carried out before.",
        [RetryAfter] = "Seconds after which it is worth asking again.",
    };
}
