using LoanRelief.Desk;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Loans;

/// <summary>Which rows a loan has in the table <c>Loans</c>, and their keys: a pure function of what is stored.</summary>
internal static class LoanRows
{
    /// <summary>Loans that the maturity scan has to look at, by day.</summary>
    public const string AllToScan = "scan~";

    /// <summary>Loans with a reminder to send, by day.</summary>
    public const string AllToRemind = "remind~";

    /// <summary>Events that were given up, loan by loan.</summary>
    public const string AllDead = "dead~";

    public static string Key(LoanNumber number) => $"loan~{number}";

    public static string DeadKey(LoanNumber number, string eventKey) => $"{AllDead}{number}~{Keys.Digest(eventKey)}";

    public static Row Loan(LoanContent content) => Row.Of(Key(content.Loan.Number), content);

    /// <summary>The rows by which the loan is found on the days on which it has to be looked at.</summary>
    public static IReadOnlyList<Row> Watch(LoanContent content)
    {
        var rows = new List<Row>();
        if (content.Watch.ScanOn is { } scanOn)
            rows.Add(Due(AllToScan, scanOn));
        if (content.Watch.RemindOn is { } remindOn)
            rows.Add(Due(AllToRemind, remindOn));
        return rows;

        Row Due(string prefix, DateOnly on) => Row.Of($"{prefix}{Keys.Sortable(on)}~{content.Loan.Number}", new DueLoan(content.Loan.Number, on));
    }

    public static Row Dead(LoanNumber number, GivenUpEvent givenUp) => Row.Of(DeadKey(number, givenUp.Event.Id), givenUp);
}

/// <summary>What is stored of <see cref="StoredLoan"/>.</summary>
internal sealed record LoanContent(Loan Loan, LoanWatch Watch);

/// <summary>An event about a loan that could not be delivered, with all that is needed to send it again.</summary>
internal sealed record GivenUpEvent(OutgoingEvent Event, string Detail)
{
    public DeadLetter ToDeadLetter() => new(Event.Id, Event.Type, Event.Subject, Event.Time, Detail);
}
