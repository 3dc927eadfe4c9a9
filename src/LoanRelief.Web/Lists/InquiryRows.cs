using System.Text.Json;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Imports.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>A line of a list of needs and problems.</summary>
public sealed record InquiryBody
{
    /// <summary>The entry's number within the list.</summary>
    public required EntryNumber Number { get; init; }

    public required InquiryKind Kind { get; init; }

    /// <summary>统一社会信用代码.</summary>
    public required CreditCode CreditCode { get; init; }

    /// <summary>Read over: the firm is known by its code, and names stay at home.</summary>
    public string? Name { get; init; }

    /// <summary>What is wanted.</summary>
    public required string Text { get; init; }

    /// <summary>责任单位: who has to answer; whoever publishes the list if left out.</summary>
    public InstitutionId? Responsible { get; init; }

    /// <summary>The day on which it was received; not in the future.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The last day for an answer; by the policy if left out.</summary>
    public DateOnly? AnswerBy { get; init; }
}

/// <summary>Needs and problems.</summary>
/// <param name="by">Who publishes the list.</param>
/// <param name="list">Its name.</param>
internal sealed class InquiryRows(InstitutionId by, ListId list) : RowKind<InquiryRow>
{
    public override IReadOnlyList<string> Required { get; } = ["number", "kind", "creditCode", "text", "receivedOn"];

    public override IReadOnlyList<string> Optional { get; } = ["name", "responsible", "answerBy"];

    public override Type Body => typeof(InquiryBody);

    public override InquiryRow Read(CsvFields fields) => new(
        new(by, list, fields.Identifier<EntryNumber>("number")), fields.Choice<InquiryKind>("kind"), fields.IdentifierOrNone<InstitutionId>("responsible") ?? by,
        fields.Identifier<CreditCode>("creditCode"), fields.Text("text"), fields.Date("receivedOn"), fields.DateOrNone("answerBy"));

    public override InquiryRow Read(JsonElement json, List<Refusal> found)
    {
        var body = json.Deserialize<InquiryBody>(WebJson.Options)!;
        return new(new(by, list, body.Number), body.Kind, body.Responsible ?? by, body.CreditCode, body.Text, body.ReceivedOn, body.AnswerBy);
    }

    public override IReadOnlyList<Refusal> Check(InquiryRow content) => content.Check();
}
