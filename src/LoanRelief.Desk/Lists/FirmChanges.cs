using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

internal static class FirmChanges
{
    /// <summary>Stores what a list says, each row new or in the place of an earlier one. The same again changes nothing; when it breaks off, all of it can be sent again.</summary>
    /// <param name="with">The firm with what the row says; the same firm when that stands there already.</param>
    public static Task<ListCounts> PutAsync<TRow>(
        this IFirmStore firms, IReadOnlyList<TRow> rows, Func<TRow, CreditCode> firmOf, Func<Firm, TRow, Firm> with, CancellationToken cancellationToken) =>
        ListCounts.OfAsync([.. rows.GroupBy(firmOf)], async (firm, token) =>
        {
            var before = await firms.FindAsync(firm.Key, token);
            var (after, done) = (before.Firm, default(ListCounts));
            foreach (var row in firm)
            {
                var next = with(after, row);
                done += next == after ? new(0, 0, 1) : next.Entries == after.Entries ? new(0, 1, 0) : new(1, 0, 0);
                after = next;
            }

            if (after != before.Firm)
                await firms.PutAsync(before, after, token);
            return done;
        }, cancellationToken);
}
