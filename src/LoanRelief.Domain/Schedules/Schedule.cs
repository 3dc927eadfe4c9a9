using System.Security.Cryptography;
using System.Text;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Schedules;

/// <summary>What is still to be paid on a loan, row by row (还款计划).</summary>
/// <param name="Instalments">In the order of their due dates; empty for a settled loan.</param>
public sealed record Schedule(IReadOnlyList<Instalment> Instalments)
{
    /// <summary>Principal that was due before the first row and is unpaid (逾期本金); owed at once and part of no row.</summary>
    public Money PrincipalArrears { get; init; }

    /// <summary>Interest that was due before the first row and is unpaid (欠息); owed at once and part of no row.</summary>
    public Money InterestArrears { get; init; }

    /// <summary>Deferred interest that joined the principal, and so is paid as principal.</summary>
    public Money Capitalised { get; init; }

    /// <summary>All principal of the rows, without arrears.</summary>
    public Money TotalPrincipal => Instalments.Sum(each => each.Principal);

    /// <summary>All interest of the rows, without arrears.</summary>
    public Money TotalInterest => Instalments.Sum(each => each.Interest);

    public Money Total => TotalPrincipal + TotalInterest;

    /// <summary>Whether the rows, in the order of their dates, repay exactly a principal and what joined it, and each balance follows from its row.</summary>
    /// <param name="outstanding">Principal before the first row.</param>
    public bool Repays(Money outstanding)
    {
        var (balance, joined, due) = (outstanding, Money.Zero, DateOnly.MinValue);
        foreach (var row in Instalments)
        {
            balance -= row.Principal;
            // Capitalised interest joins the principal with one row.
            if (row.Balance == balance + Capitalised && joined.IsZero)
                (balance, joined) = (row.Balance, Capitalised);
            if (row.Balance != balance || row.Principal.IsNegative || row.DueDate <= due)
                return false;
            due = row.DueDate;
        }

        return balance.IsZero && joined == Capitalised;
    }

    /// <summary>A short mark that is the same for schedules that pay the same on the same days, and for no others.</summary>
    public string Fingerprint()
    {
        var rows = Instalments.Select(row => FormattableString.Invariant($"{row.DueDate:O} {row.PayBy:O} {row.Principal} {row.Interest}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..16];
    }

    /// <summary>True when any row's day of payment rests on a year whose holidays are not published.</summary>
    public bool Provisional => Instalments.Any(each => each.Provisional);
}
