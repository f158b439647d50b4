using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>Files whose name or text has the words, the newest first.</summary>
internal static class FoundFiles
{
    public static async Task<IReadOnlyList<FoundFile>> Of(HeliotropeDb db, IQueryable<Conversation> among, IReadOnlyList<Sought> sought, int most)
    {
        var hits = await (
            from row in db.FilesThatSay(sought)
            join a in db.Attachments on row.Id equals a.Id
            join t in db.AttachmentTexts on a.Id equals t.AttachmentId
            join e in db.Entries on a.EntryId equals e.Id
            join c in among on e.ConversationNumber equals c.Number
            orderby row.Id descending
            select new { row.Id, a.Name, a.Size, c.Number, c.Subject, e.At, t.Text }).Take(most).ToListAsync();
        return hits.ConvertAll(h => new FoundFile(
            h.Id, Excerpt.Of(h.Name, sought), h.Size, h.Number, h.Subject, h.At,
            Excerpt.Of(h.Text, sought) is var pieces && pieces.Any(p => p.Marked) ? pieces : []));
    }
}
