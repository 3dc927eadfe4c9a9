using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Lists;

/// <summary>A code of GB/T 4754 国民经济行业分类: the letter of the section, with or without the digits of division, group and class, such as C or C1492.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<SectorCode>))]
public readonly partial record struct SectorCode : IIdentifier<SectorCode>
{
    private SectorCode(string value) => Value = value;

    public string Value { get; }

    /// <summary>门类, A to T: by it the funnel is counted.</summary>
    public string Section => Value[..1];

    public static string Form => "a letter from A to T, with or without two to four digits";

    public static bool TryParse([NotNullWhen(true)] string? text, out SectorCode id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-T](?:[0-9]{2,4})?\z")]
    private static partial Regex Pattern { get; }
}
