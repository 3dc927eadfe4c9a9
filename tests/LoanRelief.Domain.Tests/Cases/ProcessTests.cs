using System.Text;
using LoanRelief.Domain.Cases;
using Xunit;

namespace LoanRelief.Domain.Tests.Cases;

public class ProcessTests
{
    [Fact]
    public void Every_stage_but_the_last_can_be_entered_and_left()
    {
        var entered = CaseProcess.Rules.SelectMany(rule => rule.LeadsTo).Append(Stage.Contact).ToHashSet();
        foreach (var stage in Enum.GetValues<Stage>())
        {
            Assert.Contains(stage, entered);
            Assert.Equal(stage != Stage.Closed, CaseProcess.Rules.Any(rule => rule.Stages.Contains(stage)));
        }
    }

    [Fact]
    public void No_two_lines_of_the_process_answer_the_same_occasion_in_a_stage()
    {
        var occasions = CaseProcess.Rules.SelectMany(rule => rule.Stages.Select(stage => (stage, rule.Occasion))).ToList();

        Assert.Equal(occasions.Count, occasions.Distinct().Count());
    }

    [Theory]
    [InlineData("docs/process.md")]
    [InlineData("docs/process.zh.md")]
    public void The_diagram_in_the_docs_is_the_process(string path)
    {
        var file = Path.Combine(RepositoryFiles.Root, path);
        var text = File.ReadAllText(file);
        var (start, end) = (text.IndexOf("```mermaid\n", StringComparison.Ordinal) + 11, text.IndexOf("```", text.IndexOf("```mermaid", StringComparison.Ordinal) + 3, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(file, text[..start] + Diagram() + text[end..]);
        else
            Assert.Equal(Diagram(), text[start..end]);
    }

    /// <summary>Moves between stages with the occasions that cause them; what can happen anywhere stands in the text beside it.</summary>
    private static string Diagram()
    {
        var moves =
            from rule in CaseProcess.Rules
            from stage in rule.Stages
            from next in rule.LeadsTo
            let occasion = rule.IsOnEntry ? "" : rule.Occasion
            where occasion is not ("withdrawal" or "loan" or "LastDay due") && next != stage
            group occasion by (stage, next) into move
            orderby move.Key
            select (move.Key.stage, move.Key.next, string.Join(", ", move.Where(occasion => occasion.Length > 0).Distinct()));
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> Contact\n");
        foreach (var (from, to, occasions) in moves)
            text.Append($"    {from} --> {(to == Stage.Closed ? "Closed" : to)}{(occasions.Length > 0 ? $": {occasions}" : "")}\n");
        return text.Append("    Closed --> [*]\n").ToString();
    }
}
