namespace LoanRelief.Testing;

/// <summary>Where the repository lies on this machine, found by walking up to <c>Serverless.sln</c>.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>Folder for what is installed or stored locally; not under version control.</summary>
    public static string Local => Directory.CreateDirectory(At(".local")).FullName;

    public static string At(params ReadOnlySpan<string> parts) =>
        System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Serverless.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Serverless.sln above {AppContext.BaseDirectory}: tests run from within the repository.");
    }
}
