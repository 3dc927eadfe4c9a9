using System.Buffers.Text;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Cases;
using LoanRelief.Tables.Tests.Kit;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

public sealed class ContinuationTests
{
    private static readonly CaseQuery Query = new() { Institution = Samples.Bank, Stage = Stage.Contact };

    private static readonly CaseContinuation Position =
        new(Samples.Bank, CaseKeys.Open(Stage.Contact, Samples.Start, new(Samples.Bank, Samples.Number(1), 1)));

    public static TheoryData<CaseQuery> OtherQueries =>
    [
        Query with { Institution = null },
        Query with { Institution = Identifier.Parse<InstitutionId>("other") },
        Query with { Stage = null },
        Query with { Stage = Stage.Intent },
        Query with { DeadlineBefore = Samples.Start },
        Query with { Stage = Stage.Closed, Outcome = Outcome.Renewed },
    ];

    [Fact]
    public void Comes_back_as_it_went_out_whatever_the_page_size()
    {
        Assert.Equal(Position, CaseContinuation.Read(Position.Write(Query), Query with { PageSize = 7, Continuation = "any" }));
    }

    [Fact]
    public void Can_stand_in_an_address_as_it_is()
    {
        Assert.Matches("^[A-Za-z0-9_-]+$", Position.Write(Query));
    }

    [Theory]
    [MemberData(nameof(OtherQueries))]
    public void Is_refused_for_another_query(CaseQuery other)
    {
        Assert.Throws<FormatException>(() => CaseContinuation.Read(Position.Write(Query), other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQ")]
    [InlineData("not base64!")]
    [InlineData("续贷")]
    public void Is_refused_when_it_is_none(string text)
    {
        Assert.Throws<FormatException>(() => CaseContinuation.Read(text, Query));
    }

    [Fact]
    public void Is_refused_when_cut_changed_or_of_another_version()
    {
        var token = Base64Url.DecodeFromChars(Position.Write(Query));
        byte[][] broken = [token[..9], token[..12], [2, .. token[1..]], [token[0], (byte)(token[1] ^ 1), .. token[2..]]];

        Assert.All(broken, bytes => Assert.Throws<FormatException>(() => CaseContinuation.Read(Base64Url.EncodeToString(bytes), Query)));
    }

    [Fact]
    public void Is_refused_when_it_points_outside_of_the_query()
    {
        CaseContinuation[] outside =
        [
            Position with { Institution = Identifier.Parse<InstitutionId>("other") },
            Position with { After = CaseKeys.Case(new(Samples.Bank, Samples.Number(1), 1)) },
            Position with { After = CaseKeys.Open(Stage.Intent) },
            Position with { After = "" },
        ];

        Assert.All(outside, position => Assert.Throws<FormatException>(() => CaseContinuation.Read(position.Write(Query), Query)));
    }
}
