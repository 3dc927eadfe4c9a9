using Azure.Data.Tables;
using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Lists;

/// <summary>Inquiries in Table Storage, a partition for each list; and an index of what is open, by who is responsible and the last day.</summary>
/// <remarks>The row of the index is put before the inquiry and deleted after it: none is missing, and one too many is told by the inquiry.</remarks>
internal sealed class TableInquiryStore(TableSet tables) : IInquiryStore
{
    private readonly RowReader _inquiries = new(tables.Inquiries);

    public async Task<StoredInquiry?> FindAsync(InquiryId id, CancellationToken cancellationToken) =>
        await _inquiries.FindAsync(PartitionOf(id), id.Number.Value, cancellationToken) is { } row ? new(Row.Read<Inquiry>(row), row.ETag.ToString()) : null;

    public async Task PutAsync(StoredInquiry? before, Inquiry after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (had, has) = (EntryOf(before?.Inquiry), EntryOf(after));
        if (has is { } open && open != had)
            await tables.OpenInquiries.PutAsync(open.Partition, new TableEntity(open.Partition, open.Key));
        var row = Row.Of(after.Id.Number.Value, after);
        await new RowTransaction(tables.Inquiries, PartitionOf(after.Id)).Write(row, before?.ETag).SubmitAsync(row.Key, witness: row.Key);
        if (had is { } past && past != has)
            await Attempt.SucceedsAsync(patience => tables.OpenInquiries.DeleteAsync(past.Partition, [past.Key], patience));
    }

    public IAsyncEnumerable<OpenInquiry> OpenAsync(InstitutionId responsible, OpenInquiry? after, DateOnly? before, CancellationToken cancellationToken)
    {
        var range = before is { } day ? RowRange.Below("", Keys.Sortable(day)) : RowRange.All;
        return tables.OpenInquiries.ReadAsync(responsible, after is { } last ? range.From(KeyOf(last)) : range, cancellationToken)
            .Select(row => row.RowKey.Split('~', 2) is [var by, var id] ? new OpenInquiry(Keys.Date(by), Identifier.Parse<InquiryId>(id)) : throw new InvalidDataException($"{row.RowKey} names no inquiry."));
    }

    private (string Partition, string Key)? EntryOf(Inquiry? inquiry)
    {
        if (inquiry is null or { Answer: not null })
            return null;
        var key = KeyOf(new(inquiry.AnswerBy.Date, inquiry.Id));
        return (tables.OpenInquiries.Partition(inquiry.Responsible, key), key);
    }

    private static string PartitionOf(InquiryId id) => $"{id.By}~{id.List}";

    private static string KeyOf(OpenInquiry open) => $"{Keys.Sortable(open.AnswerBy)}~{open.Id}";
}
