using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>What was expected in a pack file, for whoever edits one; over HTTP the texts of the surface say it.</summary>
internal static class PolicyPackMessages
{
    public static string Expected(Refusal error) => $"expected {Phrase(error)} ({error.Code})";

    private static string Phrase(Refusal error)
    {
        return error.Code switch
        {
            "malformed-json" => $"JSON without repeated members; it breaks off at line {Value("line")}, byte {Value("column")}",
            "unknown-member" => $"one of the members {Value("known")}",
            "member-missing" or "required" => "a value: it is required and not blank",
            "null-not-allowed" => "something else than null",
            "expected-object" => "an object",
            "expected-list" => "a list",
            "expected-text" => "a text",
            "expected-boolean" => "true or false",
            "expected-whole-number" => "a whole number",
            "expected-number" => "a number",
            "expected-amount" => "an amount in yuan with at most two decimals, such as 2000000.00",
            "expected-rate" => "a rate from 0 to 1 a year: 4.35% is 0.0435",
            "expected-date" => "a date such as 2022-12-28",
            "expected-policy-id" => PolicyPackId.Form,
            "expected-one-of" => $"one of {Value("allowed")}",
            "text-length" => $"{Value("minimum")} to {Value("maximum")} characters, not all blank",
            "list-length" => $"{Value("minimum")} to {Value("maximum")} elements",
            "out-of-range" => $"{Value("minimum")} to {Value("maximum")}, not {Value("value")}",
            "rate-too-high" => $"at most {Value("maximum")}, not {Value("value")}",
            "rate-too-precise" => $"at most {Value("decimals")} decimals",
            "share-out-of-range" => $"a share above 0 and at most 1, not {Value("value")}",
            "not-positive" => "an amount above zero",
            "amount-too-large" => $"at most {LoanRules.MaximumAmount}",
            "end-before-start" => $"a date from {Value("from")} on, not {Value("value")}",
            "period-empty" => "a first day, a last day, or both",
            "policy-empty" => "at least one measure, duty or classification rule",
            "duplicate-id" => $"an id that is not there before, not {Value("value")}",
            "duplicate-offer" => "each kind of offer once",
            "at-most-one-of" => $"at most one of {Value("fields")}",
            "belongs-to-effect" => "a value with the effect that needs it, and with no other",
            "code-form" => $"lower-case words with hyphens, not {Value("value")}",
            _ => "something else",
        };

        string Value(string name) => error.Values.GetValueOrDefault(name, "?");
    }
}
