using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Lists;

/// <summary>Names an inquiry: whose list, which list, and the number there: <c>yubei-jrb~needs-2026-01~17</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<InquiryId>))]
public readonly record struct InquiryId(InstitutionId By, ListId List, EntryNumber Number) : IIdentifier<InquiryId>
{
    public static string Form => "institution~list~number, such as yubei-jrb~needs-2026-01~17";

    public static bool TryParse([NotNullWhen(true)] string? text, out InquiryId id)
    {
        id = default;
        if (text?.Split('~') is not [var by, var list, var number]
            || !InstitutionId.TryParse(by, out var institution) || !ListId.TryParse(list, out var named) || !EntryNumber.TryParse(number, out var entry))
            return false;
        id = new(institution, named, entry);
        return true;
    }

    public override string ToString() => $"{By}~{List}~{Number}";
}

/// <summary>The number of an entry within its list: 1 to 40 of <c>A-Z a-z 0-9 - _ .</c>, first a letter or digit.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<EntryNumber>))]
public readonly partial record struct EntryNumber : IIdentifier<EntryNumber>
{
    private EntryNumber(string value) => Value = value;

    public string Value { get; }

    public static string Form => "1 to 40 letters (A-Z, a-z), digits, hyphens, underscores or dots, the first a letter or digit";

    public static bool TryParse([NotNullWhen(true)] string? text, out EntryNumber id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,39}\z")]
    private static partial Regex Pattern { get; }
}
