using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Loans;

public sealed class InstitutionStoreTests(Azurite azurite) : StoreTests(azurite)
{
    [Fact]
    public async Task An_institution_is_read_as_the_last_writer_left_it()
    {
        var first = Samples.Institution(Samples.Bank);
        var second = first with { Name = "工商银行文成支行", Webhook = new(new("https://bank.example/events"), "whsec_c2VjcmV0") };
        Assert.Null(await Stores.Institutions.FindAsync(Samples.Bank, Cancellation));

        await Stores.Institutions.PutAsync(second, Cancellation);
        await Stores.Institutions.PutAsync(first, Cancellation);
        Assert.Equal(first, await Stores.Institutions.FindAsync(Samples.Bank, Cancellation));

        await Stores.Institutions.PutAsync(second, Cancellation);
        Assert.Equal(second, await Stores.Institutions.FindAsync(Samples.Bank, Cancellation));
    }

    [Fact]
    public async Task All_come_by_id()
    {
        string[] ids = ["z9", "abc", "abc-2", "icbc", "b-1", "a0"];
        foreach (var id in ids)
            await Stores.Institutions.PutAsync(Samples.Institution(Identifier.Parse<InstitutionId>(id)), Cancellation);

        var all = await Stores.Institutions.AllAsync(Cancellation).Select(institution => institution.Id.Value).ToListAsync(Cancellation);

        Assert.Equal(ids.Order(StringComparer.Ordinal), all);
    }
}
