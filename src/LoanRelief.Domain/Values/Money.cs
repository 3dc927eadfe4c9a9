using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRelief.Domain.Values;

/// <summary>An amount in renminbi, exact to the fen. Never built from a <see cref="double"/>.</summary>
/// <remarks>
/// Rounding happens in one place only, <see cref="RoundFen"/>, so that a reader can find every rounding in the
/// program by looking for its callers and those of <see cref="Round"/>. All other operations are exact or throw <see cref="OverflowException"/>.
/// </remarks>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money : IComparable<Money>
{
    public static readonly Money Zero;

    private Money(long fen) => Fen = fen;

    /// <summary>The amount in fen (1/100 yuan).</summary>
    public long Fen { get; }

    /// <summary>The amount in yuan, always with exactly two decimals.</summary>
    public decimal Yuan => new decimal(Fen) / 100m + 0.00m;

    public bool IsZero => Fen == 0;

    public bool IsPositive => Fen > 0;

    public bool IsNegative => Fen < 0;

    public static Money FromFen(long fen) => new(fen);

    /// <summary>An amount that is already exact to the fen.</summary>
    /// <exception cref="ArgumentException">The amount has a fraction of a fen: round it knowingly with <see cref="Round"/>.</exception>
    /// <exception cref="OverflowException">The amount is beyond ±92,233,720,368,547,758.07 yuan.</exception>
    public static Money FromYuan(decimal yuan)
    {
        var fen = yuan * 100m;
        return fen == decimal.Truncate(fen)
            ? new((long)fen)
            : throw new ArgumentException($"{yuan.ToString(CultureInfo.InvariantCulture)} yuan has a fraction of a fen.", nameof(yuan));
    }

    /// <summary>Rounds to the fen, half away from zero (四舍五入).</summary>
    public static Money Round(decimal yuan) => RoundFen(yuan * 100m);

    /// <summary>Rounds an amount in fen to whole fen, half away from zero.</summary>
    public static Money RoundFen(decimal fen) => new((long)decimal.Round(fen, 0, MidpointRounding.AwayFromZero));

    public static Money Min(Money a, Money b) => a.Fen <= b.Fen ? a : b;

    public static Money Max(Money a, Money b) => a.Fen >= b.Fen ? a : b;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    public static Money operator +(Money a, Money b) => new(checked(a.Fen + b.Fen));

    public static Money operator -(Money a, Money b) => new(checked(a.Fen - b.Fen));

    public static Money operator -(Money a) => new(checked(-a.Fen));

    public static Money operator *(Money a, int count) => new(checked(a.Fen * count));

    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;

    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;

    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;

    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;

    /// <summary>Yuan with two decimals and a dot, no grouping: <c>43983.33</c>.</summary>
    public override string ToString() => Yuan.ToString("F2", CultureInfo.InvariantCulture);
}

public static class MoneyExtensions
{
    public static Money Sum(this IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, each) => sum + each);

    public static Money Sum<T>(this IEnumerable<T> items, Func<T, Money> amount) =>
        items.Aggregate(Money.Zero, (sum, each) => sum + amount(each));
}

/// <summary>JSON: a number in yuan with two decimals. More decimals are refused, not rounded.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var yuan))
            throw new JsonException("An amount is a number in yuan with at most two decimals, such as 2000000.00.");
        try
        {
            return Money.FromYuan(yuan);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new JsonException("An amount is a number in yuan with at most two decimals, such as 2000000.00.", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Yuan);
}
