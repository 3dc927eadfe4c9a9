using System.Reflection;
using System.Text.RegularExpressions;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Values;

/// <summary>0.1 has no binary fraction: no sum of money, rate or share of the domain ever is one.</summary>
public partial class NoBinaryFractionTests
{
    private static readonly Type[] Binary = [typeof(double), typeof(float), typeof(Half), typeof(double?), typeof(float?), typeof(Half?)];

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Fields, parameters, results and local variables, those that the compiler made too.</summary>
    [Fact]
    public void Nothing_in_the_domain_is_a_binary_fraction()
    {
        var found = typeof(Money).Assembly.GetTypes().SelectMany(BinaryFractionsOf).ToList();

        Assert.Empty(found);
    }

    /// <summary>Nor is one made and used up within an expression, which leaves no variable.</summary>
    [Fact]
    public void No_line_of_the_domain_makes_one_in_passing()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src", "LoanRelief.Domain"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"))
            .ToList();

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => InPassing().IsMatch(Words().Replace(line, "")));
    }

    [Theory]
    [InlineData("var share = (double)days / 360;", true)]
    [InlineData("return 0.5 * rate;", true)]
    [InlineData("growth = Math.Pow(1, 2);", true)]
    [InlineData("days += span.TotalDays;", true)]
    [InlineData("reader.TryGetDouble(out var x)", true)]
    [InlineData("return 0.5m * rate;", false)]
    [InlineData("months[1..3].Round(x, 2);", false)]
    public void What_is_looked_for_is_found(string line, bool found) => Assert.Equal(found, InPassing().IsMatch(line));

    private static IEnumerable<string> BinaryFractionsOf(Type type)
    {
        foreach (var field in type.GetFields(Any).Where(field => Binary.Contains(field.FieldType)))
            yield return $"{type.Name}.{field.Name}";
        foreach (var method in type.GetMethods(Any).Cast<MethodBase>().Concat(type.GetConstructors(Any)))
        {
            var types = method.GetParameters().Select(parameter => parameter.ParameterType)
                .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])
                .Append(method is MethodInfo { ReturnType: var result } ? result : typeof(void));
            if (types.Any(Binary.Contains))
                yield return $"{type.Name}.{method.Name}";
        }
    }

    [GeneratedRegex(@"\b(double|float|Half)\b|\b\d+\.\d+(?![\dm.])|\bMath(F)?\.(Pow|Exp|Log|Sqrt)|\.Total(Days|Hours|Minutes|Seconds)\b|GetDouble|GetSingle|ToDouble|ToSingle")]
    private static partial Regex InPassing();

    /// <summary>Texts and comments.</summary>
    [GeneratedRegex("\"[^\"]*\"|//.*")]
    private static partial Regex Words();
}
