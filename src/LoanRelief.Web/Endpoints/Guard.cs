using LoanRelief.Desk;
using LoanRelief.Web.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoanRelief.Web.Endpoints;

/// <summary>Stands around every endpoint, in every host: whatever goes wrong inside leaves as a problem.</summary>
internal sealed class Guard(ApiEndpoint endpoint, RequestDelegate inner)
{
    private static readonly TimeSpan ContentionPause = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        http.Features.Set(endpoint);
        RequestSpan.Name(http);
        http.Response.Headers.Vary = "Accept-Language";
        if (endpoint.CanWait)
            RightOfWay.GiveWay();
        using var call = endpoint.CanWait || endpoint.NeedsNoStorage ? null : http.RequestServices.GetRequiredService<RightOfWay>().Call();
        try
        {
            await inner(http);
        }
        catch (ProblemException problem)
        {
            await problem.Answer.ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is listening any more.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            await AnswerOf(failure, http).ExecuteAsync(http);
        }
    }

    private ProblemAnswer AnswerOf(Exception failure, HttpContext http)
    {
        if (failure is BadHttpRequestException bad)
            return ProblemAnswer.ForStatus(bad.StatusCode);
        if (failure is ConflictException)
            return new(ProblemKind.Unavailable) { RetryAfter = ContentionPause };

        var logger = http.RequestServices.GetRequiredService<ILogger<Guard>>();
        var options = http.RequestServices.GetRequiredService<IOptions<LoanReliefWebOptions>>().Value;
        // A job that serves many names every failure; the first stands for them.
        if (options.UnavailableFor((failure as AggregateException)?.InnerException ?? failure) is { } pause)
        {
            logger.LogWarning("{Endpoint} could not reach the store: {Failure}", endpoint.Name, failure.GetType().Name);
            return new(ProblemKind.Unavailable) { RetryAfter = pause };
        }

        logger.LogError(failure, "{Endpoint} failed", endpoint.Name);
        return new(ProblemKind.InternalError);
    }
}
