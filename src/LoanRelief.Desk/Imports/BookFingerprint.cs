using System.Security.Cryptography;

namespace LoanRelief.Desk.Imports;

/// <summary>Tells the bytes of a book from those of another that came with the same idempotency key.</summary>
public static class BookFingerprint
{
    /// <param name="sha256">Over all bytes.</param>
    public static string Of(ReadOnlySpan<byte> sha256) => Convert.ToHexStringLower(sha256[..12]);

    /// <summary>Reads a book to its end and keeps nothing of it.</summary>
    public static async Task<string> OfAsync(Stream book, CancellationToken cancellationToken) => Of(await SHA256.HashDataAsync(book, cancellationToken));
}
