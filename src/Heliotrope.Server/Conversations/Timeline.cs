using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Entries that a page does not show, as one line that opens.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="First">When the first of them happened (UTC).</param>
/// <param name="Last">When the last of them happened (UTC).</param>
/// <param name="From">The entry from which on the next part is shown.</param>
public sealed record FoldedPart(int Count, DateTimeOffset First, DateTimeOffset Last, long From);

/// <summary>Which entries of a conversation a page shows: in the order of time, however they came together.</summary>
/// <param name="Ids">Those entries; null for all.</param>
/// <param name="Earlier">What comes before them; null when nothing does.</param>
/// <param name="Later">What comes after them; null when nothing does.</param>
internal sealed record TimelinePart(IReadOnlyList<long>? Ids, FoldedPart? Earlier = null, FoldedPart? Later = null)
{
    /// <summary>Everything, as the API gives it.</summary>
    public static readonly TimelinePart Whole = new(null as IReadOnlyList<long>);
}

/// <summary>Finds the part of a conversation that a page shows, without reading the rest.</summary>
internal static class Timeline
{
    /// <summary>What a person looks at when they open a conversation: the newest.</summary>
    private const int Newest = 40;

    /// <summary>How much more a fold opens at a time.</summary>
    private const int Step = 60;

    /// <summary>More at once makes a page slow to draw.</summary>
    private const int Most = 240;

    /// <param name="db">The database.</param>
    /// <param name="number">The conversation.</param>
    /// <param name="from">The first entry to show; null for the newest.</param>
    /// <param name="before">How many before it as well, so that it is seen where it stands.</param>
    public static async Task<TimelinePart> Of(HeliotropeDb db, long number, long? from, int before = 0)
    {
        var all = db.Entries.Where(e => e.ConversationNumber == number);
        var start = from is { } id ? await all.Where(e => e.Id == id).Select(e => new Point(e.At, e.Id)).FirstOrDefaultAsync() : null;
        List<Point> shown;
        if (start is not null)
        {
            start = before == 0 ? start : (await Before(all, start).Take(before).ToListAsync()).LastOrDefault() ?? start;
            shown = await After(all, start, itself: true).Take(Most).ToListAsync();
        }
        else
        {
            shown = await Before(all, null).Take(Newest).ToListAsync();
            shown.Reverse();
        }

        return shown.Count == 0 ? new([]) : new([.. shown.Select(p => p.Id)], await Earlier(all, shown[0]), await Later(all, shown[^1]));
    }

    private static async Task<FoldedPart?> Earlier(IQueryable<Entry> all, Point first)
    {
        var next = (await Before(all, first).Take(Step).ToListAsync()).LastOrDefault();
        var (at, id) = (first.At, first.Id);
        return next is null ? null
            : await all.Where(e => e.At < at || (e.At == at && e.Id < id)).GroupBy(_ => 1)
                .Select(g => new FoldedPart(g.Count(), g.Min(e => e.At), g.Max(e => e.At), next.Id)).SingleAsync();
    }

    private static async Task<FoldedPart?> Later(IQueryable<Entry> all, Point last)
    {
        var next = await After(all, last, itself: false).FirstOrDefaultAsync();
        var (at, id) = (last.At, last.Id);
        return next is null ? null
            : await all.Where(e => e.At > at || (e.At == at && e.Id > id)).GroupBy(_ => 1)
                .Select(g => new FoldedPart(g.Count(), g.Min(e => e.At), g.Max(e => e.At), next.Id)).SingleAsync();
    }

    /// <summary>The newest first.</summary>
    private static IQueryable<Point> Before(IQueryable<Entry> all, Point? point)
    {
        if (point is { At: var at, Id: var id })
        {
            all = all.Where(e => e.At < at || (e.At == at && e.Id < id));
        }

        return all.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => new Point(e.At, e.Id));
    }

    private static IQueryable<Point> After(IQueryable<Entry> all, Point point, bool itself)
    {
        var (at, id) = (point.At, itself ? point.Id : point.Id + 1);
        return all.Where(e => e.At > at || (e.At == at && e.Id >= id)).OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => new Point(e.At, e.Id));
    }

    private sealed record Point(DateTimeOffset At, long Id);
}
