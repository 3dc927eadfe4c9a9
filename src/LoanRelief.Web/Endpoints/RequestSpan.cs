using System.Diagnostics;
using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Web.Endpoints;

/// <summary>The span of a request says which case or institution its path names, and so do the spans within it.</summary>
internal static class RequestSpan
{
    /// <summary>Only what has the form of an id: a path can contain anything.</summary>
    public static void Name(HttpContext http)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span)
            return;
        var (id, institution) = (http.Request.RouteValues["id"] as string, http.Request.RouteValues["institution"] as string);
        if (CaseId.TryParse(id, out var caseId))
        {
            span.SetTag(DeskTelemetry.Case, caseId.ToString());
            institution = caseId.Institution.Value;
        }

        if (InstitutionId.TryParse(institution, out var institutionId))
            span.SetTag(DeskTelemetry.Institution, institutionId.Value);
    }
}
