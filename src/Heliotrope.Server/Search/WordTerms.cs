using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>Words in what was said. They are found where all of them stand together: in one message or note, with the subject and the customer's name, or in one file.</summary>
internal static class WordTerms
{
    public static Expression<Func<Conversation, bool>> Subject(Asked asked, Value value)
    {
        var lower = Small.Typed(value.Said);
        return c => Small.Letters(c.Subject).Contains(lower);
    }

    /// <summary>Those in which all of these words are.</summary>
    public static IQueryable<Conversation> With(Asked asked, IQueryable<Conversation> conversations, IReadOnlyList<Sought> all)
    {
        if (all.Count == 0)
        {
            return conversations;
        }

        var (entries, files) = (Entries(asked.Db, all), Files(asked.Db, all));
        return conversations.Where(c => entries.Contains(c.Number) || files.Contains(c.Number));
    }

    /// <summary>Those in which these words are not.</summary>
    public static IQueryable<Conversation> Without(Asked asked, IQueryable<Conversation> conversations, IReadOnlyList<Sought> all)
    {
        foreach (var one in all)
        {
            var (entries, files) = (Entries(asked.Db, [one]), Files(asked.Db, [one]));
            conversations = conversations.Where(c => !entries.Contains(c.Number) && !files.Contains(c.Number));
        }

        return conversations;
    }

    /// <summary>The same of one conversation, read from what it holds: a rule asks this of each message that comes in, and a common word stands in half of all.</summary>
    public static async Task<bool> Hold(HeliotropeDb db, long number, IReadOnlyList<Sought> with, IReadOnlyList<Sought> without, CancellationToken cancel)
    {
        if (with.Count + without.Count == 0)
        {
            return true;
        }

        var about = await db.Conversations.Where(c => c.Number == number).Select(c => c.Subject + " " + c.Customer!.Name).FirstOrDefaultAsync(cancel);
        var entries = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind != EntryKind.Event).Select(e => e.Text).ToListAsync(cancel);
        var files = await (
            from e in db.Entries.Where(e => e.ConversationNumber == number)
            join a in db.Attachments on e.Id equals a.EntryId
            join t in db.AttachmentTexts on a.Id equals t.AttachmentId
            select t.Name + " " + t.Text).ToListAsync(cancel);
        List<string> places = [.. entries.Select(text => $"{text} {about}"), .. files];
        return (with.Count == 0 || places.Exists(text => Sought.AllIn(text, with))) && !places.Exists(text => without.Any(one => Sought.AllIn(text, [one])));
    }

    private static IQueryable<long> Entries(HeliotropeDb db, IReadOnlyList<Sought> all) => db.EntriesThatSay(all).Join(db.Entries, row => row.Id, e => e.Id, (_, e) => e.ConversationNumber);

    private static IQueryable<long> Files(HeliotropeDb db, IReadOnlyList<Sought> all) =>
        db.FilesThatSay(all).Join(db.Attachments, row => row.Id, a => a.Id, (_, a) => a.EntryId).Join(db.Entries, id => id, e => e.Id, (_, e) => e.ConversationNumber);
}
