using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Counts and tags of lists.</summary>
internal static class QueueFilters
{
    /// <summary>Counting further would cost more than anybody would read.</summary>
    public const int CountUpTo = 999;

    public static string Shown(int count) => count > CountUpTo ? $"{CountUpTo}+" : count.ToString(CultureInfo.CurrentCulture);

    /// <summary>The tag with this name, however it is written; one that nobody knows has no conversations. Null when none is asked for.</summary>
    public static async Task<Tag?> TagOf(HeliotropeDb db, string? name) => string.IsNullOrEmpty(name)
        ? null
        : (await db.Tags.OrderBy(t => t.Id).Take(ChangeTags.MostInAll).ToListAsync()).Find(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? new() { Name = name };

    /// <summary>Those with this tag; all of them when none is asked for.</summary>
    public static IQueryable<Conversation> Tagged(HeliotropeDb db, IQueryable<Conversation> query, Tag? tag)
    {
        var id = tag?.Id;
        return id is null ? query : query.Where(c => db.ConversationTags.Any(t => t.ConversationNumber == c.Number && t.TagId == id));
    }

    public static async Task<IReadOnlyList<TeamCount>> Teams(HeliotropeDb db)
    {
        var open = QueueLists.NeedsPerson(db.Conversations.WithoutSpam());
        var teams = await db.Teams.OrderBy(t => t.Name).Take(ListTeams.Most)
            .Select(t => new { t.Id, t.Name, Open = open.Where(c => c.TeamId == t.Id).Select(c => c.Number).Take(CountUpTo + 1).Count() })
            .ToListAsync();
        return teams.ConvertAll(t => new TeamCount(t.Id, t.Name, Shown(t.Open)));
    }
}
