using System.Globalization;
using System.Text.Json;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Sylvan.Data.Csv;

namespace LoanRelief.Local;

/// <summary>The fields of one row by column name. What is wrong with them is collected in <see cref="Errors"/>.</summary>
/// <remarks>A wrong field yields some value of its type, so that the rest of the row is looked at too.</remarks>
internal sealed class CsvFields(CsvDataReader row, IReadOnlyDictionary<string, int> columns, int line)
{
    private readonly List<RowError> _errors = [];

    private delegate bool Parser<T>(string text, out T value);

    public IReadOnlyList<RowError> Errors => _errors;

    public string Text(string column) => Read<string>(column, (text, out value) => (value = text) is not null, new("required"));

    public TId Identifier<TId>(string column) where TId : struct, IIdentifier<TId> =>
        Read<TId>(column, TryIdentifier, WrongForm(TId.Form));

    public TId? IdentifierOrNone<TId>(string column) where TId : struct, IIdentifier<TId> =>
        Field(column).Length == 0 ? null : Identifier<TId>(column);

    /// <summary>Yuan without a sign, with at most two decimals.</summary>
    public Money Amount(string column, Money? otherwise = null) => Read<Money>(column, TryAmount, new("not-an-amount"), otherwise);

    /// <summary>0 to 1.</summary>
    public decimal Fraction(string column, decimal? otherwise = null) => Read<decimal>(column, TryFraction, new("not-a-fraction"), otherwise);

    public int Count(string column, int otherwise) => Read<int>(column, TryCount, new("not-a-count"), otherwise);

    public DateOnly Date(string column) => Read<DateOnly>(column, TryDate, new("not-a-date"));

    public DateOnly? DateOrNone(string column) => Field(column).Length == 0 ? null : Date(column);

    public bool YesOrNo(string column, bool otherwise) => Read<bool>(column, bool.TryParse, new("not-true-or-false"), otherwise);

    public T Choice<T>(string column, T? otherwise = null) where T : struct, Enum =>
        Read<T>(column, Named<T>.TryParse, UnknownValue<T>(), otherwise);

    /// <summary>Any number of choices, <c>|</c> between them.</summary>
    public IReadOnlyList<T> Choices<T>(string column) where T : struct, Enum =>
        ReadList<T>(column, Named<T>.TryParse, UnknownValue<T>());

    /// <summary><c>reference:name:kind</c>, <c>|</c> between them; the kind may be left out.</summary>
    public IReadOnlyList<Guarantor> Guarantors(string column) =>
        ReadList<Guarantor>(column, TryGuarantor, WrongForm("reference:name:kind, several separated by |"));

    private static Refusal WrongForm(string form) => new Refusal("wrong-form").With("form", form);

    private static Refusal UnknownValue<T>() where T : struct, Enum =>
        new Refusal("unknown-value").With("allowed", string.Join(", ", Named<T>.ByName.Keys));

    private string Field(string column) =>
        columns.TryGetValue(column, out var ordinal) ? row.GetString(ordinal).Trim() : "";

    private T Read<T>(string column, Parser<T> parse, Refusal refusal, T? otherwise = null) where T : struct =>
        Field(column).Length == 0 && otherwise is { } value ? value : Read(column, parse, refusal);

    private T Read<T>(string column, Parser<T> parse, Refusal refusal)
    {
        var text = Field(column);
        if (text.Length == 0)
            Refuse(column, text, new("required"));
        else if (parse(text, out var value))
            return value;
        else
            Refuse(column, text, refusal);
        return default!;
    }

    private List<T> ReadList<T>(string column, Parser<T> parse, Refusal refusal)
    {
        List<T> values = [];
        foreach (var part in Field(column).Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (parse(part, out var value))
                values.Add(value);
            else
                Refuse(column, part, refusal);
        }

        return values;
    }

    private void Refuse(string column, string value, Refusal refusal) =>
        _errors.Add(new(line, column, value, refusal with { Field = column }));

    private static bool TryIdentifier<TId>(string text, out TId id) where TId : struct, IIdentifier<TId> => TId.TryParse(text, out id);

    private static bool TryAmount(string text, out Money amount)
    {
        var read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            && yuan <= long.MaxValue / 100 && decimal.Round(yuan, 2) == yuan;
        amount = read ? Money.FromYuan(yuan) : default;
        return read;
    }

    private static bool TryFraction(string text, out decimal fraction)
    {
        var read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fraction) && fraction <= 1m;
        fraction = read ? fraction : 0m;
        return read;
    }

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool TryGuarantor(string text, out Guarantor guarantor)
    {
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        var kind = GuarantorKind.Guarantor;
        var read = parts is [{ Length: > 0 }, { Length: > 0 }]
            || (parts is [{ Length: > 0 }, { Length: > 0 }, var written] && Named<GuarantorKind>.TryParse(written, out kind));
        guarantor = read ? new(parts[0], parts[1], kind) : null!;
        return read;
    }

    /// <summary>The values of an enumeration by the names that JSON gives them.</summary>
    private static class Named<T> where T : struct, Enum
    {
        public static readonly Dictionary<string, T> ByName =
            Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.OrdinalIgnoreCase);

        public static bool TryParse(string text, out T value) => ByName.TryGetValue(text, out value);
    }
}
