using System.Text.Json.Nodes;
using LoanRelief.Web.Tests.Kit;

namespace LoanRelief.Web.Tests.Calendars;

/// <summary>Notices for the tests. They are invented: the one for 2027 is not out yet.</summary>
internal static class Notices
{
    public static JsonObject Of2027() => JsonNode.Parse(
        """
        {
          "notices": ["示例〔2026〕1号"],
          "holidays": [
            { "name": "元旦", "from": "2027-01-01", "to": "2027-01-03" },
            { "name": "春节", "from": "2027-02-05", "to": "2027-02-12", "makeUpDays": ["2027-01-31", "2027-02-20"] },
            { "name": "清明节", "from": "2027-04-03", "to": "2027-04-05" },
            { "name": "劳动节", "from": "2027-05-01", "to": "2027-05-05", "makeUpDays": ["2027-05-08"] },
            { "name": "端午节", "from": "2027-06-09", "to": "2027-06-09" },
            { "name": "中秋节", "from": "2027-09-15", "to": "2027-09-15" },
            { "name": "国庆节", "from": "2027-10-01", "to": "2027-10-07", "makeUpDays": ["2027-09-26", "2027-10-09"] }
          ]
        }
        """)!.AsObject();

    /// <summary>The notice with another value at a path such as <c>holidays[1].to</c>.</summary>
    public static JsonObject With(string path, string? value) => Of2027().With(path, value);
}
