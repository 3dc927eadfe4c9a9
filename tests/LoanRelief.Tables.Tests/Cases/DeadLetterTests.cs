using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

public sealed class DeadLetterTests(Azurite azurite) : StoreTests(azurite)
{
    [Fact]
    public async Task An_effect_that_was_given_up_is_listed_with_its_reason_until_it_is_sent_again()
    {
        var stored = await Stores.OpenAsync(new(Samples.Loan(Samples.Bank, Samples.Number(1)), seed: 1));
        var effect = stored.State.PendingEffects[0];

        stored = await AppendAsync(stored, ReliefCase.RecordDeliveries(
            stored.State, [new(effect.Key, EffectResult.Refused, "410 Gone: 接口已停用")], Context(stored)));
        stored = await AppendAsync(stored, CaseWalk.Attempt(stored.State, "li.si"));

        Assert.Equal(
            new DeadLetter(effect.Key, effect.Kind, stored.State.Id.ToString(), effect.AskedAt, "410 Gone: 接口已停用"),
            Assert.Single(await DeadAsync()));

        await AppendAsync(stored, ReliefCase.Redrive(stored.State, effect.Key, Context(stored)));

        Assert.Empty(await DeadAsync());
    }

    [Fact]
    public async Task They_come_from_all_cases_by_the_time_at_which_they_were_decided()
    {
        var walks = Enumerable.Range(0, 12).Select(n => new CaseWalk(Samples.Loan(Samples.Bank, Samples.Number(n)), n)).ToList();
        foreach (var walk in walks)
            await Stores.WalkAsync(walk, state => state.DeadLetters.Count > 1);

        var expected = walks.SelectMany(walk => walk.State.DeadLetters).ToList();
        var dead = await DeadAsync();

        Assert.True(expected.Count > 12);
        Assert.Equal(expected.Select(effect => effect.Key).Order(), dead.Select(letter => letter.Key).Order());
        Assert.Equal(expected.Select(effect => effect.AskedAt).Order(), dead.Select(letter => letter.AskedAt));
        Assert.All(dead, letter => Assert.EndsWith("收到", letter.Detail));
    }

    private async Task<StoredCase> AppendAsync(StoredCase stored, Verdict verdict)
    {
        var accepted = Assert.IsType<Verdict.Accepted>(verdict);
        return await Stores.Cases.AppendAsync(stored, [accepted.Step], accepted.After, Cancellation);
    }

    private async Task<List<DeadLetter>> DeadAsync() => await Stores.Cases.DeadLettersAsync(Samples.Bank, Cancellation).ToListAsync(Cancellation);

    private static CaseContext Context(StoredCase stored) => new(stored.State.ChangedAt, "operator", BusinessCalendar.China, PolicyPacks.Shipped);
}
