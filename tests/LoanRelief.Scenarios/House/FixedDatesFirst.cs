using Xunit.Sdk;
using Xunit.v3;

namespace LoanRelief.Scenarios.House;

/// <summary>A story that asserts dates of a calendar; told first, while the clock still stands before them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FixedDatesAttribute : Attribute;

/// <summary>Puts classes with <see cref="FixedDatesAttribute"/> before all others, and these in the order of their names.</summary>
public sealed class FixedDatesFirst : ITestClassOrderer
{
    public IReadOnlyCollection<TTestClass?> OrderTestClasses<TTestClass>(IReadOnlyCollection<TTestClass?> testClasses)
        where TTestClass : ITestClass =>
        [
            .. testClasses
                .OrderBy(each => each is not IXunitTestClass { Class: var type } || !type.IsDefined(typeof(FixedDatesAttribute), inherit: false))
                .ThenBy(each => each?.TestClassName, StringComparer.Ordinal),
        ];
}
