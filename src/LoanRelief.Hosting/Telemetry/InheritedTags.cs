using System.Diagnostics;
using LoanRelief.Desk.Telemetry;
using OpenTelemetry;

namespace LoanRelief.Hosting.Telemetry;

/// <summary>What a span concerns, the spans within it concern: a call to storage names the case for whose step it is made.</summary>
internal sealed class InheritedTags : BaseProcessor<Activity>
{
    private static readonly string[] Names = [DeskTelemetry.Institution, DeskTelemetry.Case, DeskTelemetry.Loan];

    public override void OnStart(Activity data)
    {
        if (data.Parent is not { } parent)
            return;
        foreach (var name in Names)
        {
            if (parent.GetTagItem(name) is { } value)
                data.SetTag(name, value);
        }
    }
}
