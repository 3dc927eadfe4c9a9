using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>The lender's own rules and habits, by which a case is driven. Data, not code; a case keeps the version that it began with.</summary>
/// <remarks>
/// What published policies say about relief is in <see cref="PolicyPack"/>s.
/// Every section says where it comes from in <c>Source</c>: a published clause, or the institution's own practice,
/// which its lawyers and credit officers should check.
/// </remarks>
public sealed record CasePolicy
{
    // Before Default, which is read with it.
    private static readonly JsonSerializerOptions JsonOptions = new(DomainJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required ContactPolicy Contact { get; init; }

    public required ChasePolicy Intent { get; init; }

    public required ScreeningPolicy Screening { get; init; }

    public required TermsPolicy Terms { get; init; }

    public required ApprovalPolicy Approval { get; init; }

    public required ChasePolicy Guarantee { get; init; }

    public required SignaturePolicy Signature { get; init; }

    public required BookingPolicy Booking { get; init; }

    public required FollowUpPolicy FollowUp { get; init; }

    public required HoldPolicy Hold { get; init; }

    public required ReminderPolicy Reminders { get; init; }

    public required DeliveryPolicy Delivery { get; init; }

    public required ImportPolicy Imports { get; init; }

    public required InquiryPolicy Inquiries { get; init; }

    /// <summary>The policy that ships with the program.</summary>
    public static CasePolicy Default { get; } = ReadDefault();

    /// <exception cref="JsonException">The text is not a policy; the message names the JSON path.</exception>
    public static CasePolicy FromJson(Stream json) =>
        JsonSerializer.Deserialize<CasePolicy>(json, JsonOptions) ?? throw new JsonException("A policy is a JSON object, not null.");

    private static CasePolicy ReadDefault()
    {
        using var json = typeof(CasePolicy).Assembly.GetManifestResourceStream("default-policy.json")
            ?? throw new InvalidOperationException("The assembly lacks its default policy.");
        return FromJson(json);
    }
}

/// <param name="Rule">How the contact deadline follows from the maturity.</param>
/// <param name="OpenDaysBeforeDeadline">The maturity scan opens a case this many days before the contact deadline.</param>
/// <param name="ReminderDaysBeforeDeadline">Reminders to the account manager, days before the contact deadline, falling.</param>
/// <param name="OverdueReminderWorkingDays">Working days between reminders once the deadline has gone by.</param>
/// <param name="EscalateDaysBeforeDeadline">From here on reminders go to the manager too.</param>
/// <param name="LookBackDays">A contact counts when it took place at most this many days before the case was opened.</param>
public sealed record ContactPolicy(
    ContactRule Rule,
    int OpenDaysBeforeDeadline,
    IReadOnlyList<int> ReminderDaysBeforeDeadline,
    int OverdueReminderWorkingDays,
    int EscalateDaysBeforeDeadline,
    int LookBackDays,
    string Source)
{
    /// <summary>The day on which the maturity scan opens the case.</summary>
    public DateOnly OpenOn(BusinessDate deadline) => deadline.Date.AddDays(-OpenDaysBeforeDeadline);
}

/// <summary>How somebody is chased who owes an answer.</summary>
/// <param name="WorkingDays">Working days for an answer, and between reminders.</param>
/// <param name="EscalateAfterReminders">The reminder of this number, and all after it, go to the manager too.</param>
public sealed record ChasePolicy(int WorkingDays, int EscalateAfterReminders, string Source);

/// <param name="RequiredDocuments">Document codes by measure.</param>
/// <param name="MayFollowLater">Documents that may be outstanding while the case goes on (容缺办理).</param>
/// <param name="Chase">How missing documents are chased.</param>
public sealed record ScreeningPolicy(
    IReadOnlyDictionary<IntentKind, IReadOnlyList<string>> RequiredDocuments,
    IReadOnlyList<string> MayFollowLater,
    ChasePolicy Chase,
    string Source);

/// <param name="ExtensionMonths">Proposed when an extension is asked for without terms.</param>
/// <param name="DeferralMonths">Proposed when a deferral is asked for without terms.</param>
public sealed record TermsPolicy(int ExtensionMonths, int DeferralMonths, string Source);

/// <param name="Tiers">Who may decide up to which amount, lowest first; the last has no limit.</param>
/// <param name="WorkingDays">Working days for a decision, and between escalations.</param>
/// <param name="ReviewWorkingDays">Working days for a second review.</param>
public sealed record ApprovalPolicy(IReadOnlyList<ApprovalTier> Tiers, int WorkingDays, int ReviewWorkingDays, string Source)
{
    /// <summary>The lowest level that may decide on an amount.</summary>
    public ApprovalLevel LevelFor(Money amount) => Tiers.First(tier => tier.UpTo is not { } limit || amount <= limit).Level;
}

/// <param name="Level">Who decides.</param>
/// <param name="UpTo">The largest outstanding principal, included; null for any.</param>
public sealed record ApprovalTier(ApprovalLevel Level, Money? UpTo);

/// <param name="LastDay">The last day on which the application can be made and the contract signed.</param>
/// <param name="ReportGraceDays">A signature that was in time may be reported this many days after the last day.</param>
/// <param name="Chase">How the signature is chased.</param>
public sealed record SignaturePolicy(LastDayRule LastDay, int ReportGraceDays, ChasePolicy Chase, string Source)
{
    /// <summary>The last day for a loan.</summary>
    public DateOnly LastDayOf(Loan loan) => LastDay == LastDayRule.DayBeforeMaturity ? loan.Maturity.AddDays(-1) : loan.Maturity;
}

/// <summary>Two readings of "before maturity" (到期前).</summary>
public enum LastDayRule
{
    /// <summary>The day before the maturity date.</summary>
    DayBeforeMaturity,

    /// <summary>The maturity date itself.</summary>
    MaturityDate,
}

/// <param name="AnswerHours">Hours for the core system to answer before it is asked what became of it.</param>
/// <param name="RetryHours">Hours to wait after each failure; after as many retries the booking is reversed.</param>
public sealed record BookingPolicy(int AnswerHours, IReadOnlyList<int> RetryHours, string Source);

/// <param name="Days">Days after booking at which the borrower is looked at again.</param>
/// <param name="RepaymentGraceDays">Days after maturity for the core system to report the repayment.</param>
public sealed record FollowUpPolicy(int Days, int RepaymentGraceDays, string Source);

/// <param name="MaxDays">The longest hold; after it the case is released by itself.</param>
public sealed record HoldPolicy(int MaxDays, string Source);

/// <param name="DaysAhead">Days before each due date and maturity at which the borrower is reminded, falling.</param>
public sealed record ReminderPolicy(IReadOnlyList<int> DaysAhead, string Source);

/// <param name="RetryMinutes">Minutes to wait after each failed attempt; after as many retries the event goes to the dead-letter list.</param>
public sealed record DeliveryPolicy(IReadOnlyList<int> RetryMinutes, string Source);

/// <param name="KeepRejectedDays">Days for which the refused rows of a loan book, which hold personal data, are kept to be given back.</param>
public sealed record ImportPolicy(int KeepRejectedDays, string Source);

/// <summary>How soon needs and problems that come on lists have to be answered.</summary>
/// <param name="Need">Of needs.</param>
/// <param name="Problem">Of problems.</param>
public sealed record InquiryPolicy(ChasePolicy Need, ChasePolicy Problem, string Source)
{
    public ChasePolicy Of(InquiryKind kind) => kind == InquiryKind.Need ? Need : Problem;

    /// <summary>The last day for an answer.</summary>
    public BusinessDate AnswerBy(InquiryKind kind, DateOnly receivedOn, BusinessCalendar calendar) => calendar.AddWorkingDays(receivedOn, Of(kind).WorkingDays);
}
