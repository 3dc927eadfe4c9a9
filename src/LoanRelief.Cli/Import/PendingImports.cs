using System.Security.Cryptography;
using System.Text;

namespace LoanRelief.Cli.Import;

/// <summary>Imports that were begun on this machine and not yet followed to their end, by what is sent and to whom.</summary>
/// <remarks>
/// So a run that was interrupted goes on with the import instead of sending the file again, and one whose answer got lost is
/// found by the key with which it was sent. Losing one does no harm: the same file again changes nothing.
/// </remarks>
internal sealed class PendingImports(Func<string, string?> environment)
{
    /// <summary>The same for the same bytes, institution and program.</summary>
    public static async Task<string> KeyAsync(BookFile book, Uri host, CancellationToken cancellationToken)
    {
        await using var file = book.File.OpenRead();
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}\n{book.Institution}\n{book.MediaType}\n{content}")).AsSpan(..16));
    }

    /// <summary>The import that was begun and not followed to its end; null when there is none.</summary>
    public PendingImport? Find(string key) => File.Exists(At(key)) && File.ReadAllLines(At(key)) is [{ Length: > 0 } attempt, .. var rest]
        ? new(attempt, rest.FirstOrDefault())
        : null;

    public void Keep(string key, PendingImport import)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(At(key), import.Path is null ? [import.Attempt] : [import.Attempt, import.Path]);
    }

    public void Forget(string key) => File.Delete(At(key));

    private string Folder => Path.Combine(
        environment("LOANRELIEF_STATE") is { Length: > 0 } folder ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "loanrelief"),
        "imports");

    private string At(string key) => Path.Combine(Folder, key);
}

/// <param name="Attempt">Tells it from an earlier import of the same file that came to its end: a book may be sent, changed, and sent as it was before.</param>
/// <param name="Path">Where the import is; null until the program has said so.</param>
internal sealed record PendingImport(string Attempt, string? Path)
{
    public static PendingImport Begin() => new(Guid.NewGuid().ToString("N"), null);

    /// <summary>By which the program recognises a repeat.</summary>
    /// <param name="key">Of the file, the institution and the program.</param>
    public string IdempotencyKey(string key) => $"{key}.{Attempt}";
}
