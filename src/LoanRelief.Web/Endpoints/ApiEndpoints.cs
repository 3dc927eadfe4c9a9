using LoanRelief.Web.Advice;
using LoanRelief.Web.Batches;
using LoanRelief.Web.Calendars;
using LoanRelief.Web.Cases;
using LoanRelief.Web.Cases.Facts;
using LoanRelief.Web.Coverage;
using LoanRelief.Web.Health;
using LoanRelief.Web.Imports;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Lists;
using LoanRelief.Web.Loans;
using LoanRelief.Web.OpenApi;
using LoanRelief.Web.Operations;
using LoanRelief.Web.Operations.Orchestrations;
using LoanRelief.Web.Policies;
using LoanRelief.Web.Previews;
using LoanRelief.Web.Problems;

namespace LoanRelief.Web.Endpoints;

/// <summary>The table of everything that can be asked for, and the delegates that answer.</summary>
public sealed class ApiEndpoints
{
    private readonly Dictionary<string, RequestDelegate> _delegates;

    internal ApiEndpoints(IServiceProvider services) => _delegates = All.ToDictionary(endpoint => endpoint.Name, endpoint => Make(endpoint, services));

    internal static IReadOnlyList<ApiEndpoint> All { get; } =
    [
        PutInstitution.Endpoint,
        GetInstitution.Endpoint,
        ListInstitutions.Endpoint,

        PutLoan.Endpoint,
        GetLoan.Endpoint,
        ListLoanGrants.Endpoint,

        ImportLoans.Endpoint,
        ListImports.Endpoint,
        GetImport.Endpoint,
        ListRejectedRows.Endpoint,
        DownloadRejectedRows.Endpoint,

        ImportExclusions.Endpoint,
        GetListings.Endpoint,
        ImportFunnelRecords.Endpoint,
        GetFunnel.Endpoint,
        ListFunnelFirms.Endpoint,
        ImportInquiries.Endpoint,
        ListInquiries.Endpoint,
        GetInquiry.Endpoint,
        AnswerInquiry.Endpoint,

        GetScanCoverage.Endpoint,
        ListCoveredLoans.Endpoint,

        CreateBatch.Endpoint,
        GetBatch.Endpoint,
        ListBatchRows.Endpoint,
        ApproveBatch.Endpoint,
        CancelBatch.Endpoint,

        OpenCase.Endpoint,
        GetCase.Endpoint,
        GetHistory.Endpoint,
        GetSchedules.Endpoint,
        ListCases.Endpoint,

        ReportContact.Endpoint,
        ReportIntent.Endpoint,
        ReportDocuments.Endpoint,
        ReportApproval.Endpoint,
        ReportGuarantorConsent.Endpoint,
        ReportSignature.Endpoint,
        ReportBooking.Endpoint,
        ReportWithdrawal.Endpoint,
        ReportHold.Endpoint,
        ReportRelease.Endpoint,

        PreviewRelief.Endpoint,
        GiveAdvice.Endpoint,

        PutPolicy.Endpoint,
        GetPolicySchema.Endpoint,
        GetPolicy.Endpoint,
        ListPolicies.Endpoint,

        PutCalendar.Endpoint,
        GetCalendar.Endpoint,
        ListCalendars.Endpoint,

        ListOrchestrations.Endpoint,
        GetOrchestration.Endpoint,
        ActOnOrchestration.Suspend,
        ActOnOrchestration.Resume,
        ActOnOrchestration.Terminate,
        ActOnOrchestration.Restart,

        ListDeadLetters.Endpoint,
        RedriveDeadLetter.Endpoint,
        ReadClock.Endpoint,
        MoveClock.Endpoint,
        ListJobs.Endpoint,
        RunJob.Endpoint,

        Live.Endpoint,
        Ready.Endpoint,
        Welcome.Endpoint,
        GetOpenApi.Endpoint,
        ExplainProblem.Endpoint,
    ];

    /// <summary>Where everything is, for hosts that declare each route by themselves.</summary>
    public static IReadOnlyList<ApiRoute> Routes { get; } = [.. All.Select(endpoint => new ApiRoute(endpoint.Name, endpoint.Method, endpoint.Route))];

    /// <summary>What answers the endpoint of this name, in any host that has the services of <c>AddLoanReliefWeb</c>.</summary>
    /// <remarks>Parameters of the path are taken from the request's route values; the host puts them there.</remarks>
    /// <exception cref="KeyNotFoundException">There is no endpoint of that name.</exception>
    public RequestDelegate this[string name] => _delegates[name];

    private static RequestDelegate Make(ApiEndpoint endpoint, IServiceProvider services)
    {
        var made = RequestDelegateFactory.Create(endpoint.Handler, new RequestDelegateFactoryOptions { ServiceProvider = services });
        return new Guard(endpoint, made.RequestDelegate).InvokeAsync;
    }
}

/// <param name="Name">By which <see cref="ApiEndpoints"/> finds what answers.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Path from the root, with parameters in braces.</param>
public sealed record ApiRoute(string Name, string Method, string Route);
