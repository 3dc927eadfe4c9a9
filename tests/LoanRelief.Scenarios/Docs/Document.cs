using System.Text.RegularExpressions;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Docs;

/// <summary>A Markdown document to be tried by its reader: each <c>bash</c> block is a call, the block after it what the call answers.</summary>
internal sealed partial class Document
{
    private readonly string _file;
    private readonly string _text;

    private Document(string path)
    {
        (Path, _file) = (path, RepositoryRoot.At(path));
        _text = File.ReadAllText(_file);
        Calls = [.. Call.Matches(_text).Select(call => new DocumentedCall(
            $"{path}:{_text.AsSpan(0, call.Index).Count('\n') + 2}",
            call.Groups["command"].Value.TrimEnd(),
            call.Groups["answer"].Value.TrimEnd().Split('\n')))];
        Assert.True(Calls.Count == Fence.Count(_text), $"{path} has a bash block that no json or http block follows.");
    }

    /// <summary>From the root of the repository.</summary>
    public string Path { get; }

    public IReadOnlyList<DocumentedCall> Calls { get; }

    /// <summary>The day on which the document lets the clock stand still.</summary>
    public DateOnly Day => DateOnly.ParseExact(At.Match(_text).Groups["day"].Value, "O", null);

    /// <summary>Options of <c>./run</c> that the document names.</summary>
    public IReadOnlySet<string> RunOptions => Options.Matches(_text).Select(option => option.Groups["name"].Value).ToHashSet();

    /// <summary>Links to files of this repository, from its root.</summary>
    public IReadOnlySet<string> LinkedFiles => Link.Matches(_text)
        .Select(link => System.IO.Path.GetRelativePath(RepositoryRoot.Path, System.IO.Path.Join(System.IO.Path.GetDirectoryName(_file), link.Groups["target"].Value)))
        .ToHashSet();

    public static Document Read(string path) => new(path);

    /// <summary>Puts other answers in the place of those that are shown.</summary>
    public void Rewrite(IEnumerable<IReadOnlyList<string>> answers)
    {
        var next = new Queue<IReadOnlyList<string>>(answers);
        File.WriteAllText(_file, Call.Replace(_text, call =>
        {
            var shown = call.Groups["answer"];
            return $"{call.Value[..(shown.Index - call.Index)]}{string.Join('\n', next.Dequeue())}\n{call.Value[(shown.Index - call.Index + shown.Length)..]}";
        }));
    }

    [GeneratedRegex(@"^```bash\n(?<command>.*?)^```\n\s*^```(json|http)\n(?<answer>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Call { get; }

    [GeneratedRegex("^```bash$", RegexOptions.Multiline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"\./run --at (?<day>[0-9-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex At { get; }

    [GeneratedRegex(@"\./run (?<name>--\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Options { get; }

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)#]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link { get; }
}

/// <param name="Place">Path and line of the command, for a reader of the test's message.</param>
/// <param name="Command">For bash, at the address that is the program's default.</param>
/// <param name="Shown">The lines of the answer; <see cref="Excerpt"/> says how they leave some out.</param>
internal sealed record DocumentedCall(string Place, string Command, IReadOnlyList<string> Shown);
