using System.Text;
using CsCheck;
using Xunit;

namespace LoanRelief.Channels.Tests;

public sealed class WebhookSignatureTests
{
    /// <summary>The example that the Standard Webhooks libraries are tested with.</summary>
    [Fact]
    public void The_published_example_gives_the_published_signature()
    {
        var key = WebhookSignature.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var signature = WebhookSignature.Sign(
            key!, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    public void A_secret_without_a_key_in_it_is_found_out(string secret) => Assert.Null(WebhookSignature.KeyOf(secret));

    [Fact]
    public void Ids_stay_different_in_the_header_and_have_no_full_stop() =>
        Gen.Select(Gen.String["ab.%/~2EF文"], Gen.String["ab.%/~2EF文"]).Sample((one, other) =>
        {
            var header = WebhookSignature.HeaderId(one);
            Assert.Matches("^[^. ]*$", header);
            Assert.True(Ascii.IsValid(header));
            Assert.Equal(one == other, header == WebhookSignature.HeaderId(other));
            Assert.Equal(one, Uri.UnescapeDataString(header));
        });
}
