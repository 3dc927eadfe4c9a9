using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace LoanRelief.Domain.Loans;

/// <summary>Short name of an institution in paths and ids: 2 to 32 of <c>a-z 0-9 -</c>, first a letter.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<InstitutionId>))]
public readonly partial record struct InstitutionId : IIdentifier<InstitutionId>
{
    private InstitutionId(string value) => Value = value;

    public string Value { get; }

    public static string Form => "2 to 32 lower-case letters, digits or hyphens, the first a letter";

    public static bool TryParse([NotNullWhen(true)] string? text, out InstitutionId id)
    {
        id = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,31}\z")]
    private static partial Regex Pattern { get; }
}

/// <summary>借据号: 1 to 40 of <c>A-Z a-z 0-9 - _ .</c>, unique within its institution.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<LoanNumber>))]
public readonly partial record struct LoanNumber : IIdentifier<LoanNumber>
{
    private LoanNumber(string value) => Value = value;

    public string Value { get; }

    public static string Form => "1 to 40 letters (A-Z, a-z), digits, hyphens, underscores or dots, the first a letter or digit";

    public static bool TryParse([NotNullWhen(true)] string? text, out LoanNumber number)
    {
        number = text is not null && Pattern.IsMatch(text) ? new(text) : default;
        return number.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,39}\z")]
    private static partial Regex Pattern { get; }
}

/// <summary>Names a case: institution, loan and the how-manieth case of that loan: <c>icbc-wencheng~JJ2024-0001~1</c>.</summary>
/// <remarks>
/// It says where the case is stored, so that a case is found by its id alone, and it is the same whoever opens the
/// case, so that two who try at once can not both succeed.
/// </remarks>
[JsonConverter(typeof(IdentifierJsonConverter<CaseId>))]
public readonly record struct CaseId : IIdentifier<CaseId>
{
    public CaseId(InstitutionId institution, LoanNumber loan, int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ordinal, 1);
        (Institution, Loan, Ordinal) = (institution, loan, ordinal);
    }

    public InstitutionId Institution { get; }

    public LoanNumber Loan { get; }

    /// <summary>1 for the first case of the loan.</summary>
    public int Ordinal { get; }

    public static string Form => "institution~loanNumber~ordinal, such as icbc-wencheng~JJ2024-0001~1";

    public static bool TryParse([NotNullWhen(true)] string? text, out CaseId id)
    {
        id = default;
        if (text?.Split('~') is not [var institution, var loan, var ordinal]
            || !InstitutionId.TryParse(institution, out var institutionId)
            || !LoanNumber.TryParse(loan, out var number)
            || !int.TryParse(ordinal, System.Globalization.NumberStyles.None, null, out var n) || n < 1 || ordinal[0] == '0')
            return false;
        id = new(institutionId, number, n);
        return true;
    }

    public override string ToString() => $"{Institution}~{Loan}~{Ordinal}";
}

/// <summary>An identifier with one written form.</summary>
public interface IIdentifier<TSelf> where TSelf : struct, IIdentifier<TSelf>
{
    /// <summary>What a valid identifier looks like, for error messages.</summary>
    static abstract string Form { get; }

    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf id);

    /// <exception cref="FormatException">The text is not of the identifier's form.</exception>
    static virtual TSelf Parse(string text) =>
        TSelf.TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not {TSelf.Form}.");
}

public static class Identifier
{
    /// <exception cref="FormatException">The text is not of the identifier's form.</exception>
    public static T Parse<T>(string text) where T : struct, IIdentifier<T> => T.Parse(text);
}

/// <summary>JSON: the identifier's text; anything else is refused with the form it should have.</summary>
public sealed class IdentifierJsonConverter<T> : JsonConverter<T> where T : struct, IIdentifier<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"Expected {T.Form}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
