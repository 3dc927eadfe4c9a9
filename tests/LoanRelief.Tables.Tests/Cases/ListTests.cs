using CsCheck;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

/// <summary>Lists, page by page, against what a plain search over all cases gives.</summary>
public sealed class ListTests(Azurite azurite) : StoreTests(azurite)
{
    private const int Loans = 120;

    private static readonly InstitutionId[] Institutions =
        [.. new[] { "abc", "abc-2", "b-empty", "icbc" }.Select(Identifier.Parse<InstitutionId>)];

    private static readonly Gen<CaseQuery> Queries = Gen.Select(
        Gen.Nullable(Gen.OneOf(Institutions), 0.3),
        Gen.Nullable(Gen.Enum<Stage>(), 0.3),
        Gen.Nullable(Gen.Enum<Outcome>(), 0.7),
        Gen.Nullable(Gen.Int[0, 90].Select(days => Samples.Start.AddDays(days)), 0.6),
        Gen.OneOf(1, 2, 7, 50, 1_000),
        (institution, stage, outcome, before, size) => new CaseQuery
        {
            Institution = institution,
            Stage = stage,
            Outcome = outcome,
            DeadlineBefore = before,
            PageSize = size,
        });

    [Fact]
    public async Task Every_query_gives_every_case_that_fits_once_and_in_order()
    {
        var states = await FillAsync();
        Assert.True(states.Select(state => state.Stage).Distinct().Count() > 6);
        Assert.True(states.Select(state => state.Outcome).Distinct().Count() > 4);

        await Queries.SampleAsync(
            async query =>
            {
                var pages = await PagesAsync(query);

                Assert.Equal(Model(states, query).Select(Json), pages.SelectMany(page => page.Cases).Select(Json));
                Assert.All(pages, page => Assert.InRange(page.Cases.Count, 0, query.PageSize));
            },
            iter: 80,
            threads: 2,
            print: query => query.ToString());
    }

    [Fact]
    public async Task A_page_is_full_unless_it_is_the_last()
    {
        await FillAsync();
        CaseQuery[] queries =
        [
            new(), new() { Stage = Stage.Closed }, new() { Institution = Institutions[0] },
            new() { Institution = Institutions[0], DeadlineBefore = Samples.Start.AddDays(60) },
        ];
        foreach (var query in queries)
        {
            var total = (await PagesAsync(query with { PageSize = 1_000 })).Sum(page => page.Cases.Count);

            var pages = await PagesAsync(query with { PageSize = total / 3 });

            Assert.All(pages.SkipLast(1), page => Assert.Equal(total / 3, page.Cases.Count));
            Assert.NotEmpty(pages[^1].Cases);
            Assert.Single(await PagesAsync(query with { PageSize = total }));
        }
    }

    [Fact]
    public async Task Cases_that_come_and_go_between_pages_make_others_neither_missing_nor_double()
    {
        var stay = new List<CaseId>();
        var go = new List<(CaseWalk Walk, StoredCase Stored)>();
        for (var n = 0; n < 30; n++)
        {
            var walk = new CaseWalk(Samples.Loan(Samples.Bank, Samples.Number(n)), n);
            var stored = await Stores.OpenAsync(walk);
            if (n % 3 == 0)
                go.Add((walk, stored));
            else
                stay.Add(stored.State.Id);
        }

        var seen = new List<CaseId>();
        var query = new CaseQuery { Institution = Samples.Bank, Stage = Stage.Contact, PageSize = 4 };
        do
        {
            var page = await Stores.Cases.ListAsync(query, Cancellation);
            seen.AddRange(page.Cases.Select(summary => summary.Id));
            query = query with { Continuation = page.Continuation };
            if (go.Count > 0)
            {
                await Stores.CloseAsync(go[0].Stored);
                go.RemoveAt(0);
                await Stores.OpenAsync(new(Samples.Loan(Samples.Bank, Samples.Number(100 + seen.Count)), seen.Count));
            }
        }
        while (query.Continuation is not null);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(stay.Except(seen));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_page_has_1_to_1000_cases(int size) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Stores.Cases.ListAsync(new() { PageSize = size }, Cancellation));

    /// <summary>Cases in all stages and with most outcomes; every fourth loan has a second case after its first.</summary>
    private async Task<IReadOnlyList<CaseState>> FillAsync()
    {
        foreach (var institution in Institutions)
            await Stores.Institutions.PutAsync(Samples.Institution(institution), Cancellation);
        var states = new List<CaseState>();
        var full = Institutions.Where(institution => institution.Value != "b-empty").ToList();
        await Parallel.ForAsync(0, Loans, Cancellation, async (n, _) =>
        {
            var loan = Samples.Loan(full[n % full.Count], Samples.Number(n));
            var steps = n % 25;
            var first = new CaseWalk(loan, n);
            await Stores.WalkAsync(first, _ => n % 4 != 0 && first.Steps.Count > steps);
            Keep(first.State);
            if (n % 4 != 0)
                return;
            var second = new CaseWalk(loan, Loans + n, ordinal: 2);
            await Stores.WalkAsync(second, _ => second.Steps.Count > steps);
            Keep(second.State);
        });
        return states;

        void Keep(CaseState state)
        {
            lock (states)
                states.Add(state);
        }
    }

    private async Task<List<CasePage>> PagesAsync(CaseQuery query)
    {
        var pages = new List<CasePage>();
        do
        {
            pages.Add(await Stores.Cases.ListAsync(query, Cancellation));
            query = query with { Continuation = pages[^1].Continuation };
        }
        while (query.Continuation is not null);
        return pages;
    }

    private static IEnumerable<CaseSummary> Model(IEnumerable<CaseState> states, CaseQuery query) => states
        .Where(state => query.Institution is not { } institution || state.Id.Institution == institution)
        .Where(state => query.Outcome is { } outcome ? state.Outcome == outcome : query.Stage is not null || !state.IsClosed)
        .Where(state => query.Stage is not { } stage || state.Stage == stage)
        .Where(state => query.DeadlineBefore is not { } before || state.NextDeadline < before)
        .OrderBy(state => state.Id.Institution.Value, StringComparer.Ordinal)
        .ThenBy(state => state.Stage)
        .ThenBy(state => state.IsClosed ? state.ClosedAt : state.NextDeadline)
        .ThenBy(state => state.Id.ToString(), StringComparer.Ordinal)
        .Select(CaseSummary.Of);
}
