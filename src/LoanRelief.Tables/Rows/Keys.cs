using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Tables.Rows;

/// <summary>What the keys of all tables have in common.</summary>
/// <remarks>
/// Parts are joined with <c>~</c>, which none of them contains and which sorts after everything that they do contain.
/// Keys are compared ordinally, by Table Storage as here. What they contain is stored for good: a change to a form
/// here moves rows that exist.
/// </remarks>
internal static class Keys
{
    /// <summary>Partitions that an institution's rows are spread over; one takes 2,000 writes a second.</summary>
    public const int Shards = 4;

    /// <summary>The one partition with everything about a loan, or about its cases.</summary>
    public static string Partition(InstitutionId institution, LoanNumber loan) => Partition(institution, Hash(loan.Value)[0] % Shards);

    public static IEnumerable<string> Partitions(InstitutionId institution) =>
        Enumerable.Range(0, Shards).Select(shard => Partition(institution, shard));

    /// <summary>An instant that sorts as text, exact to the 100 ns that a <see cref="DateTimeOffset"/> knows.</summary>
    public static string Sortable(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fffffff'Z'", CultureInfo.InvariantCulture);

    public static string Sortable(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Any text as a part of a key: no character that is forbidden there, and of bounded length.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(Hash(text).AsSpan(0, 16));

    private static string Partition(InstitutionId institution, int shard) => string.Create(CultureInfo.InvariantCulture, $"{institution}~{shard}");

    // Not for secrecy: it gives the same on every machine and in every version, which string.GetHashCode does not.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
