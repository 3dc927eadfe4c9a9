using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Institutions;

/// <summary>An institution as it is registered.</summary>
public sealed record InstitutionBody
{
    /// <summary>May be left out; if not, the same as in the path.</summary>
    public InstitutionId? Id { get; init; }

    [StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    public required InstitutionKind Kind { get; init; }

    /// <summary>Where events for the institution go; without one they stay in the history of each case.</summary>
    public WebhookBody? Webhook { get; init; }
}

/// <summary>Where events go: CloudEvents 1.0 by HTTP POST, signed as Standard Webhooks 1.0.0 says.</summary>
public sealed record WebhookBody
{
    /// <summary>An absolute https URL; http only to this machine.</summary>
    public required Uri Url { get; init; }

    /// <summary>Shared secret that signs each request: any text, or <c>whsec_</c> and base64. Never shown again; left out, the present one stays.</summary>
    [StringLength(200, MinimumLength = 16)]
    public string? Secret { get; init; }
}

internal static class PutInstitution
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "PutInstitution",
        Method = HttpMethods.Put,
        Route = "/api/institutions/{institution}",
        Handler = HandleAsync,
        Tag = "Institutions",
        Summary = "Registers an institution, or changes it",
        Parameters = [ApiParameters.Institution],
        Body = new(typeof(InstitutionBody), new InstitutionBody
        {
            Name = "文成农商银行",
            Kind = InstitutionKind.Bank,
            Webhook = new() { Url = new("http://127.0.0.1:9000/events"), Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
        }),
        Answers =
        [
            new(StatusCodes.Status201Created, typeof(InstitutionView), "It is new.", ApiHeaders.Location),
            new(StatusCodes.Status200OK, typeof(InstitutionView), "It was known and now stands like this."),
        ],
        Problems = [ProblemKind.Refused],
    };

    private static async Task<IResult> HandleAsync(Input input, IInstitutionStore institutions, CalendarDesk calendars, CancellationToken cancellationToken)
    {
        var id = input.Path<InstitutionId>("institution");
        var body = await input.BodyAsync<InstitutionBody>(cancellationToken);
        var before = await institutions.FindAsync(id, cancellationToken);
        // Who changes only the address of a webhook need not know its secret.
        var secret = body.Webhook?.Secret ?? before?.Webhook?.Secret;
        if (WhyNot(id, body, secret).ToList() is { Count: > 0 } reasons)
            return new ProblemAnswer(ProblemKind.Refused) { Errors = reasons };

        var institution = new Institution { Id = id, Name = body.Name, Kind = body.Kind, Webhook = body.Webhook is { } webhook ? new(webhook.Url, secret!) : null };
        if (before is null)
            await calendars.BeginAsync(id, cancellationToken);
        await institutions.PutAsync(institution, cancellationToken);
        if (before is not null)
            return Answer.Json(InstitutionView.Of(institution));
        input.Http.Response.Headers.Location = $"/api/institutions/{id}";
        return Answer.Json(InstitutionView.Of(institution), StatusCodes.Status201Created);
    }

    private static IEnumerable<Refusal> WhyNot(InstitutionId id, InstitutionBody body, string? secret)
    {
        if (body.Id is { } named && named != id)
            yield return new Refusal("path-and-body-differ", "id").With("path", id).With("body", named);
        if (body.Webhook is not { Url: var url })
            yield break;
        // The channel would refuse it at every attempt; better to hear of it now.
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            yield return new("webhook-not-https", "webhook.url");
        if (secret is null)
            yield return new("secret-needed", "webhook.secret");
        else if (!IsKey(secret))
            yield return new("secret-form", "webhook.secret");
    }

    /// <summary>What begins like a key of Standard Webhooks has to be one.</summary>
    private static bool IsKey(string secret) =>
        !secret.StartsWith("whsec_", StringComparison.Ordinal) || Base64.IsValid(secret.AsSpan("whsec_".Length));
}
