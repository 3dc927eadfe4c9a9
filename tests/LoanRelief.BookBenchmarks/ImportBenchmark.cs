using System.Diagnostics;
using Azure.Data.Tables;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>The rate at which a book goes in, beside a bare client that writes as many entities of the same kind.</summary>
internal static class ImportBenchmark
{
    /// <summary>What an import leaves in the storage; what was laid down while it came in has gone by its end.</summary>
    private static readonly string[] Tables = ["Loans", "LoansToScan", "LoansToRemind", "LoansByMaturity"];

    /// <summary>Rows of the first import, which warms everything up and shows what entities the program writes.</summary>
    private const int Sample = 5_000;

    /// <param name="rows">A multiple of <see cref="Sample"/>.</param>
    public static async Task RunAsync(int rows)
    {
        if (rows % Sample != 0)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"A multiple of {Sample:N0} is wanted.");
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        var bare = new BareClient(azurite.ConnectionString);
        var sample = new List<(string Table, IReadOnlyList<TableEntity> Rows)>();
        double seconds;
        await using (var house = await House.StartAsync(azurite.ConnectionString))
        {
            var first = await house.BankAsync("sample");
            await first.ImportAsync(first.Book.Late(Sample));
            foreach (var table in Tables)
                sample.Add(($"Bare{table}", await bare.ReadAsync(table)));

            var bank = await house.BankAsync("wencheng-rcb");
            var import = Stopwatch.StartNew();
            await bank.ImportAsync(bank.Book.Late(rows));
            seconds = import.Elapsed.TotalSeconds;
            Console.WriteLine($"{rows:N0} rows in {seconds:0.0} s: {rows / seconds:N0} a second; peak memory of the host {ResidentMemory.PeakOf(house.ProcessId) / 1e6:0} MB");
        }

        // Azurite slows down as it fills: the bare client finds it as empty as the program did.
        foreach (var table in Tables)
        {
            await bare.DeleteAsync(table);
            await bare.CreateAsync($"Bare{table}");
        }

        await bare.InsertAsync(sample);
        var entities = sample.Sum(each => each.Rows.Count) * (rows / Sample);
        var clock = Stopwatch.StartNew();
        var batches = await bare.InsertAsync(sample.Select(each => (each.Table, Again(each.Rows, rows / Sample))));
        var bareSeconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine($"{entities:N0} entities, {(double)entities / rows:0.0} a row: {entities / seconds:N0} a second");
        Console.WriteLine($"bare client, as many in {batches:N0} batches of {(double)entities / batches:0} on average: {bareSeconds:0.0} s, {entities / bareSeconds:N0} a second");
        Console.WriteLine($"rate of the program, bare = 1: {bareSeconds / seconds:0.00}");
    }

    /// <summary>So many of each, alike but for the key: of the same size, in the same partitions.</summary>
    private static IReadOnlyList<TableEntity> Again(IReadOnlyList<TableEntity> rows, int times) =>
        [.. Enumerable.Range(0, times).SelectMany(n => rows.Select(row => new TableEntity(row) { RowKey = $"{row.RowKey}~{n:D4}" }))];
}
