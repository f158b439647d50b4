namespace Heliotrope.Bench;

/// <summary>A data folder of its own, gone afterwards. On the disk under artifacts/, since /tmp may be memory.</summary>
public sealed class BenchFolder : IDisposable
{
    /// <summary>The folder of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    public BenchFolder()
    {
        Path = System.IO.Path.Combine(Root, "artifacts", "bench", Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(Path);
    }

    public static string Executable => FindExecutable();

    public string Path { get; }

    /// <summary>What the environment says to a server that works in this folder, besides where it is.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Heliotrope.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new BenchException("Run this from a checkout: there is no Heliotrope.slnx above the program.");
    }

    private static string FindExecutable()
    {
        var file = System.IO.Path.Combine(Root, "src/Heliotrope.Server/bin/Release/net10.0/heliotrope");
        return File.Exists(file) ? file : throw new BenchException("The server is not built yet: ./heliotrope --help builds it.");
    }
}
