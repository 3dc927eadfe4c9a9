using LoanRelief.Web.Texts;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace LoanRelief.Web.Tests.Reading;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("ZH-hans", "zh-Hans")]
    [InlineData("zh-Hans-CN,en;q=0.5", "zh-Hans")]
    [InlineData("en;q=0.5, zh;q=0.9", "zh-Hans")]
    [InlineData("zh;q=0.1, en-GB", "en")]
    [InlineData("fr, zh;q=0.3", "zh-Hans")]
    [InlineData("fr", "en")]
    [InlineData("zh;q=0", "en")]
    [InlineData("*", "en")]
    [InlineData("zhx", "en")]
    [InlineData(";;;", "en")]
    public void The_language_is_the_one_that_the_caller_likes_best(string? wish, string tag)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = wish;
        Assert.Equal(tag, http.Request.Preferred().Tag());
    }
}
