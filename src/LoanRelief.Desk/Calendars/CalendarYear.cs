using System.Security.Cryptography;
using System.Text.Json;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Calendars;

/// <summary>A version of a year's holidays. A corrected notice is a new version; a version never changes.</summary>
/// <param name="Year">Of the notice.</param>
/// <param name="Version">From 1; a year that ships with the program is version 1.</param>
/// <param name="StoredAt">Machine time at which it came in; null for what ships with the program.</param>
public sealed record CalendarYear(int Year, int Version, HolidayYear Content, DateTimeOffset? StoredAt)
{
    /// <summary>Tells contents apart, whatever their versions: the same for the same days and notices.</summary>
    public string Fingerprint() => FingerprintOf(Content);

    internal static string FingerprintOf(HolidayYear content) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, DomainJson.Options)).AsSpan(..8));
}
