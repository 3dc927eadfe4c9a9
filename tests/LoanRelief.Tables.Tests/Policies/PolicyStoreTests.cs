using LoanRelief.Desk;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Policies;

public sealed class PolicyStoreTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly PolicyPack Yubei = PolicyPacks.Shipped.Single(pack => pack.Id.Value == "yubei-2022-16");

    [Fact]
    public async Task Each_version_stays_and_the_last_one_is_the_latest()
    {
        await Stores.Policies.AddAsync(Yubei with { Version = 2 }, Cancellation);
        await Stores.Policies.AddAsync(Yubei with { Version = 3, Authority = "区金融办" }, Cancellation);

        Assert.Equal([new PolicyPackReference(Yubei.Id, 3)], await Stores.Policies.LatestAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal(Json(Yubei with { Version = 2 }), Json(await Stores.Policies.FindAsync(new(Yubei.Id, 2), Cancellation)));
        Assert.Equal("区金融办", (await Stores.Policies.FindAsync(new(Yubei.Id, 3), Cancellation))!.Authority);
        Assert.Null(await Stores.Policies.FindAsync(new(Yubei.Id, 4), Cancellation));
    }

    [Fact]
    public async Task A_version_that_is_there_is_never_written_over()
    {
        await Stores.Policies.AddAsync(Yubei with { Version = 2 }, Cancellation);

        await Assert.ThrowsAsync<ConflictException>(() => Stores.Policies.AddAsync(Yubei with { Version = 2, Authority = "x" }, Cancellation));

        Assert.Equal(Yubei.Authority, (await Stores.Policies.FindAsync(new(Yubei.Id, 2), Cancellation))!.Authority);
    }

    [Fact]
    public async Task Of_many_who_submit_at_once_each_gets_a_version_of_its_own()
    {
        var desks = Enumerable.Range(0, 5).Select(_ => new PolicyDesk(Stores.Policies)).ToList();

        var answers = await Task.WhenAll(desks.Select(desk => desk.PutAsync(Yubei, null, Cancellation)));

        Assert.Equal([2, 3, 4, 5, 6], answers.Select(answer => Assert.IsType<PutPolicyAnswer.Stored>(answer).Pack.Version).Order());
    }
}
