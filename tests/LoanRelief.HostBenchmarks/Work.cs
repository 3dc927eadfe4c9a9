using System.Diagnostics;
using System.Globalization;

namespace LoanRelief.HostBenchmarks;

/// <summary>Processor time of everybody on the machine who has to do with the cases.</summary>
/// <param name="Storage">Azurite.</param>
/// <param name="Host">The contestant.</param>
/// <param name="Callers">This process: the banks that answer, and their webhook.</param>
internal readonly record struct Work(TimeSpan Storage, TimeSpan Host, TimeSpan Callers)
{
    public static Work Now(Storage storage, Contestant contestant) => new(storage.ProcessorTime, contestant.ProcessorTime, Of(Environment.ProcessId));

    public static TimeSpan Of(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime;
    }

    public static Work operator +(Work a, Work b) => new(a.Storage + b.Storage, a.Host + b.Host, a.Callers + b.Callers);

    public static Work operator -(Work a, Work b) => new(a.Storage - b.Storage, a.Host - b.Host, a.Callers - b.Callers);

    /// <summary>In words, for each of some cases.</summary>
    public string Per(int cases) => string.Create(
        CultureInfo.InvariantCulture,
        $"storage {Storage.TotalMilliseconds / cases:0.0}, host {Host.TotalMilliseconds / cases:0.0}, callers {Callers.TotalMilliseconds / cases:0.0} ms a case");
}
