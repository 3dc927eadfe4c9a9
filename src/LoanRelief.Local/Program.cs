using Azure;
using LoanRelief.Local;
using LoanRelief.Local.Demo;
using LoanRelief.Tables;
using LoanRelief.Web;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
    // "Production" would be the framework's default; this host is for one machine.
    EnvironmentName = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? "Local",
});
var demo = args.Contains(DemoSettings.Switch);
if (demo)
    builder.AddDemonstration();
try
{
    builder.AddLocalHost();
}
catch (Exception failure) when (failure is InvalidOperationException or ArgumentException)
{
    Console.Error.WriteLine($"A setting is wrong. {failure.Message}");
    return 1;
}

var app = builder.Build();
app.UseHostFiltering();
app.MapLoanRelief();
if (demo)
    app.MapDemoInbox();
try
{
    await app.Services.GetRequiredService<TablesSetup>().EnsureAsync(CancellationToken.None);
}
catch (Exception failure) when (failure is RequestFailedException or AggregateException)
{
    Console.Error.WriteLine($"The storage does not answer ({failure.GetBaseException().Message}). Start everything with ./run, or set Storage__ConnectionString.");
    return 1;
}

await app.RunAsync();
return 0;
