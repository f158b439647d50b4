using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>Messages and notes that say the words, the newest first: the index is read from its end, and only as far as a page needs.</summary>
internal static class FoundMessages
{
    /// <summary>Notes are few among messages: of words that stand everywhere only the newest places are looked through for them.</summary>
    private const int MostForNotes = 2_000;

    private sealed record Hit(long Id, long Number, string Subject, ConversationState State, string Customer, string Author, DateTimeOffset At, string Text);

    /// <summary>Conversations by their newest message that says the words, each once.</summary>
    public static async Task<(IReadOnlyList<FoundConversation> Rows, string? Next)> Page(HeliotropeDb db, IQueryable<Conversation> among, IReadOnlyList<Sought> sought, int most, long? before)
    {
        var found = new Dictionary<long, Hit>();
        var (last, more) = (before, true);
        while (more && found.Count <= most)
        {
            var hits = await Hits(db, among, sought, EntryKind.Message, last).Take(most + 1).ToListAsync();
            more = hits.Count > most;
            last = hits.Count > 0 ? hits[^1].Id : last;
            var shown = before is { } first ? await ShownBefore(db, sought, hits, first) : [];
            foreach (var hit in hits.Where(h => !shown.Contains(h.Number)))
            {
                found.TryAdd(hit.Number, hit);
            }
        }

        var rows = found.Values.OrderByDescending(h => h.Id).ToList();
        var page = rows.Take(most).Select(h => new FoundConversation(h.Number, h.Subject, h.State, h.Customer, h.At, h.Id, Excerpt.Of(h.Text, sought))).ToList();
        return (page, rows.Count > most ? rows[most - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    public static async Task<IReadOnlyList<FoundNote>> Notes(HeliotropeDb db, IQueryable<Conversation> among, IReadOnlyList<Sought> sought, int most) =>
        [.. (await Hits(db, among, sought, EntryKind.Note, null).Take(most).ToListAsync()).Select(h => new FoundNote(h.Number, h.Subject, h.Author, h.At, h.Id, Excerpt.Of(h.Text, sought)))];

    private static IQueryable<Hit> Hits(HeliotropeDb db, IQueryable<Conversation> among, IReadOnlyList<Sought> sought, EntryKind kind, long? before)
    {
        var rows = db.EntriesThatSay(sought);
        rows = before is { } id ? rows.Where(row => row.Id < id) : rows;
        rows = kind is EntryKind.Note ? rows.OrderByDescending(row => row.Id).Take(MostForNotes) : rows;
        return from row in rows
               join e in db.Entries on row.Id equals e.Id
               join c in among on e.ConversationNumber equals c.Number
               where e.Kind == kind
               orderby row.Id descending
               select new Hit(row.Id, c.Number, c.Subject, c.State, c.Customer!.Name, e.FromName, e.At, e.Text);
    }

    /// <summary>Those that a page before has shown by a newer message.</summary>
    private static async Task<HashSet<long>> ShownBefore(HeliotropeDb db, IReadOnlyList<Sought> sought, List<Hit> hits, long first)
    {
        var numbers = hits.Select(h => h.Number).Distinct().ToList();
        return await db.Entries.Where(e => numbers.Contains(e.ConversationNumber) && e.Kind == EntryKind.Message && e.Id >= first)
            .Join(db.EntriesThatSay(sought), e => e.Id, row => row.Id, (e, _) => e.ConversationNumber).ToHashSetAsync();
    }
}
