using LoanRelief.Desk;
using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Imports;

public sealed class ImportStoreTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly LoanImport Begun = new()
    {
        Institution = Samples.Bank,
        Id = Guid.CreateVersion7(),
        State = ImportState.Receiving,
        Format = BookFormat.Csv,
        Header = "number,\"rate\"",
        BegunAt = Samples.Start,
    };

    private IImportStore Imports => Stores.Imports;

    [Fact]
    public async Task An_import_is_found_as_it_was_stored_last()
    {
        var begun = await Imports.BeginAsync(Begun, Cancellation);
        var after = Begun with { State = ImportState.Storing, Encoding = BookEncoding.Gb18030, Rows = 7, Chunks = 1, ReceivedAt = Samples.Start };
        var put = await Imports.PutAsync(begun, after, Cancellation);

        var found = await Imports.FindAsync(Begun.Institution, Begun.Id, Cancellation);

        Assert.Equal((after, put.ETag), (found!.Work, found.ETag));
        Assert.InRange(DateTimeOffset.UtcNow - found.TouchedAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Null(await Imports.FindAsync(Identifier.Parse<InstitutionId>("another-bank"), Begun.Id, Cancellation));
    }

    [Fact]
    public async Task Of_two_that_go_on_from_the_same_place_one_is_refused()
    {
        var begun = await Imports.BeginAsync(Begun, Cancellation);
        await Imports.PutAsync(begun, Begun with { NextChunk = 1 }, Cancellation);

        await Assert.ThrowsAsync<ConflictException>(() => Imports.PutAsync(begun, Begun with { NextChunk = 1 }, Cancellation));
    }

    [Fact]
    public async Task Open_imports_come_by_institution_and_age_until_they_are_closed()
    {
        var other = Begun with { Institution = Identifier.Parse<InstitutionId>("another-bank"), Id = Guid.CreateVersion7() };
        var second = Begun with { Id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddSeconds(1)) };
        foreach (var import in new[] { second, Begun, other })
            await Imports.BeginAsync(import, Cancellation);

        Assert.Equal([other.Id, Begun.Id, second.Id], (await OpenAsync()).Select(open => open.Id));

        await Imports.CloseAsync(Begun.Institution, Begun.Id, Cancellation);
        await Imports.CloseAsync(Begun.Institution, Begun.Id, Cancellation);
        Assert.Equal([other.Id, second.Id], (await OpenAsync()).Select(open => open.Id));
        Assert.NotNull(await Imports.FindAsync(Begun.Institution, Begun.Id, Cancellation));
    }

    [Fact]
    public async Task Imports_are_listed_a_page_at_a_time_and_the_newest_comes_first()
    {
        var ids = Enumerable.Range(0, 5).Select(n => Guid.CreateVersion7(Samples.Start.AddSeconds(n))).ToList();
        foreach (var id in ids.Skip(2).Concat(ids.Take(2)))
            await Imports.BeginAsync(Begun with { Id = id }, Cancellation);
        await Imports.BeginAsync(Begun with { Institution = Identifier.Parse<InstitutionId>("another-bank") }, Cancellation);

        var first = await Imports.ListAsync(Begun.Institution, after: null, 3, Cancellation);
        var second = await Imports.ListAsync(Begun.Institution, first.Imports[^1].Id, 2, Cancellation);

        Assert.Equal([ids[4], ids[3], ids[2]], first.Imports.Select(import => import.Id));
        Assert.Equal([ids[1], ids[0]], second.Imports.Select(import => import.Id));
        Assert.Equal((true, false), (first.More, second.More));
    }

    [Fact]
    public async Task An_import_is_outdated_when_the_day_has_passed_up_to_which_its_refused_rows_are_kept()
    {
        var (begun, until) = (await Imports.BeginAsync(Begun, Cancellation), new DateOnly(2025, 2, 5));
        var received = await Imports.PutAsync(begun, Begun with { Rejected = 1, RejectedPages = 2, RejectedUntil = until }, Cancellation);
        await Imports.AddRejectedAsync(received.Work, 0, [new(2, "x", [])], Cancellation);
        await Imports.AddRejectedAsync(received.Work, 1, [new(3, "y", [])], Cancellation);

        Assert.Empty(await OutdatedAsync(until));
        var outdated = Assert.Single(await OutdatedAsync(until.AddDays(1)));
        Assert.Equal(new(until, Begun.Id), outdated);

        await Imports.RemoveRejectedAsync(received.Work, Cancellation);
        await Imports.RemoveRejectedAsync(received.Work, Cancellation);
        await Imports.SettleAsync(Begun.Institution, outdated, Cancellation);
        Assert.Empty(await Imports.FindRejectedAsync(Begun, 0, Cancellation));
        Assert.Empty(await Imports.FindRejectedAsync(Begun, 1, Cancellation));
        Assert.Empty(await OutdatedAsync(DateOnly.MaxValue));

        Task<List<OutdatedImport>> OutdatedAsync(DateOnly day) => Imports.OutdatedAsync(Begun.Institution, day, Cancellation).ToListAsync(Cancellation).AsTask();
    }

    [Fact]
    public async Task A_chunk_is_there_until_it_is_taken_away()
    {
        var loans = Loans(3).ToList();
        await Imports.AddChunkAsync(Begun, 0, loans, Cancellation);
        await Imports.AddChunkAsync(Begun, 0, loans, Cancellation);

        Assert.Equal(Json(loans), Json(await Imports.FindChunkAsync(Begun, 0, Cancellation)));
        Assert.Null(await Imports.FindChunkAsync(Begun, 1, Cancellation));

        await Imports.RemoveChunkAsync(Begun, 0, Cancellation);
        Assert.Null(await Imports.FindChunkAsync(Begun, 0, Cancellation));
    }

    /// <summary>Names that can not be packed well: each character is another.</summary>
    [Fact]
    public async Task The_largest_chunk_and_the_largest_page_of_refused_rows_fit_into_an_entity()
    {
        var random = new Random(7);
        var perRow = ImportDesk.ChunkBytes / ImportDesk.ChunkRows / 3;
        var loans = Loans(ImportDesk.ChunkRows)
            .Select(loan => loan with { Guarantors = [new("G", Scribble(random, perRow))] })
            .ToList();
        await Imports.AddChunkAsync(Begun, 0, loans, Cancellation);
        Assert.Equal(Json(loans), Json(await Imports.FindChunkAsync(Begun, 0, Cancellation)));

        var rows = loans.Select((_, n) => new RejectedRow(n, Scribble(random, perRow), [new("rate", "4.35", new Refusal("expected-rate", "rate"))])).ToList();
        await Imports.AddRejectedAsync(Begun, 0, rows, Cancellation);
        Assert.Equal(Json(rows), Json(await Imports.FindRejectedAsync(Begun, 0, Cancellation)));
    }

    [Fact]
    public async Task Refused_rows_keep_their_words_values_and_reasons()
    {
        RejectedRow[] rows = [new(17, "JJ-1,\"文成\"", [new("rate", "4.35", new Refusal("rate-too-high", "rate").With("value", "4.35")), new(null, null, new Refusal("row-malformed"))])];
        await Imports.AddRejectedAsync(Begun, 2, rows, Cancellation);

        Assert.Equal(Json(rows), Json(await Imports.FindRejectedAsync(Begun, 2, Cancellation)));
        Assert.Empty(await Imports.FindRejectedAsync(Begun, 3, Cancellation));
    }

    [Fact]
    public async Task What_is_removed_leaves_nothing_behind_and_may_be_removed_again()
    {
        await Imports.BeginAsync(Begun, Cancellation);
        await Imports.AddChunkAsync(Begun, 0, Loans(1).ToList(), Cancellation);
        await Imports.AddRejectedAsync(Begun, 0, [new(2, "x", [])], Cancellation);

        await Imports.RemoveAsync(Begun.Institution, Begun.Id, Cancellation);
        await Imports.RemoveAsync(Begun.Institution, Begun.Id, Cancellation);

        Assert.Null(await Imports.FindAsync(Begun.Institution, Begun.Id, Cancellation));
        Assert.Null(await Imports.FindChunkAsync(Begun, 0, Cancellation));
        Assert.Empty(await Imports.FindRejectedAsync(Begun, 0, Cancellation));
        Assert.Empty(await OpenAsync());
    }

    private Task<List<WorkId>> OpenAsync() => Imports.OpenAsync(Cancellation).ToListAsync(Cancellation).AsTask();

    private static IEnumerable<Loan> Loans(int count) => Enumerable.Range(1, count).Select(n => Samples.Loan(Samples.Bank, Samples.Number(n)));

    /// <summary>Any of the twenty thousand common Chinese characters.</summary>
    private static string Scribble(Random random, int length) => string.Create(length, random, static (text, random) =>
    {
        foreach (ref var character in text)
            character = (char)random.Next(0x4E00, 0x9FA5);
    });
}
