using LoanRelief.Desk;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests.Imports;

/// <summary>A received book on its way into the loan book, broken off and gone on with.</summary>
public sealed class ImportWorkTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly LoanImport Import = new()
    {
        Institution = Samples.Bank,
        Id = Guid.Parse("019b8c2e-6f00-7cc4-98a5-1d2e3f405162"),
        State = ImportState.Receiving,
        Format = BookFormat.Csv,
        BegunAt = Samples.Start,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_the_program_ends_the_next_one_comes_to_the_same_book_and_the_same_counts(bool callIsDone)
    {
        await LayDownAsync(Stores);
        await StoreAsync(Stores);
        var undisturbed = await RowsAsync(Stores);
        Assert.Equal((2, 1, 1), await CountsAsync(Stores));

        var ended = 0;
        for (var call = 1; ; call++)
        {
            await using var first = await Stores.StartAsync(Azurite);
            await LayDownAsync(first);
            if (!await first.EndsAtAsync(call, callIsDone, () => StoreAsync(first)))
                break;
            ended++;

            await using var next = await Stores.StartAsync(Azurite, first.Prefix);
            await StoreAsync(next);
            Assert.Equal(undisturbed, await RowsAsync(next));
        }

        Assert.True(ended > 20, $"Only {ended} calls.");
    }

    [Fact]
    public async Task An_import_is_not_lost_when_somebody_looks_while_it_begins()
    {
        await using var other = await Stores.StartAsync(Azurite, Stores.Prefix);
        var looked = false;
        Stores.Proxy.After = async request =>
        {
            if (request.IsWrite && request.Operations[0].Table.EndsWith("OpenImports", StringComparison.Ordinal) && !looked)
            {
                looked = true;
                await StoreAsync(other); // finds an entry that leads nowhere, and clears it away
            }

            return ProxyVerdict.Pass;
        };

        await LayDownAsync(Stores);
        await StoreAsync(Stores);

        Assert.True(looked);
        Assert.Equal((2, 1, 1), await CountsAsync(Stores));
    }

    [Fact]
    public async Task What_came_since_the_import_had_stored_a_loan_is_not_undone_when_the_import_brings_it_again()
    {
        await LayDownAsync(Stores);
        await using var desk = Start(Stores);
        var loans = desk.GetRequiredService<LoanDesk>();
        await loans.PutManyAsync(Samples.Bank, [Changed, Loan(3)], Import.Id, Cancellation); // and then it was broken off
        var (later, newer) = (Changed with { Renewals = 2 }, Loan(3) with { Renewals = 1 });
        await loans.PutAsync(later, Cancellation);
        await loans.PutAsync(newer, Cancellation);

        await StoreAsync(Stores);

        Assert.Equal((2, 1, 1), await CountsAsync(Stores));
        Assert.Equal(Json(later), Json((await Stores.Loans.FindAsync(Samples.Bank, later.Number, Cancellation))!.Loan));
        Assert.Equal(Json(newer), Json((await Stores.Loans.FindAsync(Samples.Bank, newer.Number, Cancellation))!.Loan));
    }

    [Fact]
    public async Task Another_import_of_the_same_book_counts_for_itself()
    {
        await LayDownAsync(Stores);
        await StoreAsync(Stores);
        await using var desk = Start(Stores);

        var answers = await desk.GetRequiredService<LoanDesk>().PutManyAsync(Samples.Bank, [Loan(1), Changed, Loan(3) with { Renewals = 1 }], Guid.CreateVersion7(), Cancellation);

        Assert.Equal(
            [LoanChangeKind.None, LoanChangeKind.None, LoanChangeKind.Changed],
            answers.Select(answer => Assert.IsType<PutLoanAnswer.Stored>(answer).Kind));
    }

    /// <summary>The second loan as the import brings it: its days have moved.</summary>
    private static Loan Changed => Loan(2) with { Maturity = new(2025, 6, 10), OriginalMaturity = new(2025, 3, 10) };

    private static Loan Loan(int n) => Samples.Loan(Samples.Bank, Samples.Number(n));

    /// <summary>Two loans are in the book; three chunks have been received, of which two are stored at once, with one that stays, one that changes and two that are new.</summary>
    private static async Task LayDownAsync(Stores stores)
    {
        await stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);
        await using var desk = Start(stores);
        await desk.GetRequiredService<LoanDesk>().PutManyAsync(Samples.Bank, [Loan(1), Loan(2)], null, Cancellation);
        var begun = await stores.Imports.BeginAsync(Import, Cancellation);
        await stores.Imports.AddChunkAsync(Import, 0, [Loan(1), Changed], Cancellation);
        await stores.Imports.AddChunkAsync(Import, 1, [Loan(3)], Cancellation);
        await stores.Imports.AddChunkAsync(Import, 2, [Loan(4)], Cancellation);
        await stores.Imports.PutAsync(begun, Import with { State = ImportState.Storing, Rows = 4, Chunks = 3, ReceivedAt = Samples.Start }, Cancellation);
    }

    private static async Task StoreAsync(Stores stores)
    {
        await using var desk = Start(stores);
        var work = desk.GetRequiredService<ImportWork>();
        while (await work.DoChunkAsync(Samples.Bank, Cancellation))
        {
        }
    }

    private static ServiceProvider Start(Stores stores) =>
        Desks.Over(stores, BusinessClock.Simulated(Samples.Start, speed: 0), Nobody.Listens, Nobody.Listens, new() { ChunksAtOnce = 2 });

    private async Task<IReadOnlyList<string>> RowsAsync(Stores stores)
    {
        // Rows of days that do not hold any more are taken away by whoever reads them.
        foreach (var due in await stores.Loans.ToScanAsync(Samples.Bank, DateOnly.MaxValue, Cancellation)
            .Concat(stores.Loans.ToRemindAsync(Samples.Bank, DateOnly.MaxValue, Cancellation))
            .ToListAsync(Cancellation))
        {
            await stores.Loans.FindAsync(Samples.Bank, due, Cancellation);
        }

        return await stores.RowsAsync(Azurite, "Loans", "LoansToScan", "LoansToRemind", "Imports", "OpenImports", "ImportRows");
    }

    private static async Task<(int Added, int Changed, int Unchanged)> CountsAsync(Stores stores)
    {
        var import = (await stores.Imports.FindAsync(Samples.Bank, Import.Id, Cancellation))!.Work;
        Assert.Equal(ImportState.Completed, import.State);
        return (import.Added, import.Changed, import.Unchanged);
    }
}
