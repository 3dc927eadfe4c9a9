using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRelief.Domain.Values;

/// <summary>A yearly interest or fee rate as a decimal fraction: 4.35% is <c>0.0435</c>.</summary>
[JsonConverter(typeof(RateJsonConverter))]
public readonly record struct Rate : IComparable<Rate>
{
    /// <summary>Digits after the decimal point that a stored rate has at most: four decimals of a percent.</summary>
    public const int StoredDecimals = 6;

    public static readonly Rate Zero;

    /// <param name="fraction">Between 0 and 1, both included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is negative or above 1 (someone wrote 4.35 for 4.35%).</exception>
    public Rate(decimal fraction)
    {
        if (fraction is < 0m or > 1m)
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A rate is a fraction between 0 and 1: 4.35% is 0.0435.");
        Fraction = fraction;
    }

    public decimal Fraction { get; }

    public decimal Percent => Fraction * 100m;

    public static Rate FromPercent(decimal percent) => new(percent / 100m);

    /// <summary>The highest rate that is at least <paramref name="share"/> of this rate below it.</summary>
    /// <param name="share">The share cut off, 0 to 1: "下浮10%" is 0.10.</param>
    /// <remarks>A ceiling is rounded down: 4.3525% cut by 10% is 3.9172%, never 3.9173%, which would be a cut of less than 10%.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public Rate CutBy(decimal share)
    {
        if (share is < 0m or > 1m)
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is a fraction between 0 and 1: 10% is 0.10.");
        return new(decimal.Round(Fraction * (1m - share), StoredDecimals, MidpointRounding.ToZero));
    }

    public int CompareTo(Rate other) => Fraction.CompareTo(other.Fraction);

    public static bool operator <(Rate a, Rate b) => a.Fraction < b.Fraction;

    public static bool operator >(Rate a, Rate b) => a.Fraction > b.Fraction;

    public static bool operator <=(Rate a, Rate b) => a.Fraction <= b.Fraction;

    public static bool operator >=(Rate a, Rate b) => a.Fraction >= b.Fraction;

    /// <summary>In percent without trailing zeros: <c>4.35%</c>.</summary>
    public override string ToString() => Percent.ToString("0.##########", CultureInfo.InvariantCulture) + "%";
}

/// <summary>JSON: a number, the fraction a year.</summary>
public sealed class RateJsonConverter : JsonConverter<Rate>
{
    /// <summary>A quotient has no more digits than it needs, so that 0.0435 and 0.043500 are written alike.</summary>
    private const decimal WithoutTrailingZeros = 1.0000000000000000000000000000m;

    public override Rate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var fraction) || fraction is < 0m or > 1m)
            throw new JsonException("A rate is a number between 0 and 1, a fraction a year: 4.35% is 0.0435.");
        return new(fraction);
    }

    public override void Write(Utf8JsonWriter writer, Rate value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Fraction / WithoutTrailingZeros);
}
