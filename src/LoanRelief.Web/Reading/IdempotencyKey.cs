using System.Text.RegularExpressions;

namespace LoanRelief.Web.Reading;

/// <summary>The header by which a repeat is recognised: with or without the quotes of the IETF draft.</summary>
internal static partial class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Comes back with an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Wide enough for any usual kind of key, narrow enough for any log or path.</summary>
    public const string Pattern = @"^[A-Za-z0-9._:~/+=-]{1,100}$";

    public static string? Of(HttpContext http) => http.Request.Headers[Header] is [{ } text, ..] ? Unquoted(text) : null;

    public static bool IsValid(HttpContext http) => http.Request.Headers[Header] switch
    {
        [] => true,
        [{ } text] => Form.IsMatch(Unquoted(text)),
        _ => false,
    };

    private static string Unquoted(string text) => text is ['"', .. var inner, '"'] ? inner : text;

    [GeneratedRegex(Pattern)]
    private static partial Regex Form { get; }
}
