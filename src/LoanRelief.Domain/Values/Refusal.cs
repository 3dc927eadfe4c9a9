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

    /// <summary>The same with one more value; an enum member is given as JSON writes it.</summary>
    public Refusal With(string name, object value) => this with { Values = new Dictionary<string, string>(Values) { [name] = Text(value) } };

    private static string Text(object value) => value is Enum member
        ? JsonNamingPolicy.CamelCase.ConvertName(member.ToString())
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
