using System.Runtime.CompilerServices;

namespace Heliotrope.Server.Tests.Shell;

/// <summary>The server's own source files, for tests that read what the pages ask for.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    public static string Server { get; } = Path.Combine(Root, "src", "Heliotrope.Server");

    /// <summary>Each page and class of the server with its text.</summary>
    public static IEnumerable<(string Path, string Text)> Of(params string[] extensions) =>
        from path in Directory.EnumerateFiles(Server, "*", SearchOption.AllDirectories)
        where extensions.Contains(Path.GetExtension(path))
        let within = Path.GetRelativePath(Server, path)
        where !within.StartsWith("obj", StringComparison.Ordinal) && !within.StartsWith("bin", StringComparison.Ordinal)
        select (within, File.ReadAllText(path));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Heliotrope.slnx")))
                return folder;
        throw new InvalidOperationException("The repository's root is not above the tests.");
    }
}
