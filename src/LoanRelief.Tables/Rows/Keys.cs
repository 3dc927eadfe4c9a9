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
    /// <summary>
    /// Partitions that an institution's loans are spread over. Of 10,000 loans that are stored at once some 40 share
    /// a partition, which makes a transaction nearly as cheap a row as a full one; a million loans are 4,000 in each,
    /// which Azurite looks through in less than a millisecond.
    /// </summary>
    public const int LoanBuckets = 256;

    private const int DayLength = 8;

    /// <summary>The partition of a loan in the loan book.</summary>
    public static string Bucket(InstitutionId institution, LoanNumber loan) => $"{institution}~{Convert.ToHexStringLower(Hash(loan.Value), 0, 1)}";

    /// <summary>The partition with everything about one loan's cases.</summary>
    public static string Partition(InstitutionId institution, LoanNumber loan) => $"{institution}~{loan}";

    /// <summary>The beginning of a key that begins with a day or an instant, up to the day.</summary>
    public static string Day(string key) => key[..Math.Min(key.Length, DayLength)];

    /// <summary>The beginning of a key whose second part begins with a day or an instant, up to the day.</summary>
    public static string GroupAndDay(string key)
    {
        var group = key.IndexOf('~', StringComparison.Ordinal) + 1;
        return group == 0 ? key : key[..Math.Min(key.Length, group + DayLength)];
    }

    /// <summary>One of <see cref="LoanBuckets"/> for the first part of a key, so that what begins with the same part is in one: keeps no order of first parts.</summary>
    public static string BucketOfFirst(string key) => Convert.ToHexStringLower(Hash(key.Split('~')[0]), 0, 1);

    /// <summary>An instant that sorts as text, exact to the 100 ns that a <see cref="DateTimeOffset"/> knows.</summary>
    public static string Sortable(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantForm, CultureInfo.InvariantCulture);

    public static string Sortable(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    /// <summary>Back from <see cref="Sortable(DateTimeOffset)"/>, in UTC.</summary>
    public static DateTimeOffset Instant(string sortable) =>
        DateTimeOffset.ParseExact(sortable, InstantForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Back from <see cref="Sortable(DateOnly)"/>.</summary>
    public static DateOnly Date(string sortable) => DateOnly.ParseExact(sortable, DayForm, CultureInfo.InvariantCulture);

    /// <summary>Any text as a part of a key: no character that is forbidden there, and of bounded length.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(Hash(text).AsSpan(0, 16));

    private const string InstantForm = "yyyyMMdd'T'HHmmss'.'fffffff'Z'";
    private const string DayForm = "yyyyMMdd";

    // Not for secrecy: it gives the same on every machine and in every version, which string.GetHashCode does not.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
