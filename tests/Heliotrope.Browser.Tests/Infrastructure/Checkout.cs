namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>Where the sources are.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Heliotrope.slnx")) ? folder.FullName : Find(folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout."));
}
