using System.Security.Cryptography;
using System.Text;

namespace LoanRelief.Cli.Import;

/// <summary>Imports that were sent from this machine and not yet followed to their end, by what was sent and to whom.</summary>
/// <remarks>So a run that was interrupted goes on with the import instead of sending the file again. Losing one does no harm: the same file again changes nothing.</remarks>
internal sealed class PendingImports(Func<string, string?> environment)
{
    /// <summary>The same for the same bytes, institution and program.</summary>
    public static async Task<string> KeyAsync(BookFile book, Uri host, CancellationToken cancellationToken)
    {
        await using var file = book.File.OpenRead();
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}\n{book.Institution}\n{book.MediaType}\n{content}")).AsSpan(..16));
    }

    /// <summary>The path of the import; null when none is known.</summary>
    public string? Find(string key) => File.Exists(At(key)) ? File.ReadAllText(At(key)) : null;

    public void Keep(string key, string path)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(At(key), path);
    }

    public void Forget(string key) => File.Delete(At(key));

    private string Folder => Path.Combine(
        environment("LOANRELIEF_STATE") is { Length: > 0 } folder ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "loanrelief"),
        "imports");

    private string At(string key) => Path.Combine(Folder, key);
}
