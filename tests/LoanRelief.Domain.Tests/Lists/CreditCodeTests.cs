using LoanRelief.Domain.Loans;
using Xunit;

namespace LoanRelief.Domain.Tests.Lists;

/// <summary>GB 32100-2015, by codes that firms publish.</summary>
public class CreditCodeTests
{
    [Theory]
    [InlineData("914403001922038216")]
    [InlineData("9144030071526726XG")]
    [InlineData("91330100716105852F")]
    [InlineData("91330100799655058B")]
    public void The_last_character_checks_the_others(string code)
    {
        Assert.Equal(code, Identifier.Parse<CreditCode>(code).Value);
        // One character that was mistyped, or two that changed places, are found.
        Assert.False(CreditCode.TryParse(code[..8] + (code[8] == '7' ? '1' : '7') + code[9..], out _));
        Assert.False(CreditCode.TryParse(code[..3] + code[4] + code[3] + code[5..], out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("91440300192203821")]
    [InlineData("9144030019220382166")]
    [InlineData("9144030071526726xg")]
    [InlineData("9144030071526726IG")]
    [InlineData("914403001922O38216")]
    [InlineData(" 914403001922038216")]
    public void Nothing_else_is_one(string? text) => Assert.False(CreditCode.TryParse(text, out _));
}
