using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>Documents came in.</summary>
public sealed record DocumentsReport : Report
{
    /// <summary>Document codes of the policy, such as <c>business-licence</c>.</summary>
    [Length(1, 50)]
    public required IReadOnlyList<string> Received { get; init; }

    internal override Fact ToFact() => new DocumentsFact(Received);
}

internal static class ReportDocuments
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<DocumentsFact, DocumentsReport>(
        "ReportDocuments",
        "Reports documents that came in",
        "Some may follow later (容缺办理), but the case does not close without them. While the proposal waits for documents, a borrower who is on an exclusion list by now is screened out.",
        new() { By = "mgr-lin", Received = ["application", "business-licence"] });
}
