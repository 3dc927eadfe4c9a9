using System.Collections.Frozen;
using System.Text.Json;

namespace LoanRelief.Domain.Values;

/// <summary>Enum members as JSON writes them, without writing JSON.</summary>
internal static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => Table<T>.Names.TryGetValue(value, out var name) ? name : value.ToString();

    public static string Of<T>(IEnumerable<T> values) where T : struct, Enum => string.Join(", ", values.Select(Of));

    private static class Table<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Names =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    }
}
