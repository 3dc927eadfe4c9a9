using Azure.Data.Tables;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables;

/// <summary>The program's tables in one storage account.</summary>
/// <remarks>
/// What is true stands in <see cref="Cases"/> and <see cref="Loans"/>, in partitions that stay small. What is searched
/// stands in index tables, whose rows go when their work is done: a query costs by what its table holds in Azurite,
/// and by what it reads in Azure.
/// </remarks>
/// <param name="prefix">Before each table's name, so that several of the program can share an account.</param>
internal sealed class TableSet(TableServiceClient service, string prefix)
{
    public TableServiceClient Service => service;

    /// <summary>A partition for each loan: its cases with their steps, and the entry that keeps a second open case out.</summary>
    public TableClient Cases { get; } = Table(service, prefix, "Cases");

    /// <summary>Open cases, and closed ones with effects to send: stage by stage, by deadline.</summary>
    public IndexTable OpenCases { get; } = new(Table(service, prefix, "OpenCases"), Keys.GroupAndDay);

    /// <summary>Closed cases by the time of closing.</summary>
    public IndexTable ClosedCases { get; } = new(Table(service, prefix, "ClosedCases"), Keys.Day);

    /// <summary>Closed cases outcome by outcome, by the time of closing.</summary>
    public IndexTable CasesByOutcome { get; } = new(Table(service, prefix, "CasesByOutcome"), Keys.GroupAndDay);

    /// <summary>Effects of cases that were given up, by the time at which they were decided.</summary>
    public IndexTable CaseDeadLetters { get; } = new(Table(service, prefix, "CaseDeadLetters"), Keys.Day);

    /// <summary>The loan book, each institution's in <see cref="Keys.LoanBuckets"/> partitions.</summary>
    public TableClient Loans { get; } = Table(service, prefix, "Loans");

    /// <summary>Loans that the maturity scan has to look at, by day.</summary>
    public IndexTable LoansToScan { get; } = new(Table(service, prefix, "LoansToScan"), Keys.Day);

    /// <summary>Loans with a reminder to send, by day.</summary>
    public IndexTable LoansToRemind { get; } = new(Table(service, prefix, "LoansToRemind"), Keys.Day);

    /// <summary>All loans by maturity, and by those that they had before.</summary>
    public IndexTable LoansByMaturity { get; } = new(Table(service, prefix, "LoansByMaturity"), Keys.Day);

    /// <summary>Loans by the 统一社会信用代码 of the borrower, those that it had before included; spread like the book.</summary>
    public IndexTable LoansByBorrower { get; } = new(Table(service, prefix, "LoansByBorrower"), Keys.BucketOfFirst);

    /// <summary>Events about loans that were given up, a partition for each loan.</summary>
    public TableClient LoanDeadLetters { get; } = Table(service, prefix, "LoanDeadLetters");

    /// <summary>What is kept about cases that an operator touched or whose rounds fail, and the operators' acts, a partition for each loan.</summary>
    public TableClient Orchestrations { get; } = Table(service, prefix, "Orchestrations");

    /// <summary>The cases that are stopped or fail now, a partition for each status.</summary>
    public TableClient OrchestrationsByStatus { get; } = Table(service, prefix, "OrchestrationsByStatus");

    public TableClient Institutions { get; } = Table(service, prefix, "Institutions");

    public TableClient Jobs { get; } = Table(service, prefix, "Jobs");

    public TableClient Policies { get; } = Table(service, prefix, "Policies");

    public TableClient Calendars { get; } = Table(service, prefix, "Calendars");

    /// <summary>Imports of loan books.</summary>
    public TableClient Imports { get; } = Table(service, prefix, "Imports");

    /// <summary>The imports that are not completed.</summary>
    public TableClient OpenImports { get; } = Table(service, prefix, "OpenImports");

    /// <summary>Imports with refused rows, by the day up to which these are kept.</summary>
    public IndexTable RejectedRowsByDay { get; } = new(Table(service, prefix, "RejectedRowsByDay"), Keys.Day);

    /// <summary>What was received of imports: loans until they are stored, refused rows to be given back.</summary>
    public TableClient ImportRows { get; } = Table(service, prefix, "ImportRows");

    /// <summary>Batches of cases.</summary>
    public TableClient Batches { get; } = Table(service, prefix, "Batches");

    /// <summary>The batches that are not over.</summary>
    public TableClient OpenBatches { get; } = Table(service, prefix, "OpenBatches");

    /// <summary>The loans of batches, and their verdicts.</summary>
    public TableClient BatchRows { get; } = Table(service, prefix, "BatchRows");

    /// <summary>Automatic measures that loans were granted, a partition for each loan.</summary>
    public TableClient Grants { get; } = Table(service, prefix, "Grants");

    /// <summary>What lists from outside say about each firm, a partition for each.</summary>
    public TableClient Firms { get; } = Table(service, prefix, "Firms");

    /// <summary>Who came to which stage of the funnel, stage by stage, by day.</summary>
    public IndexTable FunnelRecords { get; } = new(Table(service, prefix, "FunnelRecords"), Keys.GroupAndDay);

    /// <summary>Needs and problems that came on lists, a partition for each list.</summary>
    public TableClient Inquiries { get; } = Table(service, prefix, "Inquiries");

    /// <summary>Those without an answer, by the last day for it.</summary>
    public IndexTable OpenInquiries { get; } = new(Table(service, prefix, "OpenInquiries"), Keys.Day);

    public IEnumerable<TableClient> All =>
    [
        Cases, OpenCases.Client, ClosedCases.Client, CasesByOutcome.Client, CaseDeadLetters.Client,
        Loans, LoansToScan.Client, LoansToRemind.Client, LoansByMaturity.Client, LoansByBorrower.Client, LoanDeadLetters, Orchestrations, OrchestrationsByStatus, Institutions, Jobs, Policies, Calendars,
        Imports, OpenImports, RejectedRowsByDay.Client, ImportRows, Batches, OpenBatches, BatchRows, Grants, Firms, FunnelRecords.Client, Inquiries, OpenInquiries.Client,
    ];

    private static TableClient Table(TableServiceClient service, string prefix, string name) => service.GetTableClient(prefix + name);
}
