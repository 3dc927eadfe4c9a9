using System.Buffers.Text;
using System.Text;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Tables.Orchestrations;

/// <summary>Where the next page of a list begins: after a case. Goes out as base64url of the list and the case, which were shown anyway.</summary>
internal readonly record struct OrchestrationContinuation(InstitutionId? Institution, OrchestrationStatus Status)
{
    public string Write(CaseId last) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{List}{last}"));

    /// <exception cref="FormatException">It was not given out for this list.</exception>
    public CaseId Read(string text)
    {
        var position = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text));
        return position.StartsWith(List, StringComparison.Ordinal)
            && CaseId.TryParse(position[List.Length..], out var last) && last.Institution == (Institution ?? last.Institution)
                ? last
                : throw new FormatException("The continuation does not belong to this list.");
    }

    private string List => $"{Status}/{Institution}/";
}
