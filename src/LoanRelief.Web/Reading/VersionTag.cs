using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace LoanRelief.Web.Reading;

/// <summary>The version of a case as an entity tag: <c>"v12"</c>.</summary>
internal static class VersionTag
{
    /// <summary>No case is ever at this version.</summary>
    public const int OfNone = -1;

    public static string Of(int version) => $"\"v{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Null when it is not a strong tag of ours.</summary>
    public static int? Parse(EntityTagHeaderValue tag) =>
        !tag.IsWeak && tag.Tag.Value is ['"', 'v', .. var version, '"'] && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Whether <c>If-None-Match</c> says that the caller has this version already; compared weakly, as RFC 9110 §13.1.2 wants.</summary>
    public static bool IsKnownTo(HttpRequest request, int version) =>
        request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Tag == "*" || tag.Tag == Of(version));
}
