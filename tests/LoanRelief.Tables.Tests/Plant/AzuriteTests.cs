using System.Diagnostics;
using Azure.Data.Tables;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Plant;

public sealed class AzuriteTests
{
    [Fact]
    public async Task Starts_on_a_free_port_and_keeps_a_row()
    {
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        var table = await NewTableAsync(azurite.ConnectionString);

        await table.AddEntityAsync(new TableEntity("p", "r") { ["Text"] = "应续尽续" }, TestContext.Current.CancellationToken);

        TableEntity row = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("应续尽续", row.GetString("Text"));
    }

    [Fact]
    public async Task Two_run_side_by_side_and_know_nothing_of_each_other()
    {
        await using Azurite first = new(), second = new();
        await first.InitializeAsync();
        await second.InitializeAsync();
        await NewTableAsync(first.ConnectionString);

        Assert.Empty(new TableServiceClient(second.ConnectionString).Query(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task On_a_folder_it_finds_its_data_again()
    {
        var folder = Directory.CreateTempSubdirectory("azurite");
        try
        {
            await using (var azurite = Azurite.OnFolder(folder.FullName))
            {
                await azurite.InitializeAsync();
                var table = await NewTableAsync(azurite.ConnectionString);
                await table.AddEntityAsync(new TableEntity("p", "r"), TestContext.Current.CancellationToken);
            }

            await using var again = Azurite.OnFolder(folder.FullName);
            await again.InitializeAsync();
            var found = new TableClient(again.ConnectionString, "Rows").GetEntityIfExists<TableEntity>("p", "r", cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(found.HasValue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Nothing_is_left_running_when_it_is_disposed()
    {
        var azurite = new Azurite();
        await azurite.InitializeAsync();
        var id = azurite.ProcessId;
        Assert.False(Process.GetProcessById(id).HasExited);

        await azurite.DisposeAsync();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    private static async Task<TableClient> NewTableAsync(string connectionString)
    {
        var table = new TableClient(connectionString, "Rows");
        await table.CreateAsync(TestContext.Current.CancellationToken);
        return table;
    }
}
