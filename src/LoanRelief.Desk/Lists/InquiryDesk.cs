using System.Runtime.CompilerServices;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Lists;

/// <summary>Lists of needs and problems: takes them in, shows them to whoever is responsible, and takes the answers.</summary>
/// <remarks>An institution lists what it has to answer itself; an authority says of each entry who is responsible. Nobody else sees it.</remarks>
public sealed class InquiryDesk(IInquiryStore store, IInstitutionStore institutions, ILoanStore loans, CasePolicy policy, CalendarDesk calendars, TimeProvider clock)
{
    private DateOnly Today => BeijingTime.DateOf(clock.GetUtcNow());

    /// <summary>What else than the row itself stands against a row: it lies ahead, or who is named can not be responsible.</summary>
    public async Task<RowError?> AgainstAsync(InquiryRow row, CancellationToken cancellationToken)
    {
        if (row.ReceivedOn > Today)
            return new("receivedOn", row.ReceivedOn.ToString("O", null), new Refusal("in-the-future", "receivedOn"));
        if (row.Responsible == row.Id.By)
            return null;
        if (!await institutions.IsAuthorityAsync(row.Id.By, cancellationToken))
            return Responsible(new Refusal("not-allowed", "responsible").With("value", row.Responsible).With("allowed", row.Id.By));
        return await institutions.RecallAsync(row.Responsible, cancellationToken) is null ? Responsible(new("institution-not-registered", "responsible")) : null;

        RowError Responsible(Refusal refusal) => new("responsible", row.Responsible.Value, refusal);
    }

    /// <summary>Stores entries, each new or in the place of an earlier one, whose answer stays. The same again changes nothing; when it breaks off, all of them can be sent again.</summary>
    public async Task<ListCounts> PutAsync(IReadOnlyList<InquiryRow> rows, CancellationToken cancellationToken)
    {
        var calendar = await calendars.CurrentAsync(cancellationToken);
        return await ListCounts.OfAsync(rows, async (row, token) =>
        {
            var before = await store.FindAsync(row.Id, token);
            var after = row.After(before?.Inquiry, policy.Inquiries, calendar);
            if (after == before?.Inquiry)
                return new(0, 0, 1);
            await store.PutAsync(before, after, token);
            return before is null ? new(1, 0, 0) : new(0, 1, 0);
        }, cancellationToken);
    }

    /// <summary>An inquiry that an institution has to answer, or has sent out; null when there is none.</summary>
    public async Task<InquiryWithLoans?> FindAsync(InstitutionId institution, InquiryId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { Inquiry: var inquiry } && (inquiry.Responsible == institution || id.By == institution)
            ? await WithLoansAsync(institution, inquiry, cancellationToken)
            : null;

    /// <summary>What an institution has to answer, by the last day for it, a page at a time.</summary>
    /// <param name="late">What should have been answered before today.</param>
    /// <param name="after"><see cref="InquiryPage.Next"/> of the page before.</param>
    public async Task<InquiryPage> OpenAsync(InstitutionId institution, bool late, OpenInquiry? after, int size, CancellationToken cancellationToken)
    {
        var found = await HeldAsync(institution, late, after, size + 1, cancellationToken).Take(size + 1).ToListAsync(cancellationToken);
        var page = found[..Math.Min(size, found.Count)];
        return new(
            await SideBySide.SelectAsync(page, (each, token) => WithLoansAsync(institution, each.Inquiry, token), cancellationToken),
            found.Count > size ? page[^1].Open : null);
    }

    /// <summary>Entries of the index that hold, with their inquiries, which are read side by side.</summary>
    private async IAsyncEnumerable<(OpenInquiry Open, Inquiry Inquiry)> HeldAsync(
        InstitutionId institution, bool late, OpenInquiry? after, int atATime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in store.OpenAsync(institution, after, late ? Today : null, cancellationToken).Chunk(atATime))
        {
            var found = await SideBySide.SelectAsync(some, (open, token) => store.FindAsync(open.Id, token), cancellationToken);
            foreach (var (open, stored) in some.Zip(found))
            {
                if (stored is not null && open.Holds(stored.Inquiry, institution))
                    yield return (open, stored.Inquiry);
            }
        }
    }

    /// <summary>Whoever is responsible answers; once for good, the same again changes nothing.</summary>
    public Task<AnswerResult> AnswerAsync(InstitutionId institution, InquiryId id, string by, string text, CancellationToken cancellationToken) =>
        ConflictException.RetryAsync<AnswerResult>(async () =>
        {
            if (await store.FindAsync(id, cancellationToken) is not { Inquiry: var inquiry } stored || inquiry.Responsible != institution)
                return new AnswerResult.Unknown();
            if (inquiry.Answer is { } given && (given.By, given.Text) != (by, text))
                return new AnswerResult.Answered(given.On);
            if (inquiry.Answer is null)
                await store.PutAsync(stored, inquiry = inquiry with { Answer = new(by, Today, text) }, cancellationToken);
            return new AnswerResult.Taken(await WithLoansAsync(institution, inquiry, cancellationToken));
        }, cancellationToken);

    /// <summary>The institution's loans to the firm, as its book stands.</summary>
    private async Task<InquiryWithLoans> WithLoansAsync(InstitutionId institution, Inquiry inquiry, CancellationToken cancellationToken) => new(
        inquiry,
        inquiry.IsLateOn(Today),
        await loans.OfBorrowerAsync(institution, inquiry.Firm, cancellationToken).OrderBy(number => number.Value, StringComparer.Ordinal).ToListAsync(cancellationToken));
}

/// <param name="Late">Whether no answer came in time.</param>
/// <param name="Loans">The loans that the firm has of whoever looks.</param>
public sealed record InquiryWithLoans(Inquiry Inquiry, bool Late, IReadOnlyList<LoanNumber> Loans);

/// <param name="Next">What the next page comes after; null on the last.</param>
public sealed record InquiryPage(IReadOnlyList<InquiryWithLoans> Inquiries, OpenInquiry? Next);

/// <summary>What came of an answer.</summary>
public abstract record AnswerResult
{
    private AnswerResult()
    {
    }

    /// <summary>It is so: taken just now, or before.</summary>
    public sealed record Taken(InquiryWithLoans Inquiry) : AnswerResult;

    /// <summary>Another answer was given before.</summary>
    public sealed record Answered(DateOnly On) : AnswerResult;

    /// <summary>The institution has no such inquiry to answer.</summary>
    public sealed record Unknown : AnswerResult;
}
