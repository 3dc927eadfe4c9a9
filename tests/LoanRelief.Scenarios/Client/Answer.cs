using System.Net;
using System.Text.Json;
using Xunit;

namespace LoanRelief.Scenarios.Client;

/// <summary>An answer, read to its end.</summary>
/// <param name="Asked">Method and path, for messages.</param>
/// <param name="Replayed">Whether it says that it was given before.</param>
public sealed record Answer(string Asked, HttpStatusCode Status, string? ContentType, string Body, string? ETag, string? Location, bool Replayed)
{
    /// <summary>Why the request was not answered as asked.</summary>
    public Problem Problem
    {
        get
        {
            Assert.Equal("application/problem+json", ContentType);
            var problem = As<Problem>();
            Assert.Equal((int)Status, problem.Status);
            return problem;
        }
    }

    public T As<T>() => JsonSerializer.Deserialize<T>(Body, ReliefApi.Json) ?? throw new JsonException($"{Asked}: null is no answer.");

    public Answer Expect(params HttpStatusCode[] wanted)
    {
        if (!wanted.Contains(Status))
            Assert.Fail($"{Asked} was answered with {(int)Status}, wanted {string.Join(" or ", wanted.Select(each => (int)each))}:\n{Body}");
        return this;
    }

    internal static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}",
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Headers.ETag?.ToString(),
        response.Headers.Location?.ToString(),
        response.Headers.Contains("Idempotency-Replayed"));
}
