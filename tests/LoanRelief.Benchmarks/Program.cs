using System.Runtime.CompilerServices;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

// Reports go where everything goes that is made on this machine and not kept.
var reports = Path.GetFullPath(Path.Combine(Folder(), "..", "..", ".local", "benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance
    .AddJob(Job.Default.WithMaxIterationCount(30))
    // The fastest iteration is what other work on the machine disturbs least.
    .AddColumn(StatisticColumn.Min)
    .WithBuildTimeout(TimeSpan.FromMinutes(10))
    .WithArtifactsPath(reports));

static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
