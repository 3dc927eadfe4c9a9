using System.Globalization;
using System.Text.Json;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Sylvan.Data.Csv;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>The fields of one row by column name. What is wrong with them is collected in <see cref="Errors"/>.</summary>
/// <remarks>A wrong field yields some value of its type, so that the rest of the row is looked at too.</remarks>
internal sealed class CsvFields(CsvDataReader row, IReadOnlyDictionary<string, int> columns)
{
    private List<RowError>? _errors;

    private delegate bool Parser<T>(string text, out T value);

    public IReadOnlyList<RowError> Errors => _errors ?? [];

    public string Text(string column)
    {
        var text = Field(column);
        if (text.Length == 0)
            Refuse(column, text, new("required"));
        return text;
    }

    public TId Identifier<TId>(string column) where TId : struct, IIdentifier<TId> => Read<TId>(column, TId.TryParse);

    public TId? IdentifierOrNone<TId>(string column) where TId : struct, IIdentifier<TId> =>
        Field(column).Length == 0 ? null : Identifier<TId>(column);

    /// <summary>The institution that is known, which the row may say again; the one that the row says when none is known.</summary>
    public InstitutionId Institution(string column, InstitutionId? known)
    {
        if (known is not { } institution)
            return Identifier<InstitutionId>(column);
        if (Field(column) is { Length: > 0 } other && other != institution.Value)
            Refuse(column, other, new Refusal("path-and-body-differ").With("path", institution).With("body", other));
        return institution;
    }

    /// <summary>Yuan without a sign, with at most two decimals.</summary>
    public Money Amount(string column, Money? otherwise = null) => Read(column, TryAmount, otherwise);

    public Money? AmountOrNone(string column) => Field(column).Length == 0 ? null : Amount(column);

    /// <summary>A fraction a year, 0 to 1.</summary>
    public Rate Rate(string column) => Read<Rate>(column, TryRate);

    public decimal Fraction(string column, decimal? otherwise = null) => Read(column, TryDecimal, otherwise);

    public int Count(string column, int otherwise) => Read<int>(column, TryCount, otherwise);

    public DateOnly Date(string column) => Read<DateOnly>(column, TryDate);

    public DateOnly? DateOrNone(string column) => Field(column).Length == 0 ? null : Date(column);

    public bool YesOrNo(string column, bool otherwise) => Read<bool>(column, bool.TryParse, otherwise);

    public T Choice<T>(string column, T? otherwise = null) where T : struct, Enum => Read(column, Named<T>.TryParse, otherwise);

    /// <summary>Any number of choices, <c>|</c> between them.</summary>
    public IReadOnlyList<T> Choices<T>(string column) where T : struct, Enum => ReadList<T>(column, Named<T>.TryParse, Expected.Of(typeof(T), column));

    /// <summary><c>reference:name:kind</c>, <c>|</c> between them; the kind may be left out.</summary>
    public IReadOnlyList<Guarantor> Guarantors(string column) => ReadList<Guarantor>(column, TryGuarantor, new("expected-guarantors"));

    /// <summary><c>dueDate:amount</c>, <c>|</c> between them.</summary>
    public IReadOnlyList<UnpaidPrincipal> PrincipalArrears(string column) => ReadList<UnpaidPrincipal>(column, TryUnpaid, new("expected-principal-arrears"));

    /// <summary>A fee in four columns, <c>Amount</c>, <c>Rate</c>, <c>From</c> and <c>To</c>; none when all are empty.</summary>
    public FeeTerms? Fee(string prefix)
    {
        var (amount, rate, from, to) = (prefix + "Amount", prefix + "Rate", prefix + "From", prefix + "To");
        return Field(amount).Length + Field(rate).Length + Field(from).Length + Field(to).Length == 0
            ? null
            : new(Amount(amount), Rate(rate), Date(from), Date(to));
    }

    /// <summary>What a rule says against the row, with what stands there.</summary>
    public RowError Of(string? column, Refusal reason) => new(column, column is null ? null : Field(column), reason with { Field = column });

    private string Field(string column) =>
        columns.TryGetValue(column, out var ordinal) ? row.GetString(ordinal).Trim() : "";

    private T Read<T>(string column, Parser<T> parse, T? otherwise = null) where T : struct
    {
        var text = Field(column);
        if (text.Length == 0)
        {
            if (otherwise is { } value)
                return value;
            Refuse(column, text, new("required"));
        }
        else if (parse(text, out var value))
        {
            return value;
        }
        else
        {
            Refuse(column, text, Expected.Of(typeof(T), column));
        }

        return default;
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

    private void Refuse(string column, string value, Refusal refusal) => (_errors ??= []).Add(new(column, value, refusal with { Field = column }));

    private static bool TryAmount(string text, out Money amount)
    {
        var read = TryDecimal(text, out var yuan) && yuan <= long.MaxValue / 100 && decimal.Round(yuan, 2) == yuan;
        amount = read ? Money.FromYuan(yuan) : default;
        return read;
    }

    private static bool TryRate(string text, out Rate rate)
    {
        var read = TryDecimal(text, out var fraction) && fraction <= 1m;
        rate = read ? new(fraction) : default;
        return read;
    }

    private static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool TryUnpaid(string text, out UnpaidPrincipal unpaid)
    {
        var (dueDate, amount) = (default(DateOnly), default(Money));
        var read = text.Split(':', StringSplitOptions.TrimEntries) is [var date, var yuan] && TryDate(date, out dueDate) && TryAmount(yuan, out amount);
        unpaid = new(dueDate, amount);
        return read;
    }

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
        private static readonly Dictionary<string, T> ByName =
            Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.OrdinalIgnoreCase);

        public static bool TryParse(string text, out T value) => ByName.TryGetValue(text, out value);
    }
}
