using System.Text.Json;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Orchestrations;

/// <summary>Shows operators how cases are driven, from the program's own tables.</summary>
/// <remarks>
/// A page of running orchestrations is a page of open cases and a point read for each. A page of those that fail or were
/// stopped begins with what is kept about them and reads each case. Neither depends on how many cases there are.
/// </remarks>
public sealed class OrchestrationReader(IOrchestrationStore store, ICaseStore cases, ICaseRuntime runtime)
{
    /// <summary>One page; it may have fewer than asked for although others follow.</summary>
    /// <exception cref="FormatException">The continuation is not one that was given out for this query.</exception>
    public Task<OrchestrationPage> ListAsync(OrchestrationQuery query, CancellationToken cancellationToken) =>
        query.Status is null or OrchestrationStatus.Running ? ListOpenAsync(query, cancellationToken) : ListKeptAsync(query, query.Status.Value, cancellationToken);

    /// <summary>One orchestration; null when there is no such case.</summary>
    public async Task<OrchestrationFile?> FindAsync(CaseId id, CancellationToken cancellationToken)
    {
        if (await ReadAsync(id, cancellationToken) is not { Exists: true } read)
            return null;
        var stored = await store.FindAsync(id, cancellationToken);
        return new(stored, Summarise(stored.Orchestration, read.State));
    }

    /// <summary>The same with everything that operators did and what the runtime itself says; null when there is no such case.</summary>
    public async Task<OrchestrationDetails?> ShowAsync(CaseId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } file
            ? new(file.Summary, await store.ActsAsync(id, cancellationToken).ToListAsync(cancellationToken), await runtime.FindAsync(id, cancellationToken))
            : null;

    private async Task<OrchestrationPage> ListOpenAsync(OrchestrationQuery query, CancellationToken cancellationToken)
    {
        var page = await cases.ListAsync(
            new() { Institution = query.Institution, Stage = query.Stage, PageSize = query.PageSize, Continuation = query.Continuation }, cancellationToken);
        var summaries = await SideBySide.SelectAsync(page.Cases, async (listed, token) =>
        {
            var orchestration = (await store.FindAsync(listed.Id, token)).Orchestration;
            return new OrchestrationSummary
            {
                Id = listed.Id,
                Stage = listed.Stage,
                Status = orchestration.Status,
                OpenedAt = listed.OpenedAt,
                NextDeadline = listed.NextDeadline,
                Failure = orchestration.Failure,
            };
        }, cancellationToken);
        return new([.. summaries.Where(summary => query.Status is null || summary.Status == query.Status)], page.Continuation);
    }

    private async Task<OrchestrationPage> ListKeptAsync(OrchestrationQuery query, OrchestrationStatus status, CancellationToken cancellationToken)
    {
        var rows = await store.ListAsync(query.Institution, status, query.PageSize, query.Continuation, cancellationToken);
        var summaries = await SideBySide.SelectAsync(rows.Orchestrations, async (kept, token) =>
            Summarise(kept, (await ReadAsync(kept.Id, token)).State), cancellationToken);
        // Closed since, or in another stage.
        return new([.. summaries.Where(summary => summary.Status == status && (query.Stage is null || summary.Stage == query.Stage))], rows.Continuation);
    }

    private static OrchestrationSummary Summarise(Orchestration orchestration, CaseState? state) => new()
    {
        Id = orchestration.Id,
        Stage = state?.Stage,
        Status = state is { NextDue: null } ? OrchestrationStatus.Completed : orchestration.Status,
        OpenedAt = state?.OpenedAt,
        NextDeadline = state?.NextDeadline,
        Failure = orchestration.Failure,
    };

    /// <summary>A case that can not be read is the very one that an operator has to see.</summary>
    private async Task<(bool Exists, CaseState? State)> ReadAsync(CaseId id, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await cases.FindAsync(id, cancellationToken);
            return (stored is not null, stored?.State);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException)
        {
            return (true, null);
        }
    }
}

/// <summary>Which orchestrations to list; those of closed cases are not listed unless they fail or were stopped before everything was sent.</summary>
public sealed record OrchestrationQuery
{
    /// <summary>Null for all institutions.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>A stage of open cases; null for all.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Any but completed; null for all open cases.</summary>
    public OrchestrationStatus? Status { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>From the page before.</summary>
    public string? Continuation { get; init; }
}

/// <param name="Continuation">Null on the last page.</param>
public sealed record OrchestrationPage(IReadOnlyList<OrchestrationSummary> Orchestrations, string? Continuation);

/// <summary>How a case is driven and where it stands.</summary>
public sealed record OrchestrationSummary
{
    public required CaseId Id { get; init; }

    public required OrchestrationStatus Status { get; init; }

    /// <summary>Null, like all else of the case, when the case can not be read.</summary>
    public Stage? Stage { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? NextDeadline { get; init; }

    /// <summary>What its rounds fail with; null when the last one succeeded.</summary>
    public RoundFailure? Failure { get; init; }
}

/// <param name="Stored">What is kept about it.</param>
public sealed record OrchestrationFile(StoredOrchestration Stored, OrchestrationSummary Summary);

/// <param name="Acts">What operators did, first to last.</param>
/// <param name="Runtime">Null when the runtime knows of none.</param>
public sealed record OrchestrationDetails(OrchestrationSummary Summary, IReadOnlyList<OperatorAct> Acts, RuntimeInstance? Runtime);
