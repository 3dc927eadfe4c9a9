using System.Text.Json;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

public class ReliefPreviewJsonTests
{
    private static readonly ReliefPreview Preview = Assert.IsType<ReliefResult.Worked>(ReliefCalculator.Preview(
        SampleLoan.Bullet, new(2022, 12, 30), [new RateCut { Share = 0.10m }], BusinessCalendar.China, cap: null)).Preview;

    [Fact]
    public void A_preview_is_written_with_each_figure_and_how_it_came_about()
    {
        var json = JsonSerializer.SerializeToElement(Preview, DomainJson.Options);

        Assert.Equal("43983.33", json.GetProperty("before").GetProperty("totalInterest").GetRawText());
        Assert.Equal("39585.00", json.GetProperty("after").GetProperty("instalments")[0].GetProperty("interest").GetRawText());
        Assert.Equal("4398.33", json.GetProperty("relief").GetProperty("totals").GetProperty("total").GetProperty("relief").GetRawText());
        var line = json.GetProperty("relief").GetProperty("lines")[0];
        Assert.Equal("interest", line.GetProperty("component").GetString());
        Assert.Equal("actual360", line.GetProperty("dayCount").GetString());
        Assert.Equal("""{"from":"2022-12-30","to":"2023-06-30","share":{"numerator":182,"denominator":360},"before":0.0435,"after":0.03915}""", line.GetProperty("spans")[0].GetRawText());
        Assert.Equal("""["rateCut"]""", JsonSerializer.Serialize(json.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("type").GetString())));
    }

    [Fact]
    public void Sums_and_schedules_are_read_as_they_were_written()
    {
        Assert.Equal(Preview.Relief.Totals, Again(Preview.Relief.Totals));
        Assert.Equal(Preview.After.Instalments, Again(Preview.After).Instalments);
    }

    private static T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, DomainJson.Options), DomainJson.Options)!;
}
