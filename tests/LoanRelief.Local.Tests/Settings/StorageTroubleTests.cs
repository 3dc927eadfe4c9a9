using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using LoanRelief.Hosting;
using LoanRelief.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Xunit;

namespace LoanRelief.Local.Tests.Settings;

public sealed class StorageTroubleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Storage_that_takes_a_call_and_never_answers_is_worth_asking_again_and_no_mistake_of_the_program(int retries)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = new TableClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.Zero, NetworkTimeout = TimeSpan.FromMilliseconds(200) } };
        var table = new TableClient(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/account"), "Cases", new TableSharedKeyCredential("account", "a2V5"), options);

        var failure = await Record.ExceptionAsync(() => table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: TestContext.Current.CancellationToken));

        Assert.NotNull(failure);
        Assert.True(UnavailableFor(failure) > TimeSpan.Zero, failure.ToString());
        Assert.Null(UnavailableFor(new InvalidOperationException()));
    }

    private static TimeSpan? UnavailableFor(Exception failure)
    {
        using var services = new ServiceCollection()
            .AddLoanRelief(new ConfigurationBuilder().Build(), new HostingEnvironment { EnvironmentName = Environments.Development })
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<LoanReliefWebOptions>>().Value.UnavailableFor(failure);
    }
}
