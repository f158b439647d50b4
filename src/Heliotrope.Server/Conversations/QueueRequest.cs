using Heliotrope.Server.Happiness;

namespace Heliotrope.Server.Conversations;

/// <summary>Which list a person looks at: one by name, or the conversations behind a figure; all of it, or those of a team or with a tag.</summary>
internal sealed record QueueRequest(
    string? View, string? After, DateOnly? From = null, DateOnly? To = null, string? Ending = null, FigureFilter? Filter = null, string? Late = null, string? Tag = null)
{
    public long? Team => Filter?.Team;

    /// <summary>The list beside a conversation, as its address says.</summary>
    public static QueueRequest Beside(HttpContext http, string? view) => new(
        view, null, Filter: FigureFilter.Of(http.Request.Query["team"], null, null), Tag: http.Request.Query["tag"].FirstOrDefault());
}
