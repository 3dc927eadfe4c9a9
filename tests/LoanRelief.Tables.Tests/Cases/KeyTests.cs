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
    [InlineData("JJ2024-0001", "icbc-wencheng~4c")]
    [InlineData("JJ2024-0002", "icbc-wencheng~b4")]
    [InlineData("a", "icbc-wencheng~ca")]
    public void A_loan_stays_in_its_partition(string number, string partition)
    {
        Assert.Equal(partition, Keys.Bucket(Samples.Bank, Identifier.Parse<LoanNumber>(number)));
    }

    [Fact]
    public void Loans_spread_over_all_partitions_of_their_institution()
    {
        var counts = Enumerable.Range(0, 256_000).CountBy(n => Keys.Bucket(Samples.Bank, Samples.Number(n))).ToList();

        Assert.Equal(Keys.LoanBuckets, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 800, 1_200));
    }

    /// <summary>Rows are found by a range of partitions and of keys together, so both have to be in the same order.</summary>
    [Fact]
    public void The_part_of_a_key_that_goes_into_the_partition_keeps_the_order()
    {
        var at = Gen.DateTimeOffset.Where(each => each.Year is > 1 and < 9999);
        var stage = Gen.Enum<Stage>().Where(each => each != Stage.Closed);
        var open = Gen.Select(stage, at, (each, time) => CaseKeys.Open(each, time, Id));
        var bound = Gen.Select(Gen.Int[0, 4], stage, at, (kind, each, time) => kind switch
        {
            0 => RowRange.All.After,
            1 => RowRange.All.Before,
            2 => CaseKeys.AllClosing,
            3 => RowRange.UpTo(CaseKeys.Open(each), Keys.Sortable(time)).Before,
            _ => RowRange.Of(CaseKeys.Open(each)).Before,
        });

        Gen.Select(open, bound).Sample((key, limit) =>
            Math.Sign(string.CompareOrdinal(key, limit)) * Math.Sign(string.CompareOrdinal(Keys.GroupAndDay(key), Keys.GroupAndDay(limit))) >= 0);
        Gen.Select(at, at).Sample((a, b) =>
            Math.Sign(string.CompareOrdinal(CaseKeys.Closed(a, Id), CaseKeys.Closed(b, Id)))
            * Math.Sign(string.CompareOrdinal(Keys.Day(CaseKeys.Closed(a, Id)), Keys.Day(CaseKeys.Closed(b, Id)))) >= 0);
    }

    [Fact]
    public void Days_and_instants_come_back_from_their_keys()
    {
        Gen.DateTimeOffset.Sample(a => Keys.Instant(Keys.Sortable(a)).UtcTicks == a.UtcTicks);
        Gen.DateOnly.Sample(a => Keys.Date(Keys.Sortable(a)) == a);
        var row = DayRow.Of(LoanDuty.Remind, new(2025, 2, 3), Id.Loan, 7);
        Assert.Equal((new DateOnly(2025, 2, 3), Id.Loan, 7), (row.On, row.Loan, row.Version));
        var maturing = DayRow.Maturing(new(2025, 2, 3), Id.Loan);
        Assert.Equal((new DateOnly(2025, 2, 3), Id.Loan), (maturing.On, maturing.Loan));
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
        var stage = CaseKeys.Open(Stage.Intent);
        string[] keys = [.. new[] { -1, 0, 1 }.Select(ticks => CaseKeys.Open(Stage.Intent, at.AddTicks(ticks), Id))];

        Assert.Equal([true, true, false], keys.Select(RowRange.UpTo(stage, Keys.Sortable(at)).Contains));
        Assert.Equal([true, false, false], keys.Select(RowRange.Below(stage, Keys.Sortable(at)).Contains));
        Assert.Equal([true, true, true], keys.Select(RowRange.Of(stage).Contains));
        Assert.Equal([true, true, true], keys.Select(RowRange.All.Contains));
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
            CaseKeys.Case(Id), CaseKeys.Loan(Id.Loan), CaseKeys.Step(Id, 1), CaseKeys.Closing(Samples.Start, Id), CaseKeys.Dead(effect),
            CaseKeys.Open(Stage.SecondReview, Samples.Start, Id), CaseKeys.Closed(Samples.Start, Id),
            CaseKeys.Ended(Outcome.Renewed, Samples.Start, Id), Keys.Bucket(Samples.Bank, Id.Loan), Keys.Digest("a/b#c?d\\e\n续贷"),
            IndexRow.At(new(CaseList.Open, CaseKeys.Open(Stage.Intent, Samples.Start, Id), ""), Guid.NewGuid()).Key,
            DayRow.Of(LoanDuty.Scan, new(2025, 2, 3), Id.Loan, 7).Key, DayRow.Maturing(new(2025, 2, 3), Id.Loan).Key,
        ];

        Assert.All(keys, key => Assert.Matches(@"\A[A-Za-z0-9._~-]{1,250}\z", key));
    }
}
