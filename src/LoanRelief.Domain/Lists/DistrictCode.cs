using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Lists;

/// <summary>县级行政区划代码 (GB/T 2260): six digits, such as 330328 for 文成县.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<DistrictCode>))]
public readonly partial record struct DistrictCode : IIdentifier<DistrictCode>
{
    private DistrictCode(string value) => Value = value;

    public string Value { get; }

    public static string Form => "six digits, the first from 1 to 8";

    public static bool TryParse([NotNullWhen(true)] string? text, out DistrictCode id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[1-8][0-9]{5}\z")]
    private static partial Regex Pattern { get; }
}
