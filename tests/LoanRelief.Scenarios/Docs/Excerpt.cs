namespace LoanRelief.Scenarios.Docs;

/// <summary>Lines of an answer with some left out, each gap marked by a line <c>...</c>.</summary>
/// <remarks>A gap stands for one line or more, none of which is indented less than the mark: it never hides where a list or an object ends.</remarks>
internal static class Excerpt
{
    private const string Gap = "...";

    public static bool IsOf(IReadOnlyList<string> excerpt, IReadOnlyList<string> answer) =>
        Find([.. excerpt], [.. answer], (shown, line) => shown == line) is not null;

    /// <summary>The same excerpt of another answer: the same members, whatever their values; the whole answer if it has them no more.</summary>
    public static IReadOnlyList<string> Again(IReadOnlyList<string> excerpt, IReadOnlyList<string> answer) =>
        Find([.. excerpt], [.. answer], (shown, line) => Name(shown) == Name(line)) ?? answer;

    /// <summary>The excerpt as it reads in the answer, or null if it is none of it.</summary>
    private static IReadOnlyList<string>? Find(ReadOnlySpan<string> excerpt, ReadOnlySpan<string> answer, Func<string, string, bool> fits)
    {
        if (excerpt.IsEmpty)
            return answer.IsEmpty ? [] : null;
        var shown = excerpt[0];
        if (shown.Trim() != Gap)
            return !answer.IsEmpty && fits(shown, answer[0]) && Find(excerpt[1..], answer[1..], fits) is { } rest ? [answer[0], .. rest] : null;
        for (var hidden = 1; hidden <= answer.Length && Indent(answer[hidden - 1]) >= Indent(shown); hidden++)
        {
            if (Find(excerpt[1..], answer[hidden..], fits) is { } found)
                return [shown, .. found];
        }

        return null;
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    /// <summary>The name of a member or header with its indentation; the whole line if there is none.</summary>
    private static string Name(string line) => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var end ? line[..end] : line.TrimEnd(',');
}
