using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>A number that was told once and leads elsewhere now: its conversation became part of another (docs/decisions/0025).</summary>
public sealed class MergedConversation
{
    /// <summary>The number it had.</summary>
    public long Number { get; set; }

    /// <summary>The conversation that it became part of.</summary>
    public long LeadsTo { get; set; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>Finds conversations by numbers that may be of the past.</summary>
internal static class Merged
{
    /// <summary>The conversation with a number, or the one that it became part of; null when there is none.</summary>
    public static async Task<Conversation?> Find(HeliotropeDb db, long number) =>
        await db.Conversations.FindAsync(number) is { } found ? found
        : await Into(db, number) is { } into ? await db.Conversations.FindAsync(into)
        : null;

    /// <summary>What a number of the past leads to; null for any other.</summary>
    public static Task<long?> Into(HeliotropeDb db, long number) =>
        db.MergedConversations.Where(m => m.Number == number).Select(m => (long?)m.LeadsTo).FirstOrDefaultAsync();
}
