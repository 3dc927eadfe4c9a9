using LoanRelief.Desk.Jobs;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Jobs;

public sealed class JobStoreTests(Azurite azurite) : StoreTests(azurite)
{
    [Fact]
    public async Task A_watermark_is_read_as_it_was_last_put_and_each_job_has_its_own()
    {
        var mark = new JobMark("maturity-scan", new(2025, 1, 6), Samples.Start, new Dictionary<string, int> { ["opened"] = 3 });
        Assert.Null(await Stores.Jobs.FindAsync(mark.Job, Cancellation));

        await Stores.Jobs.PutAsync(mark, Cancellation);
        var next = mark with { CompletedUpTo = new(2025, 1, 7), Counts = new Dictionary<string, int>() };
        await Stores.Jobs.PutAsync(next, Cancellation);

        Assert.Equal(Json(next), Json(await Stores.Jobs.FindAsync(mark.Job, Cancellation)));
        Assert.Null(await Stores.Jobs.FindAsync("due-date-reminders", Cancellation));
    }
}
