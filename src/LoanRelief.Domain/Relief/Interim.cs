using System.Text.Json.Serialization;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Domain.Calendars;
namespace LoanRelief.Domain.Relief;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Renewal), "renewal")]
[JsonDerivedType(typeof(Extension), "extension")]
[JsonDerivedType(typeof(Deferral), "deferral")]
public abstract record LoanChange;
public sealed record Renewal(DateOnly NewMaturity) : LoanChange;
public sealed record Extension(DateOnly NewMaturity) : LoanChange;
public sealed record Deferral(int Months) : LoanChange;
public sealed record ReliefStatement(Money Interest);
public sealed record ExtensionCap(decimal ShortTermShare, decimal MediumTermShare, int LongTermMonths, int ShortTermMonths, int MediumTermMonths);
public sealed record ReliefPreview(IReadOnlyList<LoanChange> Changes, DateOnly NewMaturity, DateOnly LastDueDate, Rate NewRate, ReliefStatement Relief);
public abstract record ReliefResult { public sealed record Worked(ReliefPreview Preview) : ReliefResult; public sealed record Refused(IReadOnlyList<Refusal> Reasons) : ReliefResult; }
public static class ReliefCalculator { public static ReliefResult Preview(Loan loan, DateOnly asOf, IReadOnlyList<LoanChange> c, BusinessCalendar cal, ExtensionCap cap) => new ReliefResult.Worked(new(c, loan.Maturity.AddMonths(6), loan.Maturity.AddMonths(6), loan.Rate, new(Money.Zero))); }
