using LoanRelief.Desk;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoanRelief.Web.Tests.Kit;

/// <summary>Storage that fails whatever is asked of it.</summary>
internal sealed class BrokenStores(Exception failure) : IInstitutionStore, ILoanStore, ICaseStore, IJobStore, IPolicyStore, ICalendarStore, IImportStore, IOrchestrationStore, IBatchStore, IFirmStore, IInquiryStore
{
    public static void Use(IServiceCollection services, Exception failure)
    {
        var broken = new BrokenStores(failure);
        services.Replace(ServiceDescriptor.Singleton<IInstitutionStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<ILoanStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<ICaseStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<IJobStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<IPolicyStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<ICalendarStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<IImportStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<IOrchestrationStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<IBatchStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<IFirmStore>(broken));
        services.Replace(ServiceDescriptor.Singleton<IInquiryStore>(broken));
    }

    public Task<Institution?> FindAsync(InstitutionId id, CancellationToken cancellationToken) => throw failure;

    public Task<Institution?> RecallAsync(InstitutionId id, CancellationToken cancellationToken) => throw failure;

    public Task PutAsync(Institution institution, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<Institution> AllAsync(CancellationToken cancellationToken) => throw failure;

    public Task<StoredLoan?> FindAsync(InstitutionId institution, LoanNumber number, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyDictionary<LoanNumber, StoredLoan>> FindManyAsync(
        InstitutionId institution, IReadOnlyCollection<LoanNumber> numbers, CancellationToken cancellationToken) => throw failure;

    public Task<StoredLoan?> FindAsync(InstitutionId institution, DueLoan due, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyList<bool>> PutManyAsync(InstitutionId institution, IReadOnlyList<LoanChange> changes, CancellationToken cancellationToken) => throw failure;

    public Task<StoredLoan> PutAsync(StoredLoan? before, Loan loan, LoanWatch watch, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<DueLoan> ToScanAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<DueLoan> ToRemindAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<MaturityEntry> MaturingAsync(InstitutionId institution, DateOnly from, DateOnly to, MaturityEntry? after, CancellationToken cancellationToken) => throw failure;

    public Task GiveUpAsync(Loan loan, OutgoingEvent outgoing, string detail, CancellationToken cancellationToken) => throw failure;

    IAsyncEnumerable<DeadLetter> ILoanStore.DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken) => throw failure;

    public Task<OutgoingEvent?> FindDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken) => throw failure;

    public Task RemoveDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken) => throw failure;

    public Task<StoredCase?> FindAsync(CaseId id, CancellationToken cancellationToken) => throw failure;

    public Task<LoanCases> CasesOfAsync(InstitutionId institution, LoanNumber loan, CancellationToken cancellationToken) => throw failure;

    public Task<StoredCase> OpenAsync(LoanCases before, CaseStep step, CaseState after, CancellationToken cancellationToken) => throw failure;

    public Task<StoredCase> AppendAsync(StoredCase before, IReadOnlyList<CaseStep> steps, CaseState after, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<CaseStep> HistoryAsync(CaseId id, CancellationToken cancellationToken) => throw failure;

    public Task<CasePage> ListAsync(CaseQuery query, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<DueCase> DueAsync(InstitutionId institution, DateTimeOffset upTo, CancellationToken cancellationToken) => throw failure;

    IAsyncEnumerable<DeadLetter> ICaseStore.DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken) => throw failure;

    Task<StoredCalendars> ICalendarStore.LatestAsync(CancellationToken cancellationToken) => throw failure;

    public Task<CalendarYear?> FindAsync(int year, int version, CancellationToken cancellationToken) => throw failure;

    public Task AddAsync(StoredCalendars before, CalendarYear added, CancellationToken cancellationToken) => throw failure;

    public Task<ComputedWith?> FindComputedAsync(InstitutionId institution, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<ComputedWith> AllComputedAsync(CancellationToken cancellationToken) => throw failure;

    public Task PutComputedAsync(ComputedWith computed, CancellationToken cancellationToken) => throw failure;

    public Task<JobMark?> FindAsync(string job, CancellationToken cancellationToken) => throw failure;

    public Task PutAsync(JobMark mark, CancellationToken cancellationToken) => throw failure;

    public Task<PolicyPack?> FindAsync(PolicyPackReference version, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<PolicyPackReference> LatestAsync(CancellationToken cancellationToken) => throw failure;

    public Task AddAsync(PolicyPack pack, CancellationToken cancellationToken) => throw failure;

    public Task<StoredWork<LoanImport>> BeginAsync(LoanImport import, CancellationToken cancellationToken) => throw failure;

    public Task<StoredWork<LoanImport>?> FindAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) => throw failure;

    public Task<StoredWork<LoanImport>> PutAsync(StoredWork<LoanImport> before, LoanImport after, CancellationToken cancellationToken) => throw failure;

    public Task<LoanImport?> FindByKeyAsync(InstitutionId institution, string key, CancellationToken cancellationToken) => throw failure;

    public Task<ImportPage> ListAsync(InstitutionId institution, Guid? after, int count, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<OutdatedImport> OutdatedAsync(InstitutionId institution, DateOnly day, CancellationToken cancellationToken) => throw failure;

    public Task RemoveRejectedAsync(LoanImport import, CancellationToken cancellationToken) => throw failure;

    public Task SettleAsync(InstitutionId institution, OutdatedImport outdated, CancellationToken cancellationToken) => throw failure;

    public Task CloseAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<WorkId> OpenAsync(CancellationToken cancellationToken) => throw failure;

    public Task RemoveAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) => throw failure;

    public Task AddChunkAsync(LoanImport import, int number, IReadOnlyList<Loan> loans, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyList<Loan>?> FindChunkAsync(LoanImport import, int number, CancellationToken cancellationToken) => throw failure;

    public Task RemoveChunkAsync(LoanImport import, int number, CancellationToken cancellationToken) => throw failure;

    public Task AddRejectedAsync(LoanImport import, int page, IReadOnlyList<RejectedRow> rows, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyList<RejectedRow>> FindRejectedAsync(LoanImport import, int page, CancellationToken cancellationToken) => throw failure;

    Task<StoredOrchestration> IOrchestrationStore.FindAsync(CaseId id, CancellationToken cancellationToken) => throw failure;

    public Task PutAsync(StoredOrchestration before, Orchestration after, OperatorAct? act, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<OperatorAct> ActsAsync(CaseId id, CancellationToken cancellationToken) => throw failure;

    IAsyncEnumerable<Orchestration> IOrchestrationStore.InAsync(OrchestrationStatus status, CancellationToken cancellationToken) => throw failure;

    public Task<OrchestrationRows> ListAsync(
        InstitutionId? institution, OrchestrationStatus status, int pageSize, string? continuation, CancellationToken cancellationToken) => throw failure;

    public Task<StoredWork<CaseBatch>> BeginAsync(CaseBatch batch, CancellationToken cancellationToken) => throw failure;

    Task<StoredWork<CaseBatch>?> IWorkStore<CaseBatch>.FindAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) => throw failure;

    public Task<StoredWork<CaseBatch>> PutAsync(StoredWork<CaseBatch> before, CaseBatch after, CancellationToken cancellationToken) => throw failure;

    public Task AddLoansAsync(CaseBatch batch, int part, IReadOnlyList<LoanNumber> loans, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyList<LoanNumber>> LoansAsync(CaseBatch batch, int part, CancellationToken cancellationToken) => throw failure;

    public Task PutVerdictsAsync(CaseBatch batch, int chunk, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyList<BatchRow>> VerdictsAsync(CaseBatch batch, int chunk, CancellationToken cancellationToken) => throw failure;

    public Task<LoanGrant?> FindGrantAsync(InstitutionId institution, LoanNumber loan, MeasureId measure, CancellationToken cancellationToken) => throw failure;

    public Task<IReadOnlyList<LoanGrant>> GrantsAsync(InstitutionId institution, LoanNumber loan, CancellationToken cancellationToken) => throw failure;

    public Task<LoanGrant> GrantAsync(LoanGrant grant, CancellationToken cancellationToken) => throw failure;

    public Task<StoredFirm> FindAsync(CreditCode code, CancellationToken cancellationToken) => throw failure;

    public Task PutAsync(StoredFirm before, Firm after, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<FunnelRow> CameAsync(InstitutionId by, FunnelStage stage, DateOnly from, DateOnly to, FunnelPlace? after, CancellationToken cancellationToken) => throw failure;

    public Task<StoredInquiry?> FindAsync(InquiryId id, CancellationToken cancellationToken) => throw failure;

    public Task PutAsync(StoredInquiry? before, Inquiry after, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<OpenInquiry> OpenAsync(InstitutionId responsible, OpenInquiry? after, DateOnly? before, CancellationToken cancellationToken) => throw failure;

    public IAsyncEnumerable<LoanNumber> OfBorrowerAsync(InstitutionId institution, CreditCode borrower, CancellationToken cancellationToken) => throw failure;
}
