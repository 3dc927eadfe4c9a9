using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Tables.Cases;

/// <summary>Where the next page begins: after a row key of an institution.</summary>
/// <remarks>
/// Goes out as base64url of a version, a fingerprint of the query without its page size, and the position. It holds
/// nothing that the page itself did not show, and whatever somebody makes of it reads no other rows than the query does.
/// </remarks>
internal readonly record struct CaseContinuation(InstitutionId Institution, string After)
{
    private const byte Version = 1;
    private const int FingerprintLength = 8;
    private const int HeaderLength = 1 + FingerprintLength;

    public string Write(CaseQuery query)
    {
        byte[] token = [Version, .. Fingerprint(query), .. Encoding.ASCII.GetBytes($"{Institution}~{After}")];
        return Base64Url.EncodeToString(token);
    }

    /// <exception cref="FormatException">It was not given out for this query.</exception>
    public static CaseContinuation Read(string text, CaseQuery query)
    {
        var token = Decode(text);
        if (token.Length <= HeaderLength || token[0] != Version || !token.AsSpan(1, FingerprintLength).SequenceEqual(Fingerprint(query)))
            throw Refused();
        var position = Encoding.ASCII.GetString(token, HeaderLength, token.Length - HeaderLength);
        if (position.Split('~', 2) is not [var name, var after] || !InstitutionId.TryParse(name, out var institution)
            || institution != (query.Institution ?? institution)
            || !CaseRanges.Of(query).Any(range => after == range.Rows.After || range.Rows.Contains(after)))
            throw Refused();
        return new(institution, after);
    }

    private static byte[] Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            throw Refused();
        }
    }

    private static byte[] Fingerprint(CaseQuery query)
    {
        var asked = $"{query.Institution}|{query.Stage}|{query.Outcome}|{query.DeadlineBefore?.UtcTicks}";
        return SHA256.HashData(Encoding.UTF8.GetBytes(asked))[..FingerprintLength];
    }

    private static FormatException Refused() => new("The continuation does not belong to this query.");
}
