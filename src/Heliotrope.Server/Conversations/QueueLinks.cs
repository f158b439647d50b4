namespace Heliotrope.Server.Conversations;

/// <summary>Addresses of lists, and of conversations reached from them.</summary>
internal static class QueueLinks
{
    public static string To(string path, string? view, long? team, string? tag)
    {
        var parts = new List<string>();
        if (view is not (null or "open"))
        {
            parts.Add("view=" + view);
        }

        if (team is { } id)
        {
            parts.Add($"team={id}");
        }

        if (!string.IsNullOrEmpty(tag))
        {
            parts.Add("tag=" + Uri.EscapeDataString(tag));
        }

        return parts.Count == 0 ? path : path + "?" + string.Join('&', parts);
    }
}
