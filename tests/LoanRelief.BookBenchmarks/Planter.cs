using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRelief.BookBenchmarks;

/// <summary>Lays down open cases through the stores of the program, without asking anybody: a transaction and an index row each.</summary>
internal static class Planter
{
    private static readonly ParallelOptions SideBySide = new() { MaxDegreeOfParallelism = 64 };

    /// <summary>Cases in their first stage that have sent what they had to send.</summary>
    public static async Task OpenAsync(string storage, IEnumerable<Loan> loans)
    {
        await using var services = new ServiceCollection().AddTables(storage).BuildServiceProvider();
        var cases = services.GetRequiredService<ICaseStore>();
        await Parallel.ForEachAsync(loans, SideBySide, async (loan, cancellation) =>
        {
            var (opened, told) = Walk(loan);
            await cases.OpenAsync(new(loan.Institution, loan.Number, 0, null, null, null), opened.Step, told.After, cancellation);
        });
    }

    private static (Verdict.Accepted Opened, Verdict.Accepted Told) Walk(Loan loan)
    {
        var context = new CaseContext(Book.Now, CaseContext.System, BusinessCalendar.China, PolicyPacks.Shipped);
        var opened = (Verdict.Accepted)ReliefCase.Open(new(new(loan.Institution, loan.Number, 1), loan, CasePolicy.Default, CaseTrigger.Scan, InstitutionKind.Bank), context);
        var reports = opened.After.PendingEffects.Select(effect => new EffectReport(effect.Key, EffectResult.Delivered, ""));
        return (opened, (Verdict.Accepted)ReliefCase.RecordDeliveries(opened.After, [.. reports], context));
    }
}
