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
    public static async Task<DemoState> Of(HeliotropeDb db, DateTimeOffset now) =>
        await db.Settings.Where(s => s.Key == SettingKeys.Demo).Select(s => s.Value).FirstOrDefaultAsync() switch
        {
            null => DemoState.None,
            "loaded" => DemoState.Loaded,
            _ => await Replaying.IsOn(db, now) ? DemoState.Loading : DemoState.Unfinished,
        };
}
