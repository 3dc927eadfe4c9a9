using LoanRelief.Scenarios.Client;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.House;

/// <summary>The shortest way of a renewal to a stage.</summary>
internal static class Road
{
    /// <summary>Every stage in which a case can stand still before it is booked.</summary>
    public static readonly string[] Stages =
        ["contact", "intent", "screening", "approval", "secondReview", "guarantee", "signature", "booking", "followUp", "repayment"];

    /// <summary>A new case that stands in the stage, of a loan with guarantors if it has to.</summary>
    public static async Task<CaseFile> ToAsync(string stage, Bank bank, int daysToMaturity = 60)
    {
        var loan = bank.NewLoan(daysToMaturity);
        var file = await bank.OpenAsync(stage == "guarantee" ? Guaranteed(loan) : loan);
        await file.ReportAsync(FactsTo(stage, bank.Time.Today));
        return file;
    }

    public static LoanSheet Guaranteed(LoanSheet loan) =>
        loan with { Guarantors = [new("G-1", "某担保有限公司", "guaranteeCompany"), new("G-2", "某某", "mortgagor")] };

    private static Fact[] FactsTo(string stage, DateOnly today) => stage switch
    {
        "contact" => [],
        "intent" => [Contacted()],
        "repayment" => [Contacted(), Wants("repay")],
        "screening" => [Contacted(), Wants("renew")],
        "approval" => [.. FactsTo("screening", today), AllDocuments],
        "secondReview" => [.. FactsTo("approval", today), Refused()],
        "guarantee" or "signature" => [.. FactsTo("approval", today), Approved()],
        "booking" => [.. FactsTo("signature", today), SignedOn(today)],
        "followUp" => [.. FactsTo("booking", today), Booked("JJ2025-9001")],
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage in which a case stands still."),
    };
}
