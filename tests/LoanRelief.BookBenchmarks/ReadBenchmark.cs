using System.Diagnostics;
using LoanRelief.Domain.Loans;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>A single case by its id, among few cases and among many, while another bank's book goes in.</summary>
internal static class ReadBenchmark
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <param name="rows">Of the book that goes in meanwhile.</param>
    public static async Task RunAsync(int rows, int small, int large)
    {
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        Console.WriteLine("| cases | | calls | p50, ms | p95, ms | bare p50, ms | bare p95, ms |");
        Console.WriteLine("|--:|---|--:|--:|--:|--:|--:|");
        var few = await MeasureAsync(azurite.ConnectionString, 0, small, rows);
        var many = await MeasureAsync(azurite.ConnectionString, small, large, rows);
        Console.WriteLine($"p95 while a book goes in, {large:N0} cases against {small:N0}: {many / few:0.00}");
    }

    /// <returns>The 95th percentile while the book goes in, in milliseconds.</returns>
    private static async Task<double> MeasureAsync(string storage, int planted, int cases, int rows)
    {
        await GrowAsync(storage, planted, cases);
        // Started when they are there: it reads all of them once.
        await using var house = await House.StartAsync(storage);
        var bank = await house.BankAsync("wencheng-rcb");
        var loans = bank.Book.Late(cases).Select(loan => loan.Number).ToArray();

        await ReadAsync(bank, storage, loans, () => true, atMost: 200); // warms up
        Show(cases, "at rest", await ReadAsync(bank, storage, loans, () => true, atMost: 1_000));
        var other = await house.BankAsync($"other-{cases}");
        var clock = Stopwatch.StartNew();
        var import = other.ImportAsync(other.Book.Late(rows));
        var read = await ReadAsync(bank, storage, loans, () => !import.IsCompleted, atMost: 10_000);
        await import;
        Show(cases, $"while a book goes in, {rows / clock.Elapsed.TotalSeconds:N0} rows/s", read);
        return read.Program.Within(0.95);
    }

    private static async Task GrowAsync(string storage, int from, int to)
    {
        await using var house = await House.StartAsync(storage);
        var bank = await house.BankAsync("wencheng-rcb");
        await Planter.OpenAsync(storage, bank.Book.Late(to).Skip(from));
    }

    /// <summary>Reads cases at random, one at a time, in turn with a bare client that reads the row of another.</summary>
    private static async Task<(Latencies Program, Latencies Bare)> ReadAsync(Bank bank, string storage, LoanNumber[] loans, Func<bool> goesOn, int atMost)
    {
        var bare = new BareClient(storage);
        var (program, beside) = (new Latencies(), new Latencies());
        while (goesOn() && program.Count < atMost)
        {
            var loan = Random.Shared.GetItems(loans, 2);
            var clock = Stopwatch.StartNew();
            await bank.GetAsync<object>($"/api/cases/{bank.Book.Institution}~{loan[0]}~1");
            program.Add(clock.Elapsed);
            beside.Add(await bare.TimePointReadAsync("Cases", $"{bank.Book.Institution}~{loan[1]}", $"case~{loan[1]}~1"));
            await Task.Delay(Pause);
        }

        return (program, beside);
    }

    private static void Show(int cases, string when, (Latencies Program, Latencies Bare) read) => Console.WriteLine(
        $"| {cases:N0} | {when} | {read.Program.Count:N0} | {read.Program.Within(0.5):0.0} | {read.Program.Within(0.95):0.0} | {read.Bare.Within(0.5):0.0} | {read.Bare.Within(0.95):0.0} |");
}
