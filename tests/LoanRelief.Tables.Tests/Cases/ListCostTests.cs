using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

/// <summary>What a page of a list costs, and that it does not grow with the table.</summary>
public sealed partial class ListCostTests(Azurite azurite) : StoreTests(azurite)
{
    private const int PageSize = 10;

    private static readonly CaseQuery[] Queries =
    [
        new() { Institution = Samples.Bank, Stage = Stage.Contact, PageSize = PageSize },
        new() { Institution = Samples.Bank, PageSize = PageSize },
        new() { Institution = Samples.Bank, Stage = Stage.Contact, DeadlineBefore = Samples.Start.AddYears(1), PageSize = PageSize },
        new() { Institution = Samples.Bank, Stage = Stage.Closed, PageSize = PageSize },
        new() { Institution = Samples.Bank, Outcome = Outcome.Withdrawn, PageSize = PageSize },
        new() { PageSize = PageSize },
    ];

    [Fact]
    public async Task A_page_takes_as_many_requests_and_rows_from_a_large_table_as_from_a_small_one()
    {
        await Stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);
        await FillAsync(0, 100);
        var small = await CostsAsync();
        await FillAsync(100, 500);
        var large = await CostsAsync();

        Assert.Equal(small, large);
        Assert.All(large.Take(5), cost => Assert.Equal(new(Queries: 1, RowsAskedFor: PageSize), cost));
        Assert.Equal(new(Queries: 2, RowsAskedFor: PageSize + CaseListsRanges), large[5]);
    }

    [Fact]
    public async Task Over_institutions_without_cases_a_page_ends_early_and_the_next_goes_on()
    {
        for (var n = 0; n < 60; n++)
            await Stores.Institutions.PutAsync(Samples.Institution(Identifier.Parse<InstitutionId>($"bank-{n:D2}")), Cancellation);
        var last = new CaseWalk(Samples.Loan(Identifier.Parse<InstitutionId>("bank-59"), Samples.Number(1)), seed: 1);
        await Stores.OpenAsync(last);

        var first = await Stores.Cases.ListAsync(new() { PageSize = PageSize }, Cancellation);
        var second = await Stores.Cases.ListAsync(new() { PageSize = PageSize, Continuation = first.Continuation }, Cancellation);

        Assert.Empty(first.Cases);
        Assert.Equal(last.State.Id, Assert.Single(second.Cases).Id);
        Assert.Null(second.Continuation);
    }

    private static int CaseListsRanges => Tables.Cases.CaseLists.RangesOfPage;

    private async Task<List<Cost>> CostsAsync()
    {
        var costs = new List<Cost>();
        foreach (var query in Queries)
        {
            var asked = new ConcurrentBag<int>();
            Stores.Proxy.After = request =>
            {
                if (request.Kind == StorageRequestKind.Query)
                    asked.Add(int.Parse(Top().Match(request.Target).Groups[1].Value, provider: null));
                return Task.FromResult(ProxyVerdict.Pass);
            };
            var counts = await Stores.CountAsync(async () =>
            {
                var page = await Stores.Cases.ListAsync(query, Cancellation);
                Assert.Equal(PageSize, page.Cases.Count);
                Assert.NotNull(page.Continuation);
            });
            Stores.Proxy.After = null;
            Assert.Equal(counts.Calls, counts.Queries);
            costs.Add(new(counts.Queries, asked.Sum()));
        }

        return costs;
    }

    /// <summary>Every other case stays in its first stage, every other is withdrawn at once.</summary>
    private async Task FillAsync(int from, int to)
    {
        await Parallel.ForAsync(from, to, Cancellation, async (n, _) =>
        {
            var stored = await Stores.OpenAsync(new(Samples.Loan(Samples.Bank, Samples.Number(n)), n));
            if (n % 2 == 0)
                await Stores.CloseAsync(stored);
        });

        // Rows of cases that move at a time leave a moment after the steps; each case stands by one then.
        while (await Stores.RowsOf(Azurite, "OpenCases").CountAsync(Cancellation) > to)
            await Task.Delay(50, Cancellation);
    }

    [GeneratedRegex(@"[?&](?:\$|%24)top=([0-9]+)")]
    private static partial Regex Top();

    private sealed record Cost(int Queries, int RowsAskedFor);
}
