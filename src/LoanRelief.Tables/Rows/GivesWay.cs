using Azure.Core;
using Azure.Core.Pipeline;
using LoanRelief.Desk;

namespace LoanRelief.Tables.Rows;

/// <summary>Requests of work in the background go to the storage when calls that somebody waits for leave room; each attempt by itself.</summary>
internal sealed class GivesWay(RightOfWay rightOfWay) : HttpPipelinePolicy
{
    /// <summary>From so many bytes on a request is large: some twenty rows of an index. A step of a case has some ten thousand.</summary>
    private const int Large = 12 * 1024;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!RightOfWay.IsGivingWay)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        using (await rightOfWay.PassAsync(IsLarge(message.Request), message.CancellationToken))
            await ProcessNextAsync(message, pipeline);
    }

    /// <exception cref="NotSupportedException">The stores are asynchronous.</exception>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The stores are asynchronous.");

    /// <summary>Also a query: it brings a page of up to a thousand rows.</summary>
    private static bool IsLarge(Request request) => request.Content is { } content
        ? !content.TryComputeLength(out var length) || length >= Large
        : request.Method == RequestMethod.Get && request.Uri.Path.EndsWith("()", StringComparison.Ordinal);
}
