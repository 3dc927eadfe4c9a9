using System.Runtime.CompilerServices;
using LoanRelief.Functions.Orchestrations;
using LoanRelief.Web.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Http;

/// <summary>Answers what the HTTP functions are asked, by the code that answers in every host. A function has the name of its endpoint.</summary>
internal sealed class Api(ApiEndpoints endpoints, DurableClient durable)
{
    /// <summary>For what only reads.</summary>
    public Task AnswerAsync(HttpRequest request, [CallerMemberName] string name = "") => endpoints[name](request.HttpContext);

    /// <summary>For what may change a case: its orchestration is told through this client.</summary>
    public Task AnswerAsync(HttpRequest request, DurableTaskClient client, [CallerMemberName] string name = "")
    {
        durable.Use(client);
        return endpoints[name](request.HttpContext);
    }
}
