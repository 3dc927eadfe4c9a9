using LoanRelief.Desk;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Desk;

/// <summary>Calls that somebody waits for go before work in the background; the clock moves only when it is told to.</summary>
public sealed class RightOfWayTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly InstitutionId OtherBank = Identifier.Parse<InstitutionId>("ccb-wencheng");

    private readonly FakeTimeProvider _machine = new();

    [Fact]
    public async Task While_nobody_else_is_about_everything_passes_at_once()
    {
        var way = new RightOfWay(_machine);
        for (var n = 0; n < 100; n++)
            _ = await way.PassAsync(isLarge: n % 2 == 0, Cancellation);
    }

    [Fact]
    public async Task A_large_request_waits_until_no_call_is_under_way()
    {
        var way = new RightOfWay(_machine);
        var (first, second) = (way.Call(), way.Call());

        var pass = way.PassAsync(isLarge: true, Cancellation);
        first.Dispose();
        Assert.False(pass.IsCompleted);

        second.Dispose();
        await pass;
    }

    [Fact]
    public async Task A_large_request_is_not_starved_by_calls_without_end()
    {
        var way = new RightOfWay(_machine);
        using var call = way.Call();

        for (var n = 0; n < 3; n++)
        {
            var pass = way.PassAsync(isLarge: true, Cancellation);
            _machine.Advance(RightOfWay.Patience - TimeSpan.FromTicks(1));
            Assert.False(pass.IsCompleted);

            _machine.Advance(TimeSpan.FromTicks(1));
            (await pass).Dispose();
        }
    }

    [Fact]
    public async Task For_a_moment_after_a_call_one_large_request_passes_at_a_time()
    {
        var way = new RightOfWay(_machine);
        way.Call().Dispose();

        var first = await way.PassAsync(isLarge: true, Cancellation);
        var second = way.PassAsync(isLarge: true, Cancellation);
        Assert.False(second.IsCompleted);
        first.Dispose();
        await second;

        _machine.Advance(RightOfWay.Moment);
        await way.PassAsync(isLarge: true, Cancellation);
    }

    [Fact]
    public async Task Small_requests_go_on_beside_calls_a_few_at_a_time_and_past_large_ones()
    {
        var way = new RightOfWay(_machine);
        using var call = way.Call();
        var large = way.PassAsync(isLarge: true, Cancellation);

        var under = await way.PassAsync(isLarge: false, Cancellation);
        for (var n = 1; n < RightOfWay.SmallAtATime; n++)
            _ = await way.PassAsync(isLarge: false, Cancellation);
        var next = way.PassAsync(isLarge: false, Cancellation);
        Assert.False(next.IsCompleted);
        under.Dispose();
        await next;

        Assert.False(large.IsCompleted);
    }

    [Fact]
    public async Task Whoever_gives_up_while_it_waits_leaves_its_place_to_the_next()
    {
        var way = new RightOfWay(_machine);
        var call = way.Call();
        using var givingUp = new CancellationTokenSource();
        var first = way.PassAsync(isLarge: true, givingUp.Token);
        var second = way.PassAsync(isLarge: true, Cancellation);

        await givingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        call.Dispose();

        await second;
    }

    [Fact]
    public async Task The_loans_of_an_import_wait_for_a_call_and_what_is_asked_by_the_call_does_not()
    {
        var way = new RightOfWay(_machine);
        await using var services = new ServiceCollection().AddSingleton(way).AddTables(Stores.Proxy.ConnectionString, Stores.Prefix).BuildServiceProvider();
        var loans = services.GetRequiredService<ILoanStore>();
        var call = way.Call();

        var import = ImportAsync();
        await loans.PutManyAsync(OtherBank, [.. Changes(OtherBank)], Cancellation);
        Assert.NotNull(await loans.FindAsync(OtherBank, Samples.Number(1), Cancellation));
        Assert.Null(await loans.FindAsync(Samples.Bank, Samples.Number(1), Cancellation));
        Assert.False(import.IsCompleted);

        call.Dispose();
        Assert.DoesNotContain(false, await import);

        async Task<IReadOnlyList<bool>> ImportAsync()
        {
            RightOfWay.GiveWay();
            return await loans.PutManyAsync(Samples.Bank, [.. Changes(Samples.Bank)], Cancellation);
        }
    }

    /// <summary>As many new loans as make a transaction large.</summary>
    private static IEnumerable<LoanChange> Changes(InstitutionId bank) =>
        Enumerable.Range(1, 100).Select(n => new LoanChange(null, Samples.Loan(bank, Samples.Number(n)), new(null, null)));
}
