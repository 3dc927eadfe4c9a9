using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace LoanRelief.Domain.Loans;

/// <summary>统一社会信用代码 (GB 32100-2015): the one code of a firm or of a 个体工商户, 18 characters, the last of which checks the others.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<CreditCode>))]
public readonly record struct CreditCode : IIdentifier<CreditCode>
{
    private const int Length = 18;

    /// <summary>The digits and capital letters without I, O, S, V and Z; a character counts as its place here.</summary>
    private const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private CreditCode(string value) => Value = value;

    public string Value { get; }

    public static string Form => "18 digits and capital letters without I, O, S, V and Z, the last one the check character of GB 32100-2015";

    public static bool TryParse([NotNullWhen(true)] string? text, out CreditCode id)
    {
        id = text is { Length: Length } && text[^1] == CheckCharacterOf(text.AsSpan(0, Length - 1)) ? new(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    /// <summary>GB 32100-2015 §4.6: 31 less the sum of the characters, each times 3 to the power of its place, modulo 31.</summary>
    /// <returns>Null when one of them may not stand in a code.</returns>
    private static char? CheckCharacterOf(ReadOnlySpan<char> code)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in code)
        {
            var value = Characters.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
                return null;
            sum += value * weight;
            weight = weight * 3 % Characters.Length;
        }

        return Characters[(Characters.Length - sum % Characters.Length) % Characters.Length];
    }
}
