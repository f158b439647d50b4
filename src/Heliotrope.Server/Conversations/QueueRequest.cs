using System.Globalization;

namespace Heliotrope.Server.Conversations;

/// <summary>Which list a person looks at: one by name, or the conversations behind a figure; all of it, or those of a team or with a tag.</summary>
internal sealed record QueueRequest(string? View, string? After, DateOnly? From = null, DateOnly? To = null, string? Ending = null, long? Team = null, string? Tag = null)
{
    /// <summary>The list beside a conversation, as its address says.</summary>
    public static QueueRequest Beside(HttpContext http, string? view) => new(
        view, null,
        Team: long.TryParse(http.Request.Query["team"], NumberStyles.None, CultureInfo.InvariantCulture, out var team) ? team : null,
        Tag: http.Request.Query["tag"].FirstOrDefault());
}
