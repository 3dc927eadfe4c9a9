using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LoanRelief.Channels;

/// <summary>Signs a request as the Standard Webhooks specification 1.0.0 says, with its symmetric scheme <c>v1</c>.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";

    /// <summary>The key within a secret: <c>whsec_</c> and base64, or else the UTF-8 bytes of the text.</summary>
    /// <returns>Null for an empty secret, and for one that begins with <c>whsec_</c> but goes on with something else than base64.</returns>
    public static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
            return secret.Length > 0 ? Encoding.UTF8.GetBytes(secret) : null;

        var encoded = secret.AsSpan(SecretPrefix.Length);
        var key = new byte[encoded.Length];
        return Convert.TryFromBase64Chars(encoded, key, out var length) && length > 0 ? key[..length] : null;
    }

    /// <summary>An event's id as a header can carry it: percent-encoded, slashes kept for the reader.</summary>
    /// <remarks>
    /// A full stop separates the parts that are signed, so the specification wants none in an id; ours hold loan numbers,
    /// which may have one. Different ids stay different.
    /// </remarks>
    public static string HeaderId(string eventId) =>
        Uri.EscapeDataString(eventId)
            .Replace("%2F", "/", StringComparison.Ordinal)
            .Replace(".", "%2E", StringComparison.Ordinal);

    /// <param name="key">From <see cref="KeyOf"/>.</param>
    /// <param name="headerId">From <see cref="HeaderId"/>.</param>
    /// <param name="timestamp">Seconds since 1970 in UTC, as in the header.</param>
    /// <param name="body">Exactly the bytes that are sent.</param>
    /// <returns>The value of the header <c>webhook-signature</c>.</returns>
    public static string Sign(byte[] key, string headerId, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{headerId}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
