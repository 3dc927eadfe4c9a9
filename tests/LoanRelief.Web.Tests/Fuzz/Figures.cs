using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace LoanRelief.Web.Tests.Fuzz;

/// <summary>What any answer with figures in it has to keep to, worked out from the request and not by the program.</summary>
internal static class Figures
{
    /// <summary>Both schedules repay what is outstanding, and the relief is the sum of its lines.</summary>
    public static void OfPreview(JsonNode asked, JsonNode preview)
    {
        var loan = asked["loan"]!;
        Schedule(preview["before"]!, loan, "before");
        Schedule(preview["after"]!, loan, "after");
        foreach (var (component, names) in new[] { ("interest", (string[])["interest"]), ("penalty", ["penalty"]), ("fees", ["guaranteeFee", "bridgeFee"]) })
        {
            var lines = preview["relief"]!["lines"]!.AsArray().Where(line => names.Contains((string)line!["component"]!)).ToList();
            var sum = preview["relief"]!["totals"]![component]!;
            foreach (var side in new[] { "wouldHavePaid", "paid", "relief" })
                Assert.Equal(lines.Sum(line => Number(line![side])), Number(sum[side]));
            Assert.Equal(Number(sum["wouldHavePaid"]) - Number(sum["paid"]), Number(sum["relief"]));
            Assert.All(lines, line => Assert.True(Number(line!["relief"]) >= 0 && Number(line["paid"]) >= 0, line!.ToJsonString()));
        }
    }

    /// <summary>Every measure that applies repays the same principal, and saves what its relief says.</summary>
    public static void OfAdvice(JsonNode asked, JsonNode advice)
    {
        if (asked["loan"] is not { } loan)
            return;
        foreach (var cost in advice["measures"]!.AsArray().Where(measure => measure!["cost"] is not null))
        {
            Assert.Equal(Number(loan["outstanding"]), Number(cost!["cost"]!["before"]!["principal"]));
            Assert.True(Number(cost["cost"]!["after"]!["principal"]) >= Number(loan["outstanding"]));
            Assert.Equal(Number(cost["saves"]), Number(cost["cost"]!["relief"]!["total"]!["relief"]));
            Assert.True(Number(cost["saves"]) >= 0);
        }
    }

    /// <summary>Each version of a case's schedule repays one principal.</summary>
    public static void OfSchedules(JsonNode schedules)
    {
        foreach (var version in schedules["versions"]!.AsArray())
        {
            var rows = version!["instalments"]!.AsArray();
            Assert.Equal(rows.Sum(row => Number(row!["principal"])), Number(version["totals"]!["principal"]));
            Assert.Equal(rows.Sum(row => Number(row!["interest"])), Number(version["totals"]!["interest"]));
            if (rows.Count > 0)
                Assert.Equal(0, Number(rows[^1]!["balance"]));
        }
    }

    /// <summary>What was sent has been understood as it was meant: each value stands in the answer as it is.</summary>
    /// <param name="except">Paths that the program gives out itself, or never shows.</param>
    public static void Echo(JsonNode? sent, JsonNode? answered, params string[] except)
    {
        foreach (var place in JsonPlace.Within(sent).Where(place => !except.Contains(place.Path) && place.Kind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)))
        {
            var there = JsonPlace.Within(answered).FirstOrDefault(each => each.Path == place.Path);
            Assert.True(there is not null, $"{place.Path} is not in the answer");
            if (place.Kind == JsonValueKind.Number)
                Assert.Equal(Number(place.Text), Number(there.Text));
            else
                Assert.Equal(place.Text, there.Text);
        }
    }

    private static void Schedule(JsonNode schedule, JsonNode loan, string which)
    {
        var rows = schedule["instalments"]!.AsArray();
        if (rows.Count == 0)
            return; // past its maturity
        var (outstanding, capitalised) = (Number(loan["outstanding"]), Number(schedule["capitalised"]));
        Assert.Equal(outstanding + capitalised, rows.Sum(row => Number(row!["principal"])));
        Assert.Equal(rows.Sum(row => Number(row!["interest"])), Number(schedule["totalInterest"]));
        Assert.Equal(0, Number(rows[^1]!["balance"]));
        Assert.All(rows, row => Assert.True(Number(row!["principal"]) >= 0 && Number(row["interest"]) >= 0, which + row!.ToJsonString()));
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(Day(pair.First!["dueDate"]) < Day(pair.Second!["dueDate"]), which));

        // No interest is more than the highest rate on the whole principal from the drawdown to a month after the last day.
        var days = Day(rows[^1]!["payBy"]).DayNumber - Day(loan["drawnOn"]).DayNumber + 31;
        Assert.True(Number(schedule["totalInterest"]) <= (outstanding + capitalised) * 0.36m * days / 360 + rows.Count, which);
    }

    private static DateOnly Day(JsonNode? node) => DateOnly.ParseExact((string)node!, "O", CultureInfo.InvariantCulture);

    private static decimal Number(JsonNode? node) => node is null ? 0 : Number(node.ToJsonString());

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
