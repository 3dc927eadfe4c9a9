using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Http;

/// <summary>What people and systems report about a case.</summary>
internal sealed class FactFunctions(Api api)
{
    private const string Facts = "api/cases/{id}/facts/";

    [Function(nameof(ReportContact))]
    public Task ReportContact(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "contact")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportIntent))]
    public Task ReportIntent(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "intent")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportDocuments))]
    public Task ReportDocuments(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "documents")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportApproval))]
    public Task ReportApproval(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "approval")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportGuarantorConsent))]
    public Task ReportGuarantorConsent(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "guarantor-consent")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportSignature))]
    public Task ReportSignature(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "signature")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportBooking))]
    public Task ReportBooking(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "booking")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportWithdrawal))]
    public Task ReportWithdrawal(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "withdrawal")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportHold))]
    public Task ReportHold(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "hold")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    [Function(nameof(ReportRelease))]
    public Task ReportRelease(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Facts + "release")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
