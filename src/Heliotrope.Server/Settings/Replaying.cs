using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Settings;

/// <summary>
/// Says that a history is being played in. Its conversations lie in the past and are not complete yet, so the workers that go by
/// the clock of today leave everything alone meanwhile. One that was killed stops counting when its time is up.
/// </summary>
internal static class Replaying
{
    /// <summary>So long a player may say nothing before it counts as dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>The answer to whoever wants to begin meanwhile.</summary>
    public static Refusal Busy { get; } = new(RefusalKind.Conflict, "replay.running", "A history is being played in just now. Try again when it has ended.");

    public static async Task<bool> IsOn(HeliotropeDb db, DateTimeOffset now) =>
        await db.Settings.Where(s => s.Key == SettingKeys.ReplayingUntil).Select(s => s.Value).FirstOrDefaultAsync() is { } until
        && DateTimeOffset.Parse(until, CultureInfo.InvariantCulture) > now;

    /// <summary>Takes the mark, in a write of the caller's.</summary>
    public static Task Hold(HeliotropeDb db, DateTimeOffset now) =>
        Organisation.Set(db, SettingKeys.ReplayingUntil, (now + Lease).ToString("O", CultureInfo.InvariantCulture));

    public static Task End(Store store) => store.Write(
        async db =>
        {
            if (await db.Settings.FindAsync(SettingKeys.ReplayingUntil) is { } mark)
            {
                db.Settings.Remove(mark);
            }

            return true;
        },
        CancellationToken.None);
}
