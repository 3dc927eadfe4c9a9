using System.Globalization;
using System.Text.Json;

namespace LoanRelief.Domain.Values;

/// <summary>Why something was not accepted: a stable code, the field, and the values that the text mentions.</summary>
/// <remarks>The texts, Chinese and English, are kept with the HTTP surface; the domain speaks in codes.</remarks>
/// <param name="Code">Stable, lower-case with hyphens, such as <c>maturity-before-drawdown</c>.</param>
/// <param name="Field">The input that it is about, as a path in the request such as <c>changes[0].newMaturity</c>; null when it is about none.</param>
public sealed record Refusal(string Code, string? Field = null)
{
    /// <summary>Values that the text mentions, by name: the limit, what was seen, what is wanted.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with one more value; members of enums, dates and instants are given as JSON writes them.</summary>
    public Refusal With(string name, object value) => this with { Values = new Dictionary<string, string>(Values) { [name] = Text(value) } };

    /// <summary>A value as texts mention it.</summary>
    public static string Text(object value) => value switch
    {
        Enum member => JsonNamingPolicy.CamelCase.ConvertName(member.ToString()),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
