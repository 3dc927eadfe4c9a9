using LoanRelief.Desk.Imports;
using Microsoft.Net.Http.Headers;

namespace LoanRelief.Web.Imports;

/// <summary>What a request says about the loan book in its body.</summary>
/// <param name="Encoding">Null when it says nothing about it.</param>
internal sealed record BookContentType(BookFormat Format, BookEncoding? Encoding)
{
    /// <summary>Null for a body that is not read here: of another type, in another encoding, or packed.</summary>
    public static BookContentType? Of(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is not [] || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return null;
        BookFormat? format = type.MediaType.Value?.ToUpperInvariant() switch
        {
            "TEXT/CSV" => BookFormat.Csv,
            "APPLICATION/X-NDJSON" => BookFormat.Ndjson,
            _ => null,
        };
        BookEncoding? encoding = HeaderUtilities.RemoveQuotes(type.Charset).Value?.ToUpperInvariant() switch
        {
            "UTF-8" or "UTF8" or "US-ASCII" => BookEncoding.Utf8,
            "GB18030" or "GBK" or "GB2312" => BookEncoding.Gb18030,
            _ => null,
        };
        var isKnown = type.Charset.Length == 0 || encoding == BookEncoding.Utf8 || (encoding is not null && format == BookFormat.Csv);
        return format is { } known && isKnown ? new(known, encoding) : null;
    }
}
