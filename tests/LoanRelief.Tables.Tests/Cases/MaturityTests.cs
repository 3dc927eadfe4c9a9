using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

/// <summary>The maturity that a loan's entry names is the one that its last case was about: any other wants a case of its own.</summary>
public sealed class MaturityTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly Loan Loan = Samples.Loan(Samples.Bank, Samples.Number(1));

    [Fact]
    public async Task A_maturity_that_was_corrected_while_the_case_runs_is_the_one_it_is_about()
    {
        var walk = new CaseWalk(Loan, seed: 1);
        var stored = await Stores.OpenAsync(walk);

        await UpdateAsync(stored, Loan.Maturity.AddDays(3));

        Assert.Equal(Loan.Maturity.AddDays(3), await LastMaturityAsync());
    }

    [Fact]
    public async Task The_new_maturity_that_the_case_itself_brought_about_is_not()
    {
        var walk = Enumerable.Range(0, 1_000).Select(seed => new CaseWalk(Loan, seed)).First(walk =>
        {
            while (walk.State.SignedOn is null && walk.Next())
            {
            }

            return walk.State.Stage == Stage.Booking;
        });
        var stored = await StoreAsync(walk);

        await UpdateAsync(stored, Loan.Maturity.AddMonths(6));

        Assert.Equal(Loan.Maturity, await LastMaturityAsync());
    }

    private async Task<StoredCase> StoreAsync(CaseWalk walk)
    {
        var none = await Stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation);
        var state = CaseFold.Apply(null, walk.Steps[0]);
        var stored = await Stores.Cases.OpenAsync(none, walk.Steps[0], state, Cancellation);
        foreach (var step in walk.Steps.Skip(1))
            stored = await Stores.Cases.AppendAsync(stored, [step], CaseFold.Apply(stored.State, step), Cancellation);
        return stored;
    }

    private async Task UpdateAsync(StoredCase stored, DateOnly maturity)
    {
        var context = new CaseContext(stored.State.ChangedAt, CaseContext.System, BusinessCalendar.China, PolicyPacks.Shipped);
        var accepted = (Verdict.Accepted)ReliefCase.Report(stored.State, new LoanFact(Loan with { Maturity = maturity }), context);
        await Stores.Cases.AppendAsync(stored, [accepted.Step], accepted.After, Cancellation);
    }

    private async Task<DateOnly?> LastMaturityAsync() => (await Stores.Cases.CasesOfAsync(Loan.Institution, Loan.Number, Cancellation)).LastMaturity;
}
