using LoanRelief.Desk;
using LoanRelief.Functions.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LoanRelief.Functions.Tests.Settings;

public class WiringTests
{
    public static TheoryData<string> Classes => [.. from type in typeof(Api).Assembly.GetTypes()
                                                   where !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute), inherit: false))
                                                   select type.FullName!];

    [Theory, MemberData(nameof(Classes))]
    public void Everything_that_a_function_needs_is_wired(string name)
    {
        using var host = Build();
        Assert.NotNull(ActivatorUtilities.CreateInstance(host.Services, typeof(Api).Assembly.GetType(name)!));
    }

    [Fact]
    public void A_simulated_clock_is_refused_in_production() =>
        Assert.Contains("refused in production", Assert.Throws<InvalidOperationException>(
            () => Build(Environments.Production, ("Clock:Start", "2025-03-03T09:00:00+08:00"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_simulated_clock_is_taken_elsewhere()
    {
        using var host = Build(Environments.Development, ("Clock:Start", "2025-03-03T09:00:00+08:00"), ("Clock:Speed", "0"));
        Assert.Equal(new(2025, 3, 3, 1, 0, 0, TimeSpan.Zero), host.Services.GetRequiredService<BusinessClock>().GetUtcNow());
    }

    private static IHost Build(string? environment = null, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment ?? Environments.Production, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        builder.AddFunctionsHost();
        return builder.Build();
    }
}
