namespace Heliotrope.Mail.Tests;

/// <summary>Where test messages lie: our own in this project, and more, made by others, beside the repository when someone put them there.</summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.Combine(Root(), "tests", "Heliotrope.Mail.Tests", "Corpus");

    public static IReadOnlyList<string> Files() => [.. Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal)];

    /// <summary>The folder with material made by others; null when it is not there.</summary>
    public static string? Shared()
    {
        var folder = Environment.GetEnvironmentVariable("HELIOTROPE_SHARED_DATA") ?? Path.Combine(Root(), "..", "shared", "data");
        return Directory.Exists(folder) ? folder : null;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Heliotrope.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }
        return folder;
    }
}
