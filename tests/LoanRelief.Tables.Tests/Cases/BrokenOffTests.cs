using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

/// <summary>The program ends at any storage call, or another comes between: whoever reads next finds each case once and where it is, and nothing stays behind.</summary>
public sealed class BrokenOffTests(Azurite azurite)
{
    private static readonly Loan Loan = Samples.Loan(Samples.Bank, Samples.Number(1));

    /// <summary>A case from its first step to its last, with an effect that is given up.</summary>
    private static readonly List<(CaseStep Step, CaseState State)> Life = Enumerable.Range(0, 1_000)
        .Select(seed =>
        {
            var walk = new CaseWalk(Loan, seed);
            var life = new List<(CaseStep Step, CaseState State)> { (walk.LastStep, walk.State) };
            while (walk.Next())
                life.Add((walk.LastStep, walk.State));
            return life;
        })
        .First(life => life.Count is > 6 and < 12 && life[^1].State is { IsClosed: true, DeadLetters.Count: > 0 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_the_program_ends_the_next_one_lists_each_case_once_and_goes_on(bool callIsDone)
    {
        var ended = 0;
        for (var call = 1; ; call++)
        {
            await using var first = await Stores.StartAsync(azurite);
            if (!await first.EndsAtAsync(call, callIsDone, () => LiveAsync(first, Life)))
                break;
            ended++;

            await using var next = await Stores.StartAsync(azurite, first.Prefix);
            await CheckAsync(next, $"after call {call}");
            await LiveAsync(next, Life);
            await CheckAsync(next, $"at the end, after call {call}");
            await NothingIsLeftAsync(next, Life[^1].State);
        }

        Assert.True(ended > 2 * Life.Count, $"{ended} calls for {Life.Count} steps.");
    }

    [Fact]
    public async Task Whenever_another_step_comes_between_one_of_them_is_refused_and_leaves_nothing()
    {
        for (var version = 1; version < Life.Count; version++)
        {
            for (var call = 1; ; call++)
            {
                await using var ours = await Stores.StartAsync(azurite);
                await using var theirs = await Stores.StartAsync(azurite, ours.Prefix);
                await LiveAsync(ours, Life[..version]);
                var stored = (await ours.Cases.FindAsync(Life[0].State.Id, Cancellation))!;
                var calls = 0;
                ours.Proxy.Before = async _ =>
                {
                    if (Interlocked.Increment(ref calls) == call)
                        await LiveAsync(theirs, Life[..(version + 1)]);
                    return ProxyVerdict.Pass;
                };

                var next = Life[version];
                var refused = await Record.ExceptionAsync(() => ours.Cases.AppendAsync(stored, [next.Step], next.State, Cancellation));
                ours.Proxy.Before = null;
                if (calls < call)
                    break;

                Assert.True(refused is null or ConflictException, refused?.ToString());
                await using var reader = await Stores.StartAsync(azurite, ours.Prefix);
                await CheckAsync(reader, $"version {version}, call {call}");
                await NothingIsLeftAsync(reader, next.State);
            }
        }
    }

    /// <summary>Takes the steps that the case has not taken yet.</summary>
    private static async Task LiveAsync(Stores stores, IReadOnlyList<(CaseStep Step, CaseState State)> life)
    {
        var stored = await stores.Cases.FindAsync(life[0].State.Id, Cancellation);
        if (stored is null)
            stored = await stores.Cases.OpenAsync(
                await stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation), life[0].Step, life[0].State, Cancellation);
        foreach (var (step, state) in life.Skip(stored.State.Version))
            stored = await stores.Cases.AppendAsync(stored, [step], state, Cancellation);
    }

    /// <summary>The lists say what the case says, before anybody has mended anything.</summary>
    private static async Task CheckAsync(Stores stores, string when)
    {
        var state = (await stores.Cases.FindAsync(new(Loan.Institution, Loan.Number, 1), Cancellation))?.State;
        Assert.True((state is { IsClosed: true } ? 1 : 0) == await CountAsync(new() { Stage = Stage.Closed }), $"closed {when}");
        Assert.True((state is { Outcome: not null } ? 1 : 0) == await CountAsync(new() { Outcome = Life[^1].State.Outcome }), $"by outcome {when}");
        Assert.True((state is { IsClosed: false } ? 1 : 0) == await CountAsync(new()), $"open {when}");

        foreach (var upTo in new[] { state?.NextDue ?? DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, Samples.Start })
        {
            var due = await stores.Cases.DueAsync(Samples.Bank, upTo, Cancellation).ToListAsync(Cancellation);
            Assert.True(due.Count == (state?.NextDue <= upTo ? 1 : 0), $"due up to {upTo:O} {when}");
        }

        var dead = await stores.Cases.DeadLettersAsync(Samples.Bank, Cancellation).Select(letter => letter.Key).ToListAsync(Cancellation);
        Assert.Equal((state?.DeadLetters ?? []).Select(effect => effect.Key).Order(), dead.Order());

        async Task<int> CountAsync(CaseQuery query)
        {
            var page = await stores.Cases.ListAsync(query with { Institution = Samples.Bank }, Cancellation);
            Assert.All(page.Cases, summary => Assert.Equal(StoreTests.Json(CaseSummary.Of(state!)), StoreTests.Json(summary)));
            return page.Cases.Count;
        }
    }

    private async Task NothingIsLeftAsync(Stores stores, CaseState state)
    {
        Assert.Equal(state.NextDue is null ? 0 : 1, await RowsAsync("OpenCases"));
        Assert.Equal(state.IsClosed ? 1 : 0, await RowsAsync("ClosedCases"));
        Assert.Equal(state.IsClosed ? 1 : 0, await RowsAsync("CasesByOutcome"));
        Assert.Equal(state.DeadLetters.Count, await RowsAsync("CaseDeadLetters"));

        ValueTask<int> RowsAsync(string table) => stores.RowsOf(azurite, table).CountAsync(Cancellation);
    }
}
