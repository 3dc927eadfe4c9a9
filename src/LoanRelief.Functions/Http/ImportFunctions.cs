using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Http;

/// <summary>Loan books in one call.</summary>
internal sealed class ImportFunctions(Api api)
{
    private const string Imports = "api/institutions/{institution}/loan-imports";

    [Function(nameof(ImportLoans))]
    public Task ImportLoans([HttpTrigger(AuthorizationLevel.Function, "post", Route = Imports)] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ListImports))]
    public Task ListImports([HttpTrigger(AuthorizationLevel.Function, "get", Route = Imports)] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetImport))]
    public Task GetImport([HttpTrigger(AuthorizationLevel.Function, "get", Route = Imports + "/{import}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListRejectedRows))]
    public Task ListRejectedRows([HttpTrigger(AuthorizationLevel.Function, "get", Route = Imports + "/{import}/rejected-rows")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(DownloadRejectedRows))]
    public Task DownloadRejectedRows([HttpTrigger(AuthorizationLevel.Function, "get", Route = Imports + "/{import}/rejected-rows.csv")] HttpRequest request) =>
        api.AnswerAsync(request);
}
