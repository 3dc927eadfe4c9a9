using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Problems;

/// <summary>A kind of problem with a stable name, which is the last part of its <c>type</c>: <c>/problems/{slug}</c>.</summary>
/// <param name="Slug">Lower-case with hyphens; never changes.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Names of the headers that come with it.</param>
internal sealed record ProblemKind(string Slug, int Status, params string[] Headers)
{
    public static readonly ProblemKind InvalidRequest = new("invalid-request", 400);
    public static readonly ProblemKind NoSuchResource = new("no-such-resource", 404);
    public static readonly ProblemKind InstitutionUnknown = new("institution-unknown", 404);
    public static readonly ProblemKind LoanUnknown = new("loan-unknown", 404);
    public static readonly ProblemKind CaseUnknown = new("case-unknown", 404);
    public static readonly ProblemKind ImportUnknown = new("import-unknown", 404);
    public static readonly ProblemKind BatchUnknown = new("batch-unknown", 404);
    public static readonly ProblemKind InquiryUnknown = new("inquiry-unknown", 404);
    public static readonly ProblemKind PolicyUnknown = new("policy-unknown", 404);
    public static readonly ProblemKind CalendarUnknown = new("calendar-unknown", 404);
    public static readonly ProblemKind JobUnknown = new("job-unknown", 404);
    public static readonly ProblemKind DeadLetterUnknown = new("dead-letter-unknown", 404);
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405);
    public static readonly ProblemKind CaseAlreadyOpen = new("case-already-open", 409, ApiHeaders.Location);
    public static readonly ProblemKind NotNow = new("not-now", 409);
    public static readonly ProblemKind OrchestrationTerminated = new("orchestration-terminated", 409);
    public static readonly ProblemKind OrchestrationCompleted = new("orchestration-completed", 409);
    public static readonly ProblemKind BatchNotNow = new("batch-not-now", 409);
    public static readonly ProblemKind InquiryAnswered = new("inquiry-answered", 409);
    public static readonly ProblemKind ClockIsReal = new("clock-is-real", 409);
    public static readonly ProblemKind ClockOnlyMovesForward = new("clock-only-moves-forward", 409);
    public static readonly ProblemKind RejectedRowsDeleted = new("rejected-rows-deleted", 410);
    public static readonly ProblemKind Stale = new("stale", 412, ApiHeaders.ETag);
    public static readonly ProblemKind PolicyChanged = new("policy-changed", 412);
    public static readonly ProblemKind CalendarChanged = new("calendar-changed", 412);
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", 413);
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", 415);
    public static readonly ProblemKind Refused = new("refused", 422);
    public static readonly ProblemKind IdempotencyKeyReused = new("idempotency-key-reused", 422);
    public static readonly ProblemKind InternalError = new("internal-error", 500);
    public static readonly ProblemKind DeliveryFailed = new("delivery-failed", 502);
    public static readonly ProblemKind Unavailable = new("unavailable", 503, ApiHeaders.RetryAfter);

    /// <summary>Every kind, by status.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        InvalidRequest, NoSuchResource, InstitutionUnknown, LoanUnknown, CaseUnknown, ImportUnknown, BatchUnknown, InquiryUnknown, PolicyUnknown, CalendarUnknown, JobUnknown, DeadLetterUnknown,
        MethodNotAllowed,
        CaseAlreadyOpen, NotNow, BatchNotNow, InquiryAnswered, OrchestrationTerminated, OrchestrationCompleted, ClockIsReal, ClockOnlyMovesForward, RejectedRowsDeleted, Stale, PolicyChanged, CalendarChanged, BodyTooLarge, UnsupportedMediaType,
        Refused, IdempotencyKeyReused, InternalError, DeliveryFailed, Unavailable,
    ];

    public string Type => $"/problems/{Slug}";
}
