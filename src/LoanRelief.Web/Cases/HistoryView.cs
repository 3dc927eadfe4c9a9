using System.Text.Json.Serialization.Metadata;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Schedules;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Cases;

/// <summary>Everything that ever happened in a case, first to last.</summary>
public sealed record HistoryView
{
    public required CaseId Case { get; init; }

    public required IReadOnlyList<StepView> Steps { get; init; }

    /// <summary>Events are shown as they are stored, but the loan stays in the loan book, the policy is named instead of quoted, and schedules have a place of their own.</summary>
    internal static void HidePrivateParts(JsonTypeInfo type)
    {
        if (!typeof(CaseEvent).IsAssignableFrom(type.Type))
            return;
        foreach (var hidden in type.Properties.Where(property => property.PropertyType == typeof(Loan) || property.PropertyType == typeof(Schedule) || property.PropertyType == typeof(CasePolicy)).ToList())
            type.Properties.Remove(hidden);
        if (type.Type != typeof(CaseOpened) && type.Type != typeof(LoanUpdated))
            return;
        Show(type, "maturity", happened => LoanOf(happened).Maturity);
        Show(type, "outstanding", happened => LoanOf(happened).Outstanding);
        if (type.Type == typeof(CaseOpened))
            Show(type, "policy", happened => ((CaseOpened)happened).Policy is var policy ? new PolicyReference(policy.Id, policy.Version) : null!);
    }

    private static Loan LoanOf(object happened) => happened is CaseOpened opened ? opened.Loan : ((LoanUpdated)happened).Loan;

    private static void Show<T>(JsonTypeInfo type, string name, Func<object, T> get)
    {
        var property = type.CreateJsonPropertyInfo(typeof(T), name);
        property.Get = happened => get(happened);
        type.Properties.Add(property);
    }
}

/// <summary>What one fact, or the passing of time, brought about.</summary>
public sealed record StepView
{
    /// <summary>1 for the opening, then without a gap.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who reported it, or <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>Name of the fact; <c>open</c>, <c>time</c> when a deadline came, <c>delivery</c> when events went out, <c>calendar</c> when other holidays became known, <c>redrive</c>.</summary>
    public required string Cause { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<EventView> Events { get; init; }

    internal static StepView Of(CaseStep step, Catalogue texts) => new()
    {
        Number = step.Number,
        At = step.At,
        By = step.By,
        Cause = step.Cause,
        Title = texts.Cause(step.Cause),
        Events = [.. step.Events.Select(happened => new EventView(texts.Event(TypeOf(happened)), ReasonsOf(happened, texts), happened))],
    };

    private static IReadOnlyList<ErrorView>? ReasonsOf(CaseEvent happened, Catalogue texts) => happened switch
    {
        Screened { Result.Unmet: { Count: > 0 } unmet } => [.. unmet.Select(refusal => ErrorView.Of(refusal, texts))],
        ProposalMade { Proposal.Beyond: { Count: > 0 } beyond } => [.. beyond.Select(refusal => ErrorView.Of(refusal, texts))],
        _ => null,
    };

    private static string TypeOf(CaseEvent happened) => EventTypes[happened.GetType()];

    private static readonly Dictionary<Type, string> EventTypes = WebJson.Options.GetTypeInfo(typeof(CaseEvent)).PolymorphismOptions!.DerivedTypes
        .ToDictionary(derived => derived.DerivedType, derived => (string)derived.TypeDiscriminator!);
}

/// <param name="Title">What happened, in words.</param>
/// <param name="Reasons">What stood against it, in words: conditions that were not met, limits that were gone beyond.</param>
/// <param name="Details">What happened, for programs.</param>
public sealed record EventView(string Title, IReadOnlyList<ErrorView>? Reasons, CaseEvent Details);
