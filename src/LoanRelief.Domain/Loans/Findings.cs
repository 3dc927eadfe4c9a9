using System.Globalization;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Loans;

/// <summary>Gathers what is wrong with an input, so that one answer names it all.</summary>
internal sealed class Findings
{
    private readonly List<Refusal> _all = [];

    public IReadOnlyList<Refusal> All => _all;

    public void Add(Refusal refusal) => _all.Add(refusal);

    public void Add(string code, string field) => _all.Add(new(code, field));

    public void When(bool wrong, string code, string field)
    {
        if (wrong)
            Add(code, field);
    }

    /// <summary>A text that has to be there and has a greatest length.</summary>
    public void Text(string? text, int maximum, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
            Add("required", field);
        else if (text.Length > maximum)
            Add(new Refusal("too-long", field).With("maximum", maximum));
    }

    /// <summary>An amount above zero, not above the largest that is allowed.</summary>
    public void Amount(Money amount, string field)
    {
        When(!amount.IsPositive, "not-positive", field);
        TooLarge(amount, field);
    }

    public void TooLarge(Money amount, string field)
    {
        if (amount > LoanRules.MaximumAmount)
            Add(new Refusal("amount-too-large", field).With("value", amount).With("maximum", LoanRules.MaximumAmount));
    }

    /// <summary>A rate that is not absurd and has no more digits than are stored.</summary>
    public void Rate(Rate rate, string field)
    {
        if (rate > LoanRules.MaximumRate)
            Add(new Refusal("rate-too-high", field).With("value", rate).With("maximum", LoanRules.MaximumRate));
        if (decimal.Round(rate.Fraction, Values.Rate.StoredDecimals) != rate.Fraction)
            Add(new Refusal("rate-too-precise", field).With("value", rate.Fraction).With("decimals", Values.Rate.StoredDecimals));
    }

    /// <summary>A share of something: above 0, at most 1.</summary>
    public void Share(decimal share, string field)
    {
        if (share is <= 0m or > 1m)
            Add(new Refusal("share-out-of-range", field).With("value", share));
    }

    public void Unknown<T>(T value, string field) where T : struct, Enum =>
        When(!Enum.IsDefined(value), "unknown-value", field);

    /// <returns>Whether it is out of range.</returns>
    public bool OutOfRange<T>(T value, T minimum, T maximum, string field) where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(minimum) >= 0 && value.CompareTo(maximum) <= 0)
            return false;
        Add(new Refusal("out-of-range", field).With("value", Text(value)).With("minimum", Text(minimum)).With("maximum", Text(maximum)));
        return true;
    }

    private static string Text<T>(T value) where T : IFormattable =>
        value.ToString(value is DateOnly ? "O" : null, CultureInfo.InvariantCulture);
}
