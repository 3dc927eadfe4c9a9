using System.Text.Json;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Values;

public class MoneyTests
{
    [Theory]
    [InlineData("0.005", 1)]
    [InlineData("0.0049999999", 0)]
    [InlineData("1.005", 101)]
    [InlineData("1.015", 102)]
    [InlineData("-1.005", -101)]
    [InlineData("43983.3333333333", 4_398_333)]
    public void Half_a_fen_is_rounded_away_from_zero(string yuan, long fen)
    {
        Assert.Equal(fen, Money.Round(Decimal(yuan)).Fen);
        Assert.Equal(fen, Money.RoundFen(Decimal(yuan) * 100m).Fen);
    }

    [Theory]
    [InlineData("2000000", "2000000.00")]
    [InlineData("0.1", "0.10")]
    [InlineData("-0.05", "-0.05")]
    public void Is_written_with_two_decimals(string json, string written) =>
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize<Money>(json)));

    [Theory]
    [InlineData("0.001")]
    [InlineData("\"1.00\"")]
    [InlineData("1e30")]
    [InlineData("92233720368547758.08")]
    public void What_is_not_exact_to_the_fen_or_too_large_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json));

    [Fact]
    public void An_overflow_is_an_error_and_never_a_wrong_sum()
    {
        var largest = Money.FromFen(long.MaxValue);

        Assert.Throws<OverflowException>(() => largest + Money.FromFen(1));
        Assert.Throws<OverflowException>(() => largest * 2);
        Assert.Throws<OverflowException>(() => -Money.FromFen(long.MinValue));
        Assert.Throws<OverflowException>(() => Money.Round(decimal.MaxValue / 1000));
    }

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Source: seed 000, loans of finance companies, leasing companies and car finance in 亿元; 38.58 亿元 are 6,662 loans.</summary>
    [Fact]
    public void Published_amounts_foot_with_their_total()
    {
        var parts = new[] { 432.13m, 270.98m, 220.83m }.Select(hundredMillions => Money.FromYuan(hundredMillions * 100_000_000m));

        Assert.Equal("92394000000.00", parts.Sum().ToString());
        Assert.Equal("579105.37", Money.Round(3_858_000_000m / 6_662m).ToString());
    }
}
