using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Lists;

public enum InquiryKind
{
    /// <summary>融资需求清单.</summary>
    Need,

    /// <summary>问题清单.</summary>
    Problem,
}

/// <summary>What a firm needs, or a problem that it has, pushed to whoever is responsible and to be answered by a day (渝北金〔2022〕16号 十六).</summary>
public sealed record Inquiry
{
    public required InquiryId Id { get; init; }

    public required InquiryKind Kind { get; init; }

    /// <summary>责任单位: who has to answer.</summary>
    public required InstitutionId Responsible { get; init; }

    public required CreditCode Firm { get; init; }

    /// <summary>What is wanted, in the words of the list. For whoever has to answer, never for a log.</summary>
    public required string Text { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The last day on which an answer is in time.</summary>
    public required BusinessDate AnswerBy { get; init; }

    public InquiryAnswer? Answer { get; init; }

    /// <summary>How many times whoever is responsible was reminded.</summary>
    public int Reminders { get; init; }

    /// <summary>The day of the last reminder.</summary>
    public DateOnly? RemindedOn { get; init; }

    /// <summary>Whether an answer was wanted before this day and did not come in time.</summary>
    public bool IsLateOn(DateOnly day) => (Answer?.On ?? day) > AnswerBy.Date;

    /// <summary>The day on which the next reminder is due: the day after the last one for an answer, then every so many working days.</summary>
    public DateOnly NextReminder(ChasePolicy chase, BusinessCalendar calendar) =>
        RemindedOn is { } last ? calendar.AddWorkingDays(last, chase.WorkingDays).Date : AnswerBy.Date.AddDays(1);

    /// <summary>Without the text, so that no log gets it by accident.</summary>
    public override string ToString() => Id.ToString();
}

/// <param name="By">Who answered, as the institution names them.</param>
/// <param name="On">The day (Beijing).</param>
/// <param name="Text">What was done about it. For those whom it concerns, never for a log.</param>
public sealed record InquiryAnswer(string By, DateOnly On, string Text)
{
    /// <summary>Without the text, so that no log gets it by accident.</summary>
    public override string ToString() => $"{On:O}";
}

/// <summary>A row of a list of needs and problems.</summary>
/// <param name="AnswerBy">The last day for an answer, where the list says it; the policy's otherwise.</param>
public sealed record InquiryRow(InquiryId Id, InquiryKind Kind, InstitutionId Responsible, CreditCode Firm, string Text, DateOnly ReceivedOn, DateOnly? AnswerBy)
{
    public const int LongestText = 500;

    /// <summary>Everything that is wrong with it; fields are members of the row.</summary>
    public IReadOnlyList<Refusal> Check()
    {
        var found = new Findings();
        found.Unknown(Kind, "kind");
        found.Text(Text, LongestText, "text");
        if (!found.OutOfRange(ReceivedOn, LoanRules.EarliestDrawdown, LoanRules.LatestDrawdown, "receivedOn") && AnswerBy is { } last)
            found.OutOfRange(last, ReceivedOn, LoanRules.LatestDay, "answerBy");
        return found.All;
    }

    /// <summary>The inquiry, with what became of it so far.</summary>
    public Inquiry After(Inquiry? before, InquiryPolicy policy, BusinessCalendar calendar) => new()
    {
        Id = Id,
        Kind = Kind,
        Responsible = Responsible,
        Firm = Firm,
        Text = Text,
        ReceivedOn = ReceivedOn,
        AnswerBy = AnswerBy is { } said ? new(said, Provisional: false) : policy.AnswerBy(Kind, ReceivedOn, calendar),
        Answer = before?.Answer,
        Reminders = before?.Reminders ?? 0,
        RemindedOn = before?.RemindedOn,
    };

    /// <summary>Without the text, so that no log gets it by accident.</summary>
    public override string ToString() => Id.ToString();
}
