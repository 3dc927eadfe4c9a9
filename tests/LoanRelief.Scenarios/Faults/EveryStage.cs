using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Faults;

/// <summary>A case in every stage, and what takes all of them on in the same moment: first a fact about each, then the time that passes.</summary>
/// <remarks>So that one death of a host meets every stage at once.</remarks>
internal sealed class EveryStage
{
    private readonly Bank _bank;
    private readonly Dictionary<CaseFile, Fact> _next = [];

    private EveryStage(Bank bank) => _bank = bank;

    public IReadOnlyList<CaseFile> Files => _bank.Files;

    public static async Task<EveryStage> OpenAsync(Bank bank)
    {
        var all = new EveryStage(bank);
        await Road.ToAsync("contact", bank); // nobody calls
        await all.AddAsync("contact", Contacted());
        await all.AddAsync("intent", Wants("renew"));
        await all.AddAsync("screening", AllDocuments); // through the proposal, in which no case stands still, to the approval
        await all.AddAsync("approval", Refused());
        await all.AddAsync("secondReview", Approved(by: Reviewer));
        var guaranteed = await all.AddAsync("guarantee", Consents("G-2"));
        await guaranteed.ReportAsync(Consents("G-1"));
        await all.AddAsync("signature", SignedOn(bank.Time.Today));
        await all.AddAsync("booking", Booked("JJ2025-9002"));
        await all.AddAsync("repayment", Wants("extend"));
        await Road.ToAsync("followUp", bank); // until it is time to look again
        return all;
    }

    /// <summary>Reports all facts in the same moment.</summary>
    public async Task ReportAsync()
    {
        await Task.WhenAll(_next.Select(async each => (await each.Key.SendAsync(each.Value)).Expect(System.Net.HttpStatusCode.OK)));
        await _bank.Time.SettleAsync();
    }

    /// <summary>Lets a month pass, in which every one of them is late.</summary>
    public Task PassTimeAsync() => _bank.Time.MoveByAsync(TimeSpan.FromDays(31));

    /// <summary>Long after the loans have matured.</summary>
    public Task EndAsync() => _bank.Time.MoveByAsync(TimeSpan.FromDays(60));

    private async Task<CaseFile> AddAsync(string stage, Fact next)
    {
        var file = await Road.ToAsync(stage, _bank);
        _next.Add(file, next);
        return file;
    }
}
