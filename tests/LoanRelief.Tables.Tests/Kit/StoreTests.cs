using System.Text.Json;
using LoanRelief.Domain.Values;
using LoanRelief.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace LoanRelief.Tables.Tests.Kit;

/// <summary>Each test has tables of its own in the one Azurite of the assembly.</summary>
public abstract class StoreTests(Azurite azurite) : IAsyncLifetime
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected Azurite Azurite => azurite;

    private protected Stores Stores { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Stores = await Stores.StartAsync(Azurite);

    public async ValueTask DisposeAsync()
    {
        await Stores.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>As it is stored, to compare records that hold lists.</summary>
    internal static string Json<T>(T value) => JsonSerializer.Serialize(value, DomainJson.Options);
}
