using System.Text.Json;
using LoanRelief.Domain.Values;

namespace LoanRelief.Tables.Cases;

/// <summary>The index tables of cases.</summary>
internal enum CaseList
{
    Open,
    Closed,
    Outcome,
    DeadLetters,
}

/// <summary>A place at which a case has to be found, and what is to be read there.</summary>
internal readonly record struct IndexPlace(CaseList List, string Key, string Json)
{
    public static IndexPlace Of<T>(CaseList list, string key, T value) => new(list, key, JsonSerializer.Serialize(value, DomainJson.Options));
}

/// <summary>Names an index row: a place and a mark of the attempt that wrote it, so that no two attempts write the same row.</summary>
internal readonly record struct IndexRow(CaseList List, string Key)
{
    private const int MarkLength = 16;

    public static IndexRow At(IndexPlace place, Guid attempt) => new(place.List, $"{place.Key}~{attempt.ToString("N")[..MarkLength]}");

    public bool IsAt(IndexPlace place) => List == place.List && Key.Length == place.Key.Length + 1 + MarkLength && Key.StartsWith(place.Key, StringComparison.Ordinal);
}
