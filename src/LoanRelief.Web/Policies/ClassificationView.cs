using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Web.Problems;

namespace LoanRelief.Web.Policies;

/// <summary>What becomes of the category (五级分类): facts with their rules, for the bank's own system to act on.</summary>
/// <param name="Before">As the book has it.</param>
/// <param name="AtBest">The best that the rules leave.</param>
/// <param name="MayStayNormal">Whether it may (可以) be classified 正常.</param>
/// <param name="AgainstNormal">Why it may not.</param>
/// <param name="ByAbilityToPay">Whether it is classified by the borrower's ability to pay.</param>
/// <param name="Renewals">Renewals behind it then.</param>
/// <param name="Restructurings">Restructurings behind it then.</param>
/// <param name="Observation">观察期.</param>
/// <param name="Rules">The rules that hold.</param>
public sealed record ClassificationView(
    LoanClass Before,
    LoanClass AtBest,
    bool MayStayNormal,
    IReadOnlyList<ErrorView> AgainstNormal,
    bool ByAbilityToPay,
    int Renewals,
    int Restructurings,
    Observation? Observation,
    IReadOnlyList<QuotedRule> Rules)
{
    internal static ClassificationView Of(ClassificationFacts facts, PolicyQuotes quotes) => new(
        facts.Before,
        facts.AtBest,
        facts.MayStayNormal,
        [.. facts.AgainstNormal.Select(refusal => ErrorView.Of(refusal, quotes.Texts))],
        facts.ByAbilityToPay,
        facts.Renewals,
        facts.Restructurings,
        facts.Observation,
        [.. facts.Rules.Select(quotes.Of)]);
}
