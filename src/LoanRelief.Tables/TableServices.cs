using Azure;
using Azure.Core;
using Azure.Data.Tables;
using LoanRelief.Desk;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Desk.Policies;
using LoanRelief.Tables.Batches;
using LoanRelief.Tables.Calendars;
using LoanRelief.Tables.Cases;
using LoanRelief.Tables.Imports;
using LoanRelief.Tables.Jobs;
using LoanRelief.Tables.Lists;
using LoanRelief.Tables.Loans;
using LoanRelief.Tables.Orchestrations;
using LoanRelief.Tables.Policies;
using LoanRelief.Tables.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoanRelief.Tables;

public static class TableServices
{
    /// <summary>Registers the stores over Azure Table Storage, and <see cref="TablesSetup"/>.</summary>
    /// <param name="connectionString">Of the storage account, or <c>UseDevelopmentStorage=true</c> for Azurite at its usual port.</param>
    /// <param name="prefix">Before each table's name: empty, or letters and digits, the first a letter.</param>
    public static IServiceCollection AddTables(this IServiceCollection services, string connectionString, string prefix = "") =>
        services.AddTables(options => new TableServiceClient(connectionString, options), prefix);

    /// <summary>The same, without a key: whoever the credential is needs the role Storage Table Data Contributor.</summary>
    /// <param name="endpoint"><c>https://account.table.core.windows.net</c>.</param>
    public static IServiceCollection AddTables(this IServiceCollection services, Uri endpoint, TokenCredential credential, string prefix = "") =>
        services.AddTables(options => new TableServiceClient(endpoint, credential, options), prefix);

    private static IServiceCollection AddTables(this IServiceCollection services, Func<TableClientOptions, TableServiceClient> connect, string prefix)
    {
        services.TryAddSingleton(_ => new RightOfWay(TimeProvider.System)); // a tool that uses the stores alone has no desk that brings one
        return services.AddStores(provider => new(connect(ClientOptions(provider.GetRequiredService<RightOfWay>())), prefix));
    }

    private static IServiceCollection AddStores(this IServiceCollection services, Func<IServiceProvider, TableSet> tables) => services
        .AddSingleton(tables)
        .AddSingleton(provider => new TablesSetup(provider.GetRequiredService<TableSet>()))
        .AddSingleton<CaseSnapshots>()
        .AddSingleton<CaseIndex>()
        .AddSingleton<CaseIndexReader>()
        .AddSingleton<CaseLists>()
        .AddSingleton<LoanDays>()
        .AddSingleton<LoanBatches>()
        .AddSingleton<TableInstitutionStore>()
        .AddSingleton<ICaseStore, TableCaseStore>()
        .AddSingleton<ILoanStore, TableLoanStore>()
        .AddSingleton<IInstitutionStore>(provider => provider.GetRequiredService<TableInstitutionStore>())
        .AddSingleton<IOrchestrationStore, TableOrchestrationStore>()
        .AddSingleton<FailureCode>(failure => failure is RequestFailedException refused ? $"{refused.Status} {refused.ErrorCode}".TrimEnd() : null)
        .AddSingleton<IJobStore, TableJobStore>()
        .AddSingleton<IPolicyStore, TablePolicyStore>()
        .AddSingleton<ICalendarStore, TableCalendarStore>()
        .AddSingleton<IImportStore, TableImportStore>()
        .AddSingleton<IBatchStore, TableBatchStore>()
        .AddSingleton<IFirmStore, TableFirmStore>()
        .AddSingleton<IInquiryStore, TableInquiryStore>();

    /// <summary>Five retries over about three seconds: a busy partition is split in that time, and a caller still waits for the answer.</summary>
    private static TableClientOptions ClientOptions(RightOfWay rightOfWay)
    {
        var options = new TableClientOptions
        {
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = 5,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(2),
                NetworkTimeout = TimeSpan.FromSeconds(10),
            },
        };
        options.AddPolicy(new GivesWay(rightOfWay), HttpPipelinePosition.PerRetry);
        return options;
    }
}
