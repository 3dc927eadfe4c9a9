using Azure.Data.Tables;

namespace LoanRelief.Tables;

/// <summary>The program's tables in one storage account.</summary>
/// <param name="prefix">Before each table's name, so that several of the program can share an account.</param>
internal sealed class TableSet(TableServiceClient service, string prefix)
{
    public TableClient Cases { get; } = service.GetTableClient(prefix + "Cases");

    public TableClient Loans { get; } = service.GetTableClient(prefix + "Loans");

    public TableClient Institutions { get; } = service.GetTableClient(prefix + "Institutions");

    public TableClient Jobs { get; } = service.GetTableClient(prefix + "Jobs");

    public TableClient Policies { get; } = service.GetTableClient(prefix + "Policies");

    public IEnumerable<TableClient> All => [Cases, Loans, Institutions, Jobs, Policies];
}
