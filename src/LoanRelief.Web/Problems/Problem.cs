using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Cases;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Problems;

/// <summary>Why a request was not answered as asked (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>Stable URI reference of the kind of problem; it can be fetched and explains itself.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status again.</summary>
    public required int Status { get; init; }

    /// <summary>What it is about this time.</summary>
    public string? Detail { get; init; }

    /// <summary>The path that was asked for.</summary>
    public string? Instance { get; init; }

    /// <summary>To be quoted to whoever runs the program.</summary>
    public string? TraceId { get; init; }

    /// <summary>All that is wrong with the request.</summary>
    public IReadOnlyList<ErrorView>? Errors { get; init; }

    /// <summary>Names of the facts that the case takes now.</summary>
    public IReadOnlyList<string>? Accepted { get; init; }

    /// <summary>What is open in the case.</summary>
    public IReadOnlyList<TaskView>? OpenTasks { get; init; }

    /// <summary>The case that it is about.</summary>
    public CaseId? Case { get; init; }
}

/// <summary>One reason.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Field">What it is about: a path into the body such as <c>changes[0].newMaturity</c>, or the name of a parameter or header.</param>
/// <param name="Title">In words.</param>
/// <param name="Values">Values that the words mention: the limit, what was seen, what is wanted.</param>
public sealed record ErrorView(string Code, string? Field, string Title, IReadOnlyDictionary<string, string> Values)
{
    internal static ErrorView Of(Refusal refusal, Catalogue texts) => new(refusal.Code, refusal.Field, texts.Of(refusal), refusal.Values);
}
