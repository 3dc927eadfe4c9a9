using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Policies;

/// <summary>Short name of a policy pack in paths: 2 to 64 of <c>a-z 0-9 -</c>, first a letter.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<PolicyPackId>))]
public readonly partial record struct PolicyPackId : IIdentifier<PolicyPackId>
{
    private PolicyPackId(string value) => Value = value;

    public string Value { get; }

    public static string Form => "2 to 64 lower-case letters, digits or hyphens, the first a letter";

    public static bool TryParse([NotNullWhen(true)] string? text, out PolicyPackId id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,63}\z")]
    private static partial Regex Pattern { get; }
}

/// <summary>One version of a policy pack; it never changes, so a reference is enough to keep.</summary>
public sealed record PolicyPackReference(PolicyPackId Id, int Version)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} v{Version}");
}

/// <summary>A measure of a policy pack, in the version that the context says: of a case, the one that it began with.</summary>
/// <param name="Policy">The pack.</param>
/// <param name="Measure">Id of the measure within it.</param>
public sealed record MeasureId(PolicyPackId Policy, [property: StringLength(64, MinimumLength = 1)] string Measure)
{
    public override string ToString() => $"{Policy}/{Measure}";
}
