using System.Globalization;
using LoanRelief.Desk;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Loans;

/// <summary>A loan as it is stored, with the day rows that it stands by.</summary>
internal sealed record TableLoan(LoanContent Content, string ETag) : StoredLoan(Content.Loan, Content.Watch, Content.PastMaturities, Content.Mark, ETag);

/// <summary>What the row of a loan holds.</summary>
/// <param name="Version">Counts the changes of the loan and of its days.</param>
/// <param name="ScanRow">Version that wrote the row for the scan; null when there is none.</param>
/// <param name="RemindRow">Version that wrote the row for the reminder; null when there is none.</param>
/// <param name="PastMaturities">Other maturities that the loan has had: their rows stay.</param>
/// <param name="Mark">Of the last import that stored the loan.</param>
internal sealed record LoanContent(Loan Loan, LoanWatch Watch, int Version, int? ScanRow, int? RemindRow, IReadOnlyList<DateOnly> PastMaturities, ImportMark? Mark)
{
    /// <summary>A change: a day that stays keeps its row.</summary>
    public static LoanContent After(LoanContent? before, Loan loan, LoanWatch watch, ImportMark? mark = null)
    {
        var version = (before?.Version ?? 0) + 1;
        return new(
            loan, watch, version,
            Row(watch.ScanOn, before?.Watch.ScanOn, before?.ScanRow),
            Row(watch.RemindOn, before?.Watch.RemindOn, before?.RemindRow),
            before is null ? [] : [.. before.PastMaturities.Append(before.Loan.Maturity).Distinct().Where(maturity => maturity != loan.Maturity)],
            mark ?? before?.Mark);

        int? Row(DateOnly? on, DateOnly? had, int? row) => on is null ? null : on == had ? row : version;
    }

    /// <summary>The rows by which the loan is found on the days on which it has to be looked at.</summary>
    public IEnumerable<DayRow> Days()
    {
        if (Watch.ScanOn is { } scanOn)
            yield return DayRow.Of(LoanDuty.Scan, scanOn, Loan.Number, ScanRow!.Value);
        if (Watch.RemindOn is { } remindOn)
            yield return DayRow.Of(LoanDuty.Remind, remindOn, Loan.Number, RemindRow!.Value);
    }

    /// <summary>Rows that were not there before.</summary>
    public IEnumerable<DayRow> NewDays(LoanContent? before)
    {
        var days = Days().Except(before?.Days() ?? []);
        if (before?.Loan.Maturity != Loan.Maturity)
            days = days.Append(DayRow.Maturing(Loan.Maturity, Loan.Number));
        return Loan.Borrower.CreditCode is { } borrower && borrower != before?.Loan.Borrower.CreditCode ? days.Append(DayRow.Owed(borrower, Loan.Number)) : days;
    }

    /// <summary>Rows that do not hold any more.</summary>
    public IEnumerable<DayRow> PastDays(LoanContent? before) => before?.Days().Except(Days()) ?? [];
}

/// <summary>Why a loan is found on a day.</summary>
internal enum LoanDuty
{
    Scan,
    Remind,

    /// <summary>It matures, or was once to mature: nothing is to be done, and the row stays for good.</summary>
    Mature,

    /// <summary>A borrower has it, or had it once, whatever the day: nothing is to be done, and the row stays for good.</summary>
    Owe,
}

/// <summary>Names a day row: it says all in its key.</summary>
internal readonly record struct DayRow(LoanDuty Duty, string Key)
{
    public static DayRow Of(LoanDuty duty, DateOnly on, LoanNumber loan, int version) =>
        new(duty, string.Create(CultureInfo.InvariantCulture, $"{Keys.Sortable(on)}~{loan}~{version:D6}"));

    /// <summary>Without a version: it says the same whichever change wrote it, and is never deleted.</summary>
    public static DayRow Maturing(DateOnly on, LoanNumber loan) => new(LoanDuty.Mature, $"{Keys.Sortable(on)}~{loan}");

    /// <summary>By the borrower instead of a day; never deleted either.</summary>
    public static DayRow Owed(CreditCode borrower, LoanNumber loan) => new(LoanDuty.Owe, $"{borrower}~{loan}");

    public DateOnly On => Keys.Date(Key.Split('~')[0]);

    public LoanNumber Loan => Identifier.Parse<LoanNumber>(Key.Split('~')[1]);

    public int Version => int.Parse(Key.Split('~')[2], CultureInfo.InvariantCulture);
}

/// <summary>An event about a loan that could not be delivered, with all that is needed to send it again.</summary>
internal sealed record GivenUpEvent(OutgoingEvent Event, string Detail)
{
    public DeadLetter ToDeadLetter() => new(Event.Id, Event.Type, Event.Subject, Event.Time, Detail);
}
