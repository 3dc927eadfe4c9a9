using System.Runtime.CompilerServices;
using CsCheck;

namespace LoanRelief.Domain.Tests;

/// <summary>How many cases each property is tried with where it says nothing else: 100,000, or what <c>CsCheck_Iter</c> says.</summary>
internal static class PropertyCases
{
    public static long Count => Check.Iter;

    [ModuleInitializer]
    internal static void Initialize() =>
        Check.Iter = long.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var wanted) ? wanted : 100_000;
}
