using Microsoft.Extensions.Options;
using Xunit;

namespace LoanRelief.Channels.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("AttemptTimeout", "00:00:00")]
    [InlineData("AttemptTimeout", "00:05:01")]
    [InlineData("LongestRetryAfter", "-00:00:01")]
    [InlineData("Source", "")]
    public async Task Options_out_of_range_are_refused_before_anything_is_sent(string name, string value)
    {
        using var sender = new Sender((name, value));

        await Assert.ThrowsAsync<OptionsValidationException>(() => sender.SendAsync(webhook: null));
    }

    [Fact]
    public void Time_out_and_longest_pause_have_modest_defaults()
    {
        var options = new ChannelOptions();

        Assert.Equal(TimeSpan.FromSeconds(10), options.AttemptTimeout);
        Assert.Equal(TimeSpan.FromHours(1), options.LongestRetryAfter);
    }
}
