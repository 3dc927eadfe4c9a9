using System.Text.Json;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Values;

public class RateTests
{
    [Theory]
    [InlineData("0.0435", "0.10", "0.03915")]
    [InlineData("0.043525", "0.10", "0.039172")] // never 0.039173: that would be a cut of less than a tenth
    [InlineData("0.0435", "0", "0.0435")]
    [InlineData("0.0435", "1", "0")]
    [InlineData("0.000001", "0.5", "0")]
    public void A_cut_is_rounded_down(string rate, string share, string cut) =>
        Assert.Equal(new Rate(Decimal(cut)), new Rate(Decimal(rate)).CutBy(Decimal(share)));

    [Theory]
    [InlineData("0.043500", "0.0435")]
    [InlineData("0.000", "0")]
    [InlineData("1.00", "1")]
    public void Is_written_without_zeros_that_say_nothing(string fraction, string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(new Rate(Decimal(fraction))));

    [Theory]
    [InlineData("4.35")] // percent
    [InlineData("-0.01")]
    [InlineData("\"0.0435\"")]
    public void Other_numbers_are_no_rates(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Rate>(json));

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
