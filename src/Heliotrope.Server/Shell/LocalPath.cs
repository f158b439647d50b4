namespace Heliotrope.Server.Shell;

/// <summary>Where a form may lead to.</summary>
internal static class LocalPath
{
    /// <summary>An address on this server, or null: a link must not send people elsewhere.</summary>
    public static string? Of(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal) && !address.Any(char.IsControl) ? address : null;
}
