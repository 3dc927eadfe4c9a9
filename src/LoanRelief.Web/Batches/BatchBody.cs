using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Coverage;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Batches;

/// <summary>One measure for many loans: exactly one of a list and a filter, and exactly one of relief and an automatic measure.</summary>
public sealed record BatchBody
{
    /// <summary>Who prepares it: a person or system, as the institution names it. May approve neither the batch nor its cases.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string By { get; init; }

    /// <summary>借据号 of the loans, each once.</summary>
    [Length(1, BatchLimits.Listed)]
    public IReadOnlyList<LoanNumber>? Loans { get; init; }

    /// <summary>Which loans of the book.</summary>
    public BatchFilter? Filter { get; init; }

    /// <summary>Relief that the borrowers want: a case each.</summary>
    public BatchRelief? Relief { get; init; }

    /// <summary>免申即享: an automatic measure, granted without application once a second person has approved the batch.</summary>
    public BatchGrant? Automatic { get; init; }

    /// <summary>Everything that is wrong with it, besides its form.</summary>
    internal IEnumerable<Refusal> Check()
    {
        if (Loans is null == Filter is null)
            yield return new Refusal("exactly-one-of", Loans is null ? "loans" : "filter").With("fields", "loans, filter");
        if (Relief is null == Automatic is null)
            yield return new Refusal("exactly-one-of", Relief is null ? "relief" : "automatic").With("fields", "relief, automatic");
        if (Relief is { Kind: IntentKind.Repay or IntentKind.None })
            yield return new Refusal("not-allowed", "relief.kind").With("value", Relief.Kind).With("allowed", "defer, extend, renew");
        var seen = new HashSet<LoanNumber>();
        foreach (var (index, _) in (Loans ?? []).Index().Where(loan => !seen.Add(loan.Item)))
            yield return new("given-twice", $"loans[{index}]");
        if (Filter?.Window.Check(CoverageDesk.LongestDays, "filter.maturityTo") is { } wrong)
            yield return wrong;
    }

    internal BatchMeasure ToMeasure() => new(
        Relief is null ? null : new(Relief.Kind, Relief.Changes, Relief.Measures, Relief.Attested),
        Relief?.Contact is { } contact ? new(contact.Channel, Reached: true, contact.Evidence, contact.On) : null,
        Automatic is null ? null : new(Automatic.Measure, Automatic.Attested ?? []));
}

/// <summary>Loans that mature in a window of at most 31 days, are not settled, and are of every kind that is named.</summary>
public sealed record BatchFilter
{
    /// <summary>The first day of maturity.</summary>
    public required DateOnly MaturityFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly MaturityTo { get; init; }

    /// <summary>区县, as in the book; any if left out.</summary>
    [Length(1, 100)]
    public IReadOnlyList<string>? Districts { get; init; }

    /// <summary>行业, as in the book; any if left out.</summary>
    [Length(1, 100)]
    public IReadOnlyList<string>? Industries { get; init; }

    /// <summary>Any if left out.</summary>
    [Length(1, 20)]
    public IReadOnlyList<LoanProduct>? Products { get; init; }

    /// <summary>Any if left out.</summary>
    [Length(1, 20)]
    public IReadOnlyList<BorrowerKind>? BorrowerKinds { get; init; }

    internal DayWindow Window => new(MaturityFrom, MaturityTo);

    internal BatchSelection ToSelection() => new(Window, Districts ?? [], Industries ?? [], Products ?? [], BorrowerKinds ?? []);
}

/// <summary>Relief as in the fact “intent”.</summary>
public sealed record BatchRelief
{
    /// <summary>Deferral, extension or renewal.</summary>
    public required IntentKind Kind { get; init; }

    /// <summary>On which terms; what is left out is as the measure gives it, or as the lender usually does.</summary>
    [Length(0, 10)]
    public IReadOnlyList<LoanChange>? Changes { get; init; }

    /// <summary>Under which measures of the policies in force; left out, under the first of the kind that applies.</summary>
    [Length(0, 10)]
    public IReadOnlyList<MeasureId>? Measures { get; init; }

    /// <summary>Circumstances that no loan book shows and whoever prepares attests.</summary>
    [Length(0, 20)]
    public IReadOnlyList<Attestation>? Attested { get; init; }

    /// <summary>How these borrowers were spoken with and asked for it. Each case then goes on to screening; without it, it waits for the contact.</summary>
    public BatchContact? Contact { get; init; }
}

/// <summary>One contact for all borrowers of a batch.</summary>
public sealed record BatchContact
{
    /// <summary>How they were reached.</summary>
    public required ContactChannel Channel { get; init; }

    /// <summary>Where the proof is kept.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Evidence { get; init; }

    /// <summary>The day of it (Beijing); today if left out.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>An automatic measure (免申即享) of a policy in force.</summary>
public sealed record BatchGrant
{
    public required MeasureId Measure { get; init; }

    /// <summary>Circumstances that no loan book shows and whoever prepares attests.</summary>
    [Length(0, 20)]
    public IReadOnlyList<Attestation>? Attested { get; init; }
}
