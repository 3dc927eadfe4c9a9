using System.Runtime.CompilerServices;
using LoanRelief.Desk;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests.Imports;

/// <summary>A book that comes again with the same idempotency key, whatever became of it the first time.</summary>
public sealed class RepeatedIntakeTests(Azurite azurite) : StoreTests(azurite)
{
    private const string Key = "book-of-march";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_the_program_ends_the_repeat_leads_to_one_import_of_the_whole_book(bool callIsDone)
    {
        var ended = 0;
        for (var call = 1; ; call++)
        {
            await using var first = await Stores.StartAsync(Azurite);
            if (!await first.EndsAtAsync(call, callIsDone, () => ReceiveAsync(first, new Book("a"))))
                break;
            ended++;

            await using var next = await Stores.StartAsync(Azurite, first.Prefix);
            var answer = Assert.IsType<ReceiveAnswer.Received>(await ReceiveAsync(next, new Book("a")));
            // What broke off is no import; it goes when nobody has touched it for an hour.
            var received = Assert.Single(await ReceivedAsync(next));
            Assert.Equal((answer.Import.Id, 2, ImportState.Storing), (received.Id, received.Rows, received.State));
            Assert.Equal(received, await next.Imports.FindByKeyAsync(Samples.Bank, Key, Cancellation));
            Assert.Equal(2, (await next.Imports.FindChunkAsync(received, 0, Cancellation))!.Count);
        }

        Assert.True(ended >= 5, $"Only {ended} calls.");
    }

    [Fact]
    public async Task Of_two_that_come_at_a_time_one_is_received_and_the_other_is_its_repeat()
    {
        var (first, second) = (new Book("a") { Waits = true }, new Book("a") { Waits = true });
        var coming = new[] { ReceiveAsync(Stores, first), ReceiveAsync(Stores, second) };
        await Task.WhenAll(first.AtItsEnd.Task, second.AtItsEnd.Task);
        first.MayEnd.SetResult();
        second.MayEnd.SetResult();
        var answers = (await Task.WhenAll(coming)).Cast<ReceiveAnswer.Received>().ToList();

        Assert.Equal([false, true], answers.Select(answer => answer.Changed).Order());
        var import = Assert.Single(await ReceivedAsync(Stores));
        Assert.All(answers, answer => Assert.Equal(import.Id, answer.Import.Id));
        Assert.Single(await Stores.Imports.OpenAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Of_two_different_books_that_come_at_a_time_with_one_key_one_is_refused()
    {
        var slow = new Book("a") { Waits = true };
        var coming = ReceiveAsync(Stores, slow);
        await slow.AtItsEnd.Task;
        Assert.IsType<ReceiveAnswer.Received>(await ReceiveAsync(Stores, new Book("b")));
        slow.MayEnd.SetResult();

        Assert.IsType<ReceiveAnswer.KeyReused>(await coming);
        Assert.Single(await ReceivedAsync(Stores));
    }

    private static async Task<ReceiveAnswer> ReceiveAsync(Stores stores, Book book)
    {
        await using var desk = Desks.Over(stores, BusinessClock.Simulated(Samples.Start, speed: 0), Nobody.Listens, Nobody.Listens);
        return await desk.GetRequiredService<ImportDesk>().ReceiveAsync(Samples.Bank, book, Key, Cancellation);
    }

    private static async Task<IEnumerable<LoanImport>> ReceivedAsync(Stores stores) =>
        (await stores.Imports.ListAsync(Samples.Bank, after: null, 100, Cancellation)).Imports.Where(import => import.State != ImportState.Receiving);

    /// <summary>A book of two loans.</summary>
    private sealed class Book(string fingerprint) : IIncomingBook<Loan>
    {
        public bool Waits { get; init; }

        public TaskCompletionSource AtItsEnd { get; } = new();

        public TaskCompletionSource MayEnd { get; } = new();

        public BookFormat Format => BookFormat.Csv;

        public string? Header => "number";

        public BookEncoding Encoding => BookEncoding.Utf8;

        public bool IsEncodingDetected => false;

        public string Fingerprint => fingerprint;

        public async IAsyncEnumerable<BookRow<Loan>> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var n = 1; n <= 2; n++)
                yield return new(n + 1, $"JJ-{n}", Samples.Loan(Samples.Bank, Samples.Number(n)), []);
            AtItsEnd.SetResult();
            if (Waits)
                await MayEnd.Task.WaitAsync(cancellationToken);
        }
    }
}
