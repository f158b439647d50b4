using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Settings;

/// <summary>How far the demo company is.</summary>
public enum DemoState
{
    /// <summary>It is not here.</summary>
    None,

    /// <summary>It is being played in.</summary>
    Loading,

    /// <summary>It is here.</summary>
    Loaded,

    /// <summary>Playing it in came to no end: remove it, and load it again.</summary>
    Unfinished,
}

/// <summary>Whether the demo company is here.</summary>
internal static class DemoStates
{
    /// <summary>The answer to whoever wants it twice.</summary>
    public static Refusal IsHere { get; } = new(RefusalKind.Conflict, "demo.loaded", "The demo company is here already. Remove it before it is loaded again.");

    /// <summary>Marks a conversation and, unless somebody real is meant, its customer as part of the demo company.</summary>
    public static async Task Mark(HeliotropeDb db, Conversation conversation)
    {
        conversation.MarkDemo();
        if (!await db.Conversations.AnyAsync(c => c.CustomerId == conversation.CustomerId && c.Number != conversation.Number && !c.Demo))
        {
            conversation.Customer!.MarkDemo();
        }
    }

    public static async Task<DemoState> Of(HeliotropeDb db, DateTimeOffset now) =>
        await db.Settings.Where(s => s.Key == SettingKeys.Demo).Select(s => s.Value).FirstOrDefaultAsync() switch
        {
            null => DemoState.None,
            "loaded" => DemoState.Loaded,
            _ => await Replaying.IsOn(db, now) ? DemoState.Loading : DemoState.Unfinished,
        };
}
