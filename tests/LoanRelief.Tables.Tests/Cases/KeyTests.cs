using CsCheck;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Cases;
using LoanRelief.Tables.Loans;
using LoanRelief.Tables.Rows;
using LoanRelief.Tables.Tests.Kit;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

public sealed class KeyTests
{
    private static readonly CaseId Id = new(Samples.Bank, Identifier.Parse<LoanNumber>("JJ_2024.0001-x"), 12);

    /// <summary>Where rows are is stored for good: a loan that changed its partition would be lost.</summary>
    [Theory]
    [InlineData("JJ2024-0001", "icbc-wencheng~0")]
    [InlineData("JJ2024-0002", "icbc-wencheng~0")]
    [InlineData("JJ2024-0003", "icbc-wencheng~3")]
    [InlineData("a", "icbc-wencheng~2")]
    public void A_loan_stays_in_its_partition(string number, string partition)
    {
        Assert.Equal(partition, Keys.Partition(Samples.Bank, Identifier.Parse<LoanNumber>(number)));
    }

    [Fact]
    public void Loans_spread_over_all_partitions_of_their_institution()
    {
        var counts = Enumerable.Range(0, 4_000).CountBy(n => Keys.Partition(Samples.Bank, Samples.Number(n))).ToList();

        Assert.Equal(Keys.Partitions(Samples.Bank), counts.Select(count => count.Key).Order());
        Assert.All(counts, count => Assert.InRange(count.Value, 900, 1_100));
    }

    [Fact]
    public void Instants_and_days_sort_as_text()
    {
        Gen.Select(Gen.DateTimeOffset, Gen.DateTimeOffset).Sample((a, b) =>
            Math.Sign(string.CompareOrdinal(Keys.Sortable(a), Keys.Sortable(b))) == a.CompareTo(b));
        Gen.DateTimeOffset.Where(a => a < DateTimeOffset.MaxValue).Sample(a =>
            string.CompareOrdinal(Keys.Sortable(a), Keys.Sortable(a.AddTicks(1))) < 0);
        Gen.Select(Gen.DateOnly, Gen.DateOnly).Sample((a, b) =>
            Math.Sign(string.CompareOrdinal(Keys.Sortable(a), Keys.Sortable(b))) == a.CompareTo(b));
    }

    [Fact]
    public void Open_stages_sort_as_a_case_passes_through_them()
    {
        var open = Enum.GetValues<Stage>().Where(stage => stage != Stage.Closed).Select(CaseKeys.Open).ToList();

        Assert.Equal(open.Order(StringComparer.Ordinal), open);
        Assert.Equal(open.Distinct(), open);
        Assert.Throws<ArgumentOutOfRangeException>(() => CaseKeys.Open(Stage.Closed));
    }

    [Fact]
    public void A_bound_takes_in_or_leaves_out_the_very_instant_that_it_names()
    {
        var at = Samples.Start;
        string[] keys = [CaseKeys.Due(at.AddTicks(-1), Id), CaseKeys.Due(at, Id), CaseKeys.Due(at.AddTicks(1), Id)];

        Assert.Equal([true, true, false], keys.Select(RowRange.UpTo(CaseKeys.AllDue, Keys.Sortable(at)).Contains));
        Assert.Equal([true, false, false], keys.Select(RowRange.Below(CaseKeys.AllDue, Keys.Sortable(at)).Contains));
        Assert.Equal([true, true, true], keys.Select(RowRange.Of(CaseKeys.AllDue).Contains));
    }

    [Fact]
    public void Cases_of_a_loan_do_not_mix_with_those_of_a_loan_whose_number_begins_alike()
    {
        var longer = new CaseId(Samples.Bank, Identifier.Parse<LoanNumber>(Id.Loan + ".1"), 1);

        Assert.False(RowRange.Of(CaseKeys.Steps(Id)).Contains(CaseKeys.Step(longer, 1)));
        Assert.False(RowRange.Of(CaseKeys.Steps(new(Samples.Bank, Id.Loan, 1))).Contains(CaseKeys.Step(Id, 1)));
        Assert.True(RowRange.Of(CaseKeys.Steps(Id)).Contains(CaseKeys.Step(Id, 999_999)));
    }

    [Fact]
    public void No_key_has_a_character_that_storage_forbids()
    {
        var effect = new Effect($"{Id}/contact.requested/1", EffectKinds.ContactRequested, Samples.Start, new(), 0, Samples.Start);
        string[] keys =
        [
            CaseKeys.Case(Id), CaseKeys.Loan(Id.Loan), CaseKeys.Step(Id, 1), CaseKeys.Due(Samples.Start, Id), CaseKeys.Dead(effect),
            CaseKeys.Open(Stage.SecondReview, Samples.Start, Id), CaseKeys.Closed(Samples.Start, Id),
            CaseKeys.Ended(Outcome.Renewed, Samples.Start, Id), LoanRows.Key(Id.Loan), LoanRows.DeadKey(Id.Loan, "a/b#c?d\\e\n续贷"),
        ];

        Assert.All(keys, key => Assert.Matches(@"\A[A-Za-z0-9._~-]{1,250}\z", key));
    }
}
