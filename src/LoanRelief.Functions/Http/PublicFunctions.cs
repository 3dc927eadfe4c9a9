using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Http;

/// <summary>What anybody may ask without a key: whether the program runs, and what it understands. None of it shows a case.</summary>
internal sealed class PublicFunctions(Api api)
{
    /// <summary>The path "/": an empty route would mean the function's name, and the worker can not read a lone slash.</summary>
    internal const string Root = "{nothing:maxlength(0)?}";

    [Function(nameof(Live))]
    public Task Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(Ready))]
    public Task Ready([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(Welcome))]
    public Task Welcome([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Root)] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetOpenApi))]
    public Task GetOpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ExplainProblem))]
    public Task ExplainProblem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/{slug}")] HttpRequest request) =>
        api.AnswerAsync(request);
}
