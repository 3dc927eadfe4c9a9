using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Cases;

public sealed class CaseLifeTests(Azurite azurite) : HouseTests(azurite)
{
    [Fact]
    public async Task A_case_passes_from_the_first_call_to_the_booked_renewal()
    {
        var opened = await HaveCaseAsync();
        Assert.Equal(Case, (string?)opened["id"]);
        Assert.Equal("contact", (string?)opened["stage"]);
        Assert.Equal("2026-02-14", (string?)opened["contactDeadline"]!["date"]);

        Assert.Equal("intent", (string?)(await ReportContactAsync()).Is(HttpStatusCode.OK).Json["stage"]);
        Assert.Equal("screening", (string?)(await ReportAsync("intent", Bodies.Intent())).Is(HttpStatusCode.OK).Json["stage"]);
        Assert.Equal("approval", (string?)(await ReportAsync("documents", Bodies.Documents("application", "business-licence"))).Is(HttpStatusCode.OK).Json["stage"]);
        var approved = await ReportAsync("approval", new JsonObject { ["by"] = "dir-chen", ["decision"] = "approve", ["level"] = "creditDepartment" });
        Assert.Equal("signature", (string?)approved.Is(HttpStatusCode.OK).Json["stage"]);
        var signed = await ReportAsync("signature", new JsonObject { ["by"] = "mgr-lin", ["contractNumber"] = "HT-1", ["signedOn"] = "2026-01-05" });
        Assert.Equal("booking", (string?)signed.Is(HttpStatusCode.OK).Json["stage"]);
        var booked = await ReportAsync("booking", new JsonObject { ["by"] = "core", ["result"] = "confirmed", ["reference"] = "CB-1", ["newLoanNumber"] = "JJ2026-0001" });
        Assert.Equal("followUp", (string?)booked.Is(HttpStatusCode.OK).Json["stage"]);
    }
}
