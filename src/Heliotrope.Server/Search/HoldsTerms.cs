using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Search;

namespace Heliotrope.Server.Search;

/// <summary>What hangs on it.</summary>
internal static class HoldsTerms
{
    public static Expression<Func<Conversation, bool>>? Has(Asked asked, Value value)
    {
        var (db, me) = (asked.Db, asked.Me);
        return value.Said switch
        {
            "attachment" => c => db.Entries.Any(e => e.ConversationNumber == c.Number && e.Attachments.Any()),
            "note" => c => db.Entries.Any(e => e.ConversationNumber == c.Number && e.Kind == EntryKind.Note),
            "promise" => c => db.Promises.Any(p => p.ConversationNumber == c.Number),
            "draft" => c => db.Drafts.Any(d => d.ConversationNumber == c.Number && d.UserId == me), // others' are theirs alone
            "reading" => c => db.Readings.Any(r => r.ConversationNumber == c.Number),
            _ => null,
        };
    }

    public static Expression<Func<Conversation, bool>>? Promise(Asked asked, Value value)
    {
        var (db, now) = (asked.Db, asked.Now);
        var tomorrow = asked.Bounds(When.Read("today")!).End;
        return value.Said switch
        {
            "open" => c => db.Promises.Any(p => p.ConversationNumber == c.Number && p.State == PromiseState.Open),
            "due" => c => db.Promises.Any(p => p.ConversationNumber == c.Number && p.State == PromiseState.Open && p.DueAt < tomorrow),
            "at-risk" => c => db.Promises.Any(p => p.ConversationNumber == c.Number && p.State == PromiseState.Open && p.RiskAt <= now),
            "kept" => c => db.Promises.Any(p => p.ConversationNumber == c.Number && (p.State == PromiseState.Kept || p.State == PromiseState.KeptEarly)),
            "early" => c => db.Promises.Any(p => p.ConversationNumber == c.Number && p.State == PromiseState.KeptEarly),
            "renegotiated" => c => db.Promises.Any(p => p.ConversationNumber == c.Number && p.State == PromiseState.Renegotiated),
            "broken" => c => db.Promises.Any(p => p.ConversationNumber == c.Number && p.State == PromiseState.Broken),
            _ => null,
        };
    }
}
