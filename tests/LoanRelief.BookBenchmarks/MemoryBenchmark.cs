using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>The memory of the host while one large book goes in, and nothing else happens.</summary>
internal static class MemoryBenchmark
{
    public static async Task RunAsync(int rows)
    {
        var step = Math.Max(rows / 10, 1);
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        await using var house = await House.StartAsync(azurite.ConnectionString);
        var bank = await house.BankAsync("wencheng-rcb");
        Show(0);
        var next = step;
        await bank.ImportAsync(bank.Book.Late(rows), stored =>
        {
            if (stored < next)
                return;
            Show(stored);
            next += step;
        });

        void Show(int stored) => Console.WriteLine($"{stored:N0} of {rows:N0} rows are in the loan book: peak memory so far {ResidentMemory.PeakOf(house.ProcessId) / 1e6:0} MB");
    }
}
