using Heliotrope.Core.Coach;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Coach;

/// <summary>Notes what became of the remarks on a reply that was just sent (docs/method.md, A5).</summary>
internal static class CoachFate
{
    /// <summary>Of each kind that was shown: does it still stand in what was sent?</summary>
    /// <param name="db">The database, in the transaction that sends.</param>
    /// <param name="draft">What was sent, with the kinds that were shown.</param>
    /// <param name="number">The conversation that it is in now.</param>
    public static async Task Write(HeliotropeDb db, Draft draft, long number)
    {
        var shown = RemarkNames.Read(draft.Remarks);
        if (shown.Count == 0 || draft.UserId is not { } author)
        {
            return;
        }

        var customer = await db.Conversations.Where(c => c.Number == number).Select(c => c.CustomerId).SingleAsync();
        var entry = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Message && e.Direction == Direction.Out && e.ForwardedTo == "" && e.UserId == author)
            .OrderByDescending(e => e.Id).Select(e => new { e.Id, e.At }).FirstAsync();
        var inHand = await ReplyMatter.Of(db, number, customer, draft.Text, entry.Id);
        var standing = ReplyCoach.Read(inHand with { Promises = PromiseFinder.In(draft.Text, entry.At, WorkingHours.Usual) }).Select(remark => remark.Kind).ToHashSet();
        db.CoachRemarks.AddRange(shown.Select(kind => new CoachRemark
        {
            ConversationNumber = number,
            EntryId = entry.Id,
            UserId = author,
            Kind = kind,
            Outcome = standing.Contains(kind) ? RemarkOutcome.Ignored : RemarkOutcome.Taken,
            At = entry.At,
        }));
    }
}
