using System.Reflection;
using System.Text.RegularExpressions;
using LoanRelief.Functions.Http;
using LoanRelief.Web.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace LoanRelief.Functions.Tests.Http;

/// <summary>The functions are written one by one, so that each can be named, secured and metered; here they are held against the one table of endpoints.</summary>
public partial class FunctionListTests
{
    private static readonly HttpFunction[] Functions =
    [
        .. from type in typeof(Api).Assembly.GetTypes()
           from method in type.GetMethods()
           let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
           let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
           where name is not null && trigger is not null
           select new HttpFunction(name, method, trigger),
    ];

    [Fact]
    public void Every_endpoint_has_a_function_of_its_name_method_and_path_and_no_function_is_without_an_endpoint() =>
        Assert.Equal(
            ApiEndpoints.Routes.Select(route => $"{route.Name}: {route.Method} {route.Route}").Order(),
            Functions.Select(function => $"{function.Name}: {function.HttpMethod} {Constraint.Replace(function.Path, "")}").Order());

    /// <summary>The host takes the first that fits, by name; it knows no precedence of literal paths.</summary>
    [Fact]
    public void No_function_takes_what_is_for_one_whose_name_comes_later() =>
        Assert.Empty(
            from late in Functions
            from early in Functions
            where early.HttpMethod == late.HttpMethod && StringComparer.OrdinalIgnoreCase.Compare(early.Name, late.Name) < 0
            where early.Takes(Constraint.Replace(late.Path, ""))
            select $"{early.Name} takes {late.Path} from {late.Name}");

    [Fact]
    public void A_function_answers_with_the_endpoint_of_its_own_name() =>
        Assert.All(Functions, function => Assert.Equal(function.Name, function.Method.Name));

    [Fact]
    public void Without_a_key_nobody_sees_more_than_whether_the_program_runs_and_what_it_understands() =>
        Assert.Equal(
            ["ExplainProblem", "GetOpenApi", "Live", "Ready", "Welcome"],
            Functions.Where(function => function.Trigger.AuthLevel != AuthorizationLevel.Function).Select(function => function.Name).Order());

    /// <summary>Without it the orchestration would hear of the change from the watchdog, minutes later.</summary>
    [Theory]
    [InlineData("PutLoan"), InlineData("ImportLoans"), InlineData("OpenCase"), InlineData("RedriveDeadLetter"), InlineData("MoveClock"), InlineData("RunJob")]
    [InlineData("SuspendOrchestration"), InlineData("ResumeOrchestration"), InlineData("TerminateOrchestration"), InlineData("RestartOrchestration")]
    [InlineData("ReportContact"), InlineData("ReportIntent"), InlineData("ReportDocuments"), InlineData("ReportApproval"), InlineData("ReportGuarantorConsent")]
    [InlineData("ReportSignature"), InlineData("ReportBooking"), InlineData("ReportWithdrawal"), InlineData("ReportHold"), InlineData("ReportRelease")]
    public void What_changes_a_case_can_tell_its_orchestration(string name) =>
        Assert.Contains(Functions.Single(function => function.Name == name).Method.GetParameters(), parameter => parameter.ParameterType == typeof(DurableTaskClient));

    [Fact]
    public void Every_fact_can_tell_its_orchestration() =>
        Assert.All(
            Functions.Where(function => function.Trigger.Route!.Contains("/facts/", StringComparison.Ordinal)),
            function => What_changes_a_case_can_tell_its_orchestration(function.Name));

    [Fact]
    public void A_function_takes_the_request_and_nothing_that_the_endpoint_would_have_to_know() =>
        Assert.All(Functions, function => Assert.Equal(typeof(HttpRequest), function.Method.GetParameters()[0].ParameterType));

    /// <summary>Of a parameter in a path.</summary>
    [GeneratedRegex(@"(?<=\{\w+):[^}]+(?=\})")]
    private static partial Regex Constraint { get; }

    private sealed record HttpFunction(string Name, MethodInfo Method, HttpTriggerAttribute Trigger)
    {
        private static readonly DefaultInlineConstraintResolver Resolver = new(Options.Create(RouteOptions()), new ServiceCollection().BuildServiceProvider());

        public string Path => Trigger.Route == PublicFunctions.Root ? "/" : "/" + Trigger.Route;

        public string HttpMethod => Trigger.Methods!.Single().ToUpperInvariant();

        public bool Takes(string path)
        {
            var (template, values) = (TemplateParser.Parse(Path.TrimStart('/')), new RouteValueDictionary());
            return new TemplateMatcher(template, []).TryMatch(path, values) && template.Parameters.All(parameter => parameter.InlineConstraints.All(
                constraint => Resolver.ResolveConstraint(constraint.Constraint)!.Match(null, null, parameter.Name!, values, RouteDirection.IncomingRequest)));
        }

        private static RouteOptions RouteOptions()
        {
            var options = new RouteOptions();
            options.SetParameterPolicy<RegexInlineRouteConstraint>("regex");
            return options;
        }
    }
}
