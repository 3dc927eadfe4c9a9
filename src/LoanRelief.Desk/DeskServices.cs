using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Coverage;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Desk.Policies;
using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRelief.Desk;

public static class DeskServices
{
    /// <summary>The desk and its jobs. The host adds the stores, the channel, the signal and the runtime.</summary>
    /// <param name="calendar">The years that ship with the program.</param>
    public static IServiceCollection AddDesk(this IServiceCollection services, BusinessClock clock, CasePolicy policy, BusinessCalendar calendar) => services
        .AddSingleton(clock)
        .AddSingleton<TimeProvider>(clock)
        .AddSingleton(policy)
        .AddSingleton(services => new CalendarDesk(services.GetRequiredService<ICalendarStore>(), calendar))
        .AddSingleton<DeskMetrics>()
        .AddSingleton(services => new CaseCensus(
            services.GetRequiredService<ICaseStore>(), services.GetRequiredService<IInstitutionStore>(), services.GetRequiredService<IOrchestrationStore>(), clock))
        .AddSingleton<Courier>()
        .AddSingleton<PolicyDesk>()
        .AddSingleton<CaseDesk>()
        .AddSingleton<CaseWork>()
        .AddSingleton<LoanDesk>()
        .AddSingleton<CoverageDesk>()
        .AddSingleton(new ListLimits())
        .AddSingleton<ListIntake>()
        .AddSingleton<ExclusionDesk>()
        .AddSingleton<FunnelDesk>()
        .AddSingleton<InquiryDesk>()
        .AddSingleton<DeadLetterDesk>()
        .AddSingleton<OrchestrationReader>()
        .AddSingleton<OrchestrationDesk>()
        .AddSingleton<RoundFailures>()
        .AddSingleton<LoanCourier>()
        .AddSingleton(new RightOfWay(TimeProvider.System))
        .AddSingleton<ChunkSignal>()
        .AddSingleton(new ImportLimits())
        .AddSingleton<ImportDesk>()
        .AddSingleton<ImportWork>()
        .AddSingleton<IChunkedWork>(services => services.GetRequiredService<ImportWork>())
        .AddSingleton(new BatchLimits())
        .AddSingleton<BatchDesk>()
        .AddSingleton<EligibilityDesk>()
        .AddSingleton<BatchVerdicts>()
        .AddSingleton<IChunkedWork, BatchWork>()
        .AddSingleton<IDailyJob, CalendarRecomputation>()
        .AddSingleton<IDailyJob, MaturityScan>()
        .AddSingleton<IDailyJob, DueDateReminders>()
        .AddSingleton<IDailyJob, InquiryReminders>()
        .AddSingleton<IDailyJob, RejectedRowsRetention>()
        .AddSingleton<DailyJobs>()
        .AddSingleton<Watchdog>();
}
