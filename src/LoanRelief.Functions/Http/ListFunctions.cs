using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Http;

/// <summary>Lists from outside.</summary>
internal sealed class ListFunctions(Api api)
{
    private const string Institution = "api/institutions/{institution}";

    [Function(nameof(ImportExclusions))]
    public Task ImportExclusions([HttpTrigger(AuthorizationLevel.Function, "post", Route = Institution + "/exclusion-lists/{list}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetListings))]
    public Task GetListings([HttpTrigger(AuthorizationLevel.Function, "get", Route = Institution + "/loans/{loanNumber}/listings")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ImportFunnelRecords))]
    public Task ImportFunnelRecords([HttpTrigger(AuthorizationLevel.Function, "post", Route = Institution + "/funnel-records")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetFunnel))]
    public Task GetFunnel([HttpTrigger(AuthorizationLevel.Function, "get", Route = Institution + "/funnel")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListFunnelFirms))]
    public Task ListFunnelFirms([HttpTrigger(AuthorizationLevel.Function, "get", Route = Institution + "/funnel/firms")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ImportInquiries))]
    public Task ImportInquiries([HttpTrigger(AuthorizationLevel.Function, "post", Route = Institution + "/inquiry-lists/{list}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListInquiries))]
    public Task ListInquiries([HttpTrigger(AuthorizationLevel.Function, "get", Route = Institution + "/inquiries")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetInquiry))]
    public Task GetInquiry([HttpTrigger(AuthorizationLevel.Function, "get", Route = Institution + "/inquiries/{inquiry}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(AnswerInquiry))]
    public Task AnswerInquiry([HttpTrigger(AuthorizationLevel.Function, "post", Route = Institution + "/inquiries/{inquiry}/answer")] HttpRequest request) =>
        api.AnswerAsync(request);
}
