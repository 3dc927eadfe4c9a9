using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Lists;

/// <summary>Short name of a list among those of whoever publishes it: 2 to 64 of <c>a-z 0-9 -</c>, first a letter or a digit.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<ListId>))]
public readonly partial record struct ListId : IIdentifier<ListId>
{
    private ListId(string value) => Value = value;

    public string Value { get; }

    public static string Form => "2 to 64 lower-case letters, digits or hyphens, the first no hyphen";

    public static bool TryParse([NotNullWhen(true)] string? text, out ListId id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{1,63}\z")]
    private static partial Regex Pattern { get; }
}
