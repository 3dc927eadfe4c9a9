using System.Text.Json;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;

namespace LoanRelief.Domain.Values;

/// <summary>What should have stood where something else was found.</summary>
public static class Expected
{
    private static readonly Dictionary<Type, string> Codes = new()
    {
        [typeof(string)] = "expected-text",
        [typeof(bool)] = "expected-boolean",
        [typeof(int)] = "expected-whole-number",
        [typeof(decimal)] = "expected-number",
        [typeof(Money)] = "expected-amount",
        [typeof(Rate)] = "expected-rate",
        [typeof(DateOnly)] = "expected-date",
        [typeof(DateTimeOffset)] = "expected-instant",
        [typeof(Uri)] = "expected-url",
        [typeof(InstitutionId)] = "expected-institution-id",
        [typeof(LoanNumber)] = "expected-loan-number",
        [typeof(CaseId)] = "expected-case-id",
        [typeof(PolicyPackId)] = "expected-policy-id",
        [typeof(CreditCode)] = "expected-credit-code",
        [typeof(ListId)] = "expected-list-id",
        [typeof(EntryNumber)] = "expected-entry-number",
        [typeof(InquiryId)] = "expected-inquiry-id",
        [typeof(DistrictCode)] = "expected-district-code",
        [typeof(SectorCode)] = "expected-sector-code",
    };

    public static Refusal Of(Type type, string? field)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum
            ? new Refusal("expected-one-of", field).With("allowed", string.Join(", ", Words(type)))
            : new(Codes[type], field);
    }

    /// <summary>The members of an enum as JSON writes them.</summary>
    public static IEnumerable<string> Words(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);
}
