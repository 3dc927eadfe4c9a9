using Azure.Core;
using Azure.Data.Tables;
using LoanRelief.Desk.Cases;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests;

public sealed class SetupTests(Azurite azurite)
{
    [Fact]
    public async Task Tables_are_made_once_however_many_hosts_ask_for_them()
    {
        var prefix = $"T{Guid.NewGuid():N}";
        await using var services = new ServiceCollection().AddTables(azurite.ConnectionString, prefix).BuildServiceProvider();
        var setup = services.GetRequiredService<TablesSetup>();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => setup.EnsureAsync(TestContext.Current.CancellationToken)));
        await setup.EnsureAsync(TestContext.Current.CancellationToken);

        var made = new TableServiceClient(azurite.ConnectionString).Query(cancellationToken: TestContext.Current.CancellationToken)
            .Select(table => table.Name).Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            [
                "BatchRows", "Batches", "Calendars", "CaseDeadLetters", "Cases", "CasesByOutcome", "ClosedCases", "Firms", "FunnelRecords", "Grants", "ImportRows", "Imports", "Inquiries", "Institutions", "Jobs",
                "LoanDeadLetters", "Loans", "LoansByBorrower", "LoansByMaturity", "LoansToRemind", "LoansToScan", "OpenBatches", "OpenCases", "OpenImports", "OpenInquiries", "Orchestrations", "OrchestrationsByStatus", "Policies", "RejectedRowsByDay",
            ],
            made.Select(name => name[prefix.Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_host_that_finds_all_tables_asks_once()
    {
        await using var stores = await Stores.StartAsync(azurite);

        await using var again = await Stores.StartAsync(azurite, stores.Prefix);
        await again.SetUpAsync();

        Assert.Equal(1, again.Proxy.Counts.Management);
    }

    [Fact]
    public async Task A_credential_is_asked_for_a_token_and_no_key_is_needed()
    {
        var credential = new Credential();
        await using var services = new ServiceCollection()
            .AddTables(new Uri("https://account.table.core.windows.net"), credential)
            .BuildServiceProvider();
        var cases = services.GetRequiredService<ICaseStore>();

        await Assert.ThrowsAsync<CredentialAskedException>(() =>
            cases.FindAsync(new(Samples.Bank, Samples.Number(1), 1), TestContext.Current.CancellationToken));

        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
    }

    private sealed class Credential : TokenCredential
    {
        public IReadOnlyList<string> Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw Asked(requestContext);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw Asked(requestContext);

        private CredentialAskedException Asked(TokenRequestContext request)
        {
            Scopes = request.Scopes;
            return new();
        }
    }

    private sealed class CredentialAskedException : Exception;
}
