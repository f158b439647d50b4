using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>
/// Counts anew when answers are due after hours or targets have changed: the first part with the change itself, the rest by a worker.
/// How far it came is kept in the database, so that a stop in the midst of it loses nothing.
/// </summary>
internal static class Recount
{
    public const int MostAtOnce = 500;

    /// <summary>Followed by the team's id, or by 0 for what has none, or by an address of ours.</summary>
    public const string Key = "recount-";

    /// <summary>Begins, inside the transaction of the change and after it is saved.</summary>
    public static Task Begin(HeliotropeDb db, long? team) => Go(db, (team ?? 0).ToString(CultureInfo.InvariantCulture), after: 0);

    /// <summary>The same for what came to an address of ours.</summary>
    public static Task BeginAt(HeliotropeDb db, string ourAddress) => Go(db, ourAddress, after: 0);

    /// <summary>Goes on where it stopped.</summary>
    public static async Task<bool> GoOn(HeliotropeDb db)
    {
        if (await db.Settings.AsNoTracking().Where(s => s.Key.StartsWith(Key)).OrderBy(s => s.Key).FirstOrDefaultAsync() is not { } left)
        {
            return false;
        }

        await Go(db, left.Key[Key.Length..], long.Parse(left.Value, CultureInfo.InvariantCulture));
        return true;
    }

    private static async Task Go(HeliotropeDb db, string which, long after)
    {
        var rules = await TeamRules.Of(db);
        var waiting = await Of(db, which)
            .Where(c => c.WaitingSince != null && c.Number > after && (c.State == ConversationState.Open || c.State == ConversationState.Snoozed))
            .OrderBy(c => c.Number)
            .Take(MostAtOnce)
            .ToListAsync();
        foreach (var conversation in waiting)
        {
            conversation.Retarget(rules.For(conversation));
        }

        var key = Key + which;
        if (waiting.Count == MostAtOnce)
        {
            await Organisation.Set(db, key, waiting[^1].Number.ToString(CultureInfo.InvariantCulture));
        }
        else if (await db.Settings.FindAsync(key) is { } done)
        {
            db.Settings.Remove(done);
        }

        await db.SaveChangesAsync();
    }

    private static IQueryable<Conversation> Of(HeliotropeDb db, string which)
    {
        if (!long.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return db.Conversations.Where(c => c.OurAddress == which);
        }

        long? team = id == 0 ? null : id;
        return db.Conversations.Where(c => c.TeamId == team);
    }
}

/// <summary>Wakes whoever counts anew.</summary>
internal sealed class RecountBell : Bell;

/// <summary>Counts the rest.</summary>
internal sealed class RecountWorker(Store store, RecountBell bell, ILogger<RecountWorker> log)
    : Worker(TimeSpan.FromMinutes(1), "When answers are due could not be counted anew", log, bell)
{
    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (await store.Write(Recount.GoOn, cancel))
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }
}
