using System.Text.Json;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>What the rows of a file are: loans, or entries of a list.</summary>
internal abstract class RowKind<T>
    where T : class
{
    /// <summary>Columns that a CSV file has to have.</summary>
    public abstract IReadOnlyList<string> Required { get; }

    /// <summary>Columns that it may have.</summary>
    public abstract IReadOnlyList<string> Optional { get; }

    /// <summary>The type of the JSON object on a line.</summary>
    public abstract Type Body { get; }

    /// <summary>A row of a CSV file; what is wrong with single fields is gathered in <see cref="CsvFields.Errors"/>.</summary>
    public abstract T Read(CsvFields fields);

    /// <summary>A line of an NDJSON file that has the form of <see cref="Body"/>.</summary>
    /// <param name="found">Gets what keeps it from being read.</param>
    /// <returns>Null when something does.</returns>
    public abstract T? Read(JsonElement json, List<Refusal> found);

    /// <summary>What the rules say against a row; fields are paths in the JSON.</summary>
    public abstract IReadOnlyList<Refusal> Check(T content);

    /// <summary>The column in which a member stands, by its path; null for none.</summary>
    public virtual string? ColumnOf(string? path) => path is not null && (Required.Contains(path) || Optional.Contains(path)) ? path : null;
}
