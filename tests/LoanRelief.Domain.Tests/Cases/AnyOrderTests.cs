using System.Text.Json;
using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Cases;

/// <summary>Facts in any order, sensible or not, twice or late, with time passing and crashes in between.</summary>
public class AnyOrderTests
{
    private static readonly Gen<string> Person = Gen.OneOf("zhang.san", "li.si", "wang.wu");

    private static readonly MeasureId[] Measures = [.. PolicyPacks.Shipped.SelectMany(pack => pack.Measures.Select(measure => new MeasureId(pack.Id, measure.Id)))];

    private static readonly Gen<Fact> AnyFact = Gen.OneOf(
        Gen.Select(Gen.Bool, Gen.OneOf<string?>(null, "form-1"), Gen.Int[-40, 1]).Select((reached, evidence, days) =>
            (Fact)new ContactFact(ContactChannel.Visit, reached, evidence, days < -30 ? null : new DateOnly(2025, 4, 20).AddDays(days))),
        Gen.Enum<IntentKind>().Select(kind => (Fact)new IntentFact(kind)),
        Gen.Select(Gen.Enum<IntentKind>(), Gen.Int[0, Measures.Length - 1].Select(i => Measures[i]).Array[1, 2], Gen.Enum<Attestation>().Array[0, 2]).Select((kind, measures, attested) =>
            (Fact)new IntentFact(kind, Measures: measures, Attested: attested)),
        Gen.Int[1, 900].Select(days => (Fact)new IntentFact(IntentKind.Extend, [new Extension(new DateOnly(2025, 4, 1).AddDays(days))])),
        Gen.OneOf("application", "business-licence", "financial-statements", "tax-record", "horoscope").List[0, 4]
            .Select(documents => (Fact)new DocumentsFact(documents)),
        Gen.Const((Fact)new DocumentsFact(["application", "business-licence", "financial-statements", "tax-record"])),
        Gen.Select(Gen.Enum<ApprovalDecision>(), Gen.Enum<ApprovalLevel>(), Gen.OneOf<string?>(null, "because")).Select((decision, level, reason) =>
            (Fact)new ApprovalFact(decision, level, reason, reason)),
        Gen.Select(Gen.OneOf("G-1", "G-2", "G-3"), Gen.Bool, Gen.OneOf<string?>(null, "letter")).Select((guarantor, consents, evidence) =>
            (Fact)new GuarantorConsentFact(guarantor, consents || evidence is not null, evidence)),
        Gen.Int[0, 60].Select(days => (Fact)new SignatureFact("HT-1", new DateOnly(2025, 4, 1).AddDays(days))),
        Gen.Enum<BookingResult>().Select(result => (Fact)new BookingFact(result, "CORE-1", Identifier.Parse<LoanNumber>("NEW-1"), "frozen")),
        Gen.Const((Fact)new HoldFact("audit")),
        Gen.Const((Fact)new ReleaseFact()),
        Gen.Const((Fact)new LoanFact(SampleCase.Guaranteed with { Maturity = new(2025, 5, 20) })));

    private static readonly Gen<Fact> Ending = Gen.OneOf(
        Gen.Const((Fact)new WithdrawalFact("no need")),
        Gen.Const((Fact)new LoanFact(SampleCase.WenchengLoan with { Outstanding = Money.Zero })));

    private static readonly Gen<(int What, Fact Fact, string By, int Hours)> AnyThing =
        Gen.Select(Gen.Int[0, 5], Gen.Frequency((30, AnyFact), (1, Ending)), Person, Gen.Int[0, 72]);

    [Fact]
    public void Whatever_comes_in_whatever_order_the_case_is_sound()
    {
        Gen.Select(Gen.Bool, AnyThing.Array[1, 80]).Sample((guaranteed, things) =>
        {
            var life = new Life(guaranteed ? SampleCase.Guaranteed : SampleCase.WenchengLoan);
            foreach (var (what, fact, by, hours) in things)
            {
                switch (what)
                {
                    case 0:
                        life.Pass(TimeSpan.FromHours(hours));
                        break;
                    case 1:
                        life.Deliver(hours % 3 == 0 ? EffectResult.Failed : EffectResult.Delivered);
                        break;
                    case 2:
                        life.Crash();
                        break;
                    case 3:
                        life.Report(fact, by);
                        life.Report(fact, by);
                        break;
                    default:
                        life.Report(fact, by);
                        break;
                }

                life.Check();
            }
        }, iter: Math.Min(PropertyCases.Count, 10_000));
    }

    [Fact]
    public void A_case_that_nobody_touches_comes_to_an_outcome()
    {
        Gen.Select(Gen.Bool, AnyThing.Array[1, 40]).Sample((guaranteed, things) =>
        {
            var life = new Life(guaranteed ? SampleCase.Guaranteed : SampleCase.WenchengLoan);
            foreach (var (_, fact, by, _) in things)
                life.Report(fact, by);

            for (var day = 0; day < 120; day++)
                life.Pass(TimeSpan.FromDays(1));

            // Once signed, only the core system or missing documents can end it; before that, time does.
            Assert.True(life.State.IsClosed || life.State.Stage is Stage.Booking or Stage.FollowUp, life.State.Stage.ToString());
            Assert.True(life.State.IsClosed || life.State.Stage != Stage.FollowUp || life.State.MissingDocuments.Count > 0);
        }, iter: Math.Min(PropertyCases.Count, 2_000));
    }

    private sealed class Life
    {
        private readonly List<CaseStep> _steps = [];
        private DateTimeOffset _now = SampleCase.Morning(4, 1);

        public Life(Loan loan) => Take(ReliefCase.Open(
            new(new(loan.Institution, loan.Number, 1), loan, CasePolicy.Default, CaseTrigger.Scan), Context(CaseContext.System)));

        public CaseState State { get; private set; } = null!;

        public void Report(Fact fact, string by) => Take(ReliefCase.Report(State, fact, Context(by)));

        public void Pass(TimeSpan time)
        {
            _now += time;
            Take(ReliefCase.PassTime(State, Context(CaseContext.System)));
        }

        public void Deliver(EffectResult result) => Take(ReliefCase.RecordDeliveries(State,
            [.. State.PendingEffects.Where(effect => effect.NotBefore <= _now).Select(effect => new EffectReport(effect.Key, result, "test"))], Context(CaseContext.System)));

        /// <summary>All that is left after a crash is what was stored.</summary>
        public void Crash() => State = JsonSerializer.Deserialize<CaseState>(Json(State), DomainJson.Options)!;

        public void Check()
        {
            Assert.Equal(_steps.Count, State.Version);
            Assert.Equal(State.IsClosed, State.NextDeadline is null);
            Assert.Equal(State.IsClosed, State is { Outcome: not null, ReasonCode: not null, ClosedAt: not null });
            Assert.Equal(State.Tasks.Count, State.Tasks.Select(task => task.Kind).Distinct().Count());
            var effects = _steps.SelectMany(step => step.Events).OfType<EffectAsked>().Select(asked => asked.Effect.Key).ToList();
            Assert.Equal(effects.Count, effects.Distinct().Count());
            var stored = _steps.Select(step => JsonSerializer.Deserialize<CaseStep>(JsonSerializer.Serialize(step, DomainJson.Options), DomainJson.Options)!);
            if (_steps.Count % 8 == 0)
                Assert.Equal(Json(State), Json(CaseFold.Rebuild(stored)));
            if (State.SignedOn is { } signed)
                Assert.True(signed < State.Loan.Maturity && State.Decision!.Decision == ApprovalDecision.Approve && State.PreparedBy != State.DecidedBy[^1]);
            if (State.Booking is not null && State.Stage == Stage.FollowUp)
                Assert.Empty(State.ConsentsWanted);
        }

        private void Take(Verdict verdict)
        {
            if (verdict is not Verdict.Accepted(var step, var after))
                return;
            _steps.Add(step);
            State = after;
        }

        private CaseContext Context(string by) => new(_now, by, BusinessCalendar.China, PolicyPacks.Shipped);

        private static string Json(CaseState state) => JsonSerializer.Serialize(state, DomainJson.Options);
    }
}
