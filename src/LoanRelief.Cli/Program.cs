using LoanRelief.Cli;
using Spectre.Console;

return await CommandLine.RunAsync(args, AnsiConsole.Console, Environment.GetEnvironmentVariable);
