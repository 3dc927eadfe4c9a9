using LoanRelief.Desk;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Web.Tests.Endpoints;

/// <summary>Which calls work in the background gives way to.</summary>
public sealed class RightOfWayTests(Azurite azurite)
{
    [Theory]
    [InlineData("/api/institutions/icbc-wencheng", true)]
    [InlineData("/api/institutions/icbc-wencheng/loan-imports/019b8c2e-6f00-7cc4-98a5-1d2e3f405162", false)]
    public async Task The_background_gives_way_while_a_call_is_answered_unless_that_looks_how_far_the_background_has_come(string path, bool givesWay)
    {
        var way = new RightOfWay(TimeProvider.System);
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var proxy = await StorageProxy.StartAsync(azurite);
        await using var house = await House.StartAsync(azurite, services => services.AddSingleton(way), proxy.ConnectionString);
        proxy.Before = async _ =>
        {
            asked.TrySetResult();
            await answered.Task;
            return ProxyVerdict.Pass;
        };

        var call = house.Client.GetAsync(path, TestContext.Current.CancellationToken);
        await asked.Task;
        for (var n = 0; n < RightOfWay.SmallAtATime; n++)
            _ = await way.PassAsync(isLarge: false, TestContext.Current.CancellationToken);
        var oneMore = way.PassAsync(isLarge: false, TestContext.Current.CancellationToken);

        Assert.Equal(givesWay, !oneMore.IsCompleted);
        answered.SetResult();
        await call;
    }
}
