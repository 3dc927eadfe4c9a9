using Azure;
using Azure.Data.Tables;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Tables.Rows;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Rows;

public sealed class LongTextTests(Azurite azurite) : StoreTests(azurite)
{
    // A text has two quotes around it, so this one is the longest that a property holds.
    private const int Longest = 32 * 1024 - 2;

    public static TheoryData<int> Lengths => [0, 1, Longest - 1, Longest, Longest + 1, 10 * Longest];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task A_text_of_any_length_comes_back_whole(int length)
    {
        foreach (var text in new[] { new string('续', length), string.Concat(Enumerable.Repeat("𠮷", (length + 1) / 2)) })
            Assert.Equal(text, await ThroughStorageAsync(text));
    }

    [Fact]
    public void A_short_text_can_be_read_by_an_operator_as_it_is()
    {
        Assert.Equal("\"应续尽续\"", Row.Of("k", "应续尽续").ToEntity("p", Guid.NewGuid()).GetString("Json"));
    }

    [Fact]
    public async Task A_text_that_can_not_be_packed_well_is_spread_over_several_properties()
    {
        var noise = Noise(300_000);

        Assert.Equal(["JsonGz", "JsonGz2", "JsonGz3"], Properties(Row.Of("k", noise)).Take(3));
        Assert.Equal(noise, await ThroughStorageAsync(noise));
    }

    [Fact]
    public void A_row_without_content_is_an_error()
    {
        Assert.Throws<InvalidDataException>(() => Row.Read<string>(new TableEntity("p", "k")));
    }

    [Fact]
    public async Task Schedules_of_360_instalments_before_and_after_a_change_fit_easily()
    {
        var loan = Samples.Loan(Samples.Bank, Samples.Number(1)) with
        {
            RepaymentMethod = RepaymentMethod.EqualInstalment,
            DrawnOn = new(2025, 1, 2),
            Maturity = new(2055, 1, 2),
        };
        var result = ReliefCalculator.Preview(loan, new(2025, 1, 2), [new Deferral(Months: 6)], BusinessCalendar.China, cap: null);
        var preview = Assert.IsType<ReliefResult.Worked>(result).Preview;
        var row = Row.Of("k", preview);

        Assert.True(preview.Before.Instalments.Count == 360 && preview.After.Instalments.Count >= 360);
        Assert.True(row.Json.Length > 5 * Longest);
        Assert.Equal(["JsonGz"], Properties(row));
        Assert.Equal(row.Json, Row.Of("k", await ThroughStorageAsync(preview)).Json);
    }

    [Fact]
    public async Task A_step_and_a_snapshot_of_a_hundred_thousand_characters_are_stored_and_read_like_any_other()
    {
        var opened = await Stores.OpenAsync(new(Samples.Loan(Samples.Bank, Samples.Number(1)), seed: 1));
        var held = Hold(opened.State, new string('押', 100_000));

        var stored = await Stores.Cases.AppendAsync(opened, [held.Step], held.After, Cancellation);
        var found = await Stores.Cases.FindAsync(held.After.Id, Cancellation);

        Assert.Equal(Json(held.After), Json(found!.State));
        var released = CaseFold.Rebuild(await Stores.Cases.HistoryAsync(held.After.Id, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(Json(held.After), Json(released));

        var shorter = (Verdict.Accepted)ReliefCase.Report(stored.State, new ReleaseFact(), Context(stored.State));
        await Stores.Cases.AppendAsync(stored, [shorter.Step], shorter.After, Cancellation);
        Assert.Equal(Json(shorter.After), Json((await Stores.Cases.FindAsync(held.After.Id, Cancellation))!.State));
    }

    [Fact]
    public async Task What_is_too_large_for_storage_is_an_error_no_conflict_and_not_stored()
    {
        var opened = await Stores.OpenAsync(new(Samples.Loan(Samples.Bank, Samples.Number(1)), seed: 1));
        var held = Hold(opened.State, Noise(1_500_000));

        var refused = await Assert.ThrowsAnyAsync<RequestFailedException>(() => Stores.Cases.AppendAsync(opened, [held.Step], held.After, Cancellation));

        Assert.InRange(refused.Status, 400, 413);
        Assert.Equal(opened.ETag, (await Stores.Cases.FindAsync(opened.State.Id, Cancellation))!.ETag);
        Assert.Single(await Stores.Cases.HistoryAsync(opened.State.Id, Cancellation).ToListAsync(Cancellation));
    }

    private async Task<T> ThroughStorageAsync<T>(T value)
    {
        var table = new TableClient(Stores.Proxy.ConnectionString, $"Text{Guid.NewGuid():N}");
        await table.CreateAsync(Cancellation);
        await table.AddEntityAsync(Row.Of("k", value).ToEntity("p", Guid.NewGuid()), Cancellation);
        return Row.Read<T>((await table.GetEntityAsync<TableEntity>("p", "k", cancellationToken: Cancellation)).Value);
    }

    private static IEnumerable<string> Properties(Row row) =>
        row.ToEntity("p", Guid.NewGuid()).Keys.Where(name => name.StartsWith("Json", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Noise(int length) => new([.. new Random(1).GetItems("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".AsSpan(), length)]);

    private static Verdict.Accepted Hold(CaseState state, string reason) =>
        (Verdict.Accepted)ReliefCase.Report(state, new HoldFact(reason), Context(state));

    private static CaseContext Context(CaseState state) => new(state.ChangedAt, "zhang.san", BusinessCalendar.China, PolicyPacks.Shipped);
}
