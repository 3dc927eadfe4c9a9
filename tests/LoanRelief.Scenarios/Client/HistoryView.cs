using System.Text.Json;

namespace LoanRelief.Scenarios.Client;

/// <summary>Everything that happened in a case, first to last.</summary>
public sealed record HistoryView(string Case, IReadOnlyList<StepView> Steps)
{
    public IEnumerable<JsonElement> Events => Steps.SelectMany(step => step.Events).Select(happened => happened.Details);

    /// <summary>Events of one type, such as <c>contact-breached</c>.</summary>
    public IEnumerable<JsonElement> Of(string type) => Events.Where(happened => TypeOf(happened) == type);

    /// <summary>Keys of all effects that the case has asked for.</summary>
    public IEnumerable<string> EffectKeys => Of("effect-asked").Select(asked => asked.GetProperty("effect").GetProperty("key").GetString()!);

    public static string TypeOf(JsonElement happened) => happened.GetProperty("type").GetString()!;
}

/// <param name="Cause">Name of the fact, <c>open</c>, <c>time</c>, <c>delivery</c> or <c>redrive</c>.</param>
public sealed record StepView(int Number, DateTimeOffset At, string By, string Cause, IReadOnlyList<EventView> Events);

public sealed record EventView(string Title, JsonElement Details);
