using LoanRelief.Domain.Loans;

namespace LoanRelief.Web.Institutions;

/// <summary>An institution as others may see it: without the secret of its webhook.</summary>
public sealed record InstitutionView
{
    public required InstitutionId Id { get; init; }

    public required string Name { get; init; }

    public required InstitutionKind Kind { get; init; }

    /// <summary>Whether events are sent to it.</summary>
    public required bool HasWebhook { get; init; }

    /// <summary>Where events for it go.</summary>
    public Uri? WebhookUrl { get; init; }

    internal static InstitutionView Of(Institution institution) => new()
    {
        Id = institution.Id,
        Name = institution.Name,
        Kind = institution.Kind,
        HasWebhook = institution.Webhook is not null,
        WebhookUrl = institution.Webhook?.Url,
    };
}
