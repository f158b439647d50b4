using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>A message that leaves later, or that was to leave and did not.</summary>
/// <param name="Id">Its id, by which it is changed.</param>
/// <param name="Kind">reply or forward.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="SendAt">When it leaves (UTC); null when it does not.</param>
/// <param name="Stopped">The code of why it does not leave; empty when somebody stopped it; null while it leaves.</param>
public sealed record WaitingDetails(long Id, DraftKind Kind, AuthorRef From, string Text, DateTimeOffset? SendAt, string? Stopped)
{
    private const int Most = 50;

    internal static async Task<IReadOnlyList<WaitingDetails>> In(HeliotropeDb db, long number)
    {
        var waiting = await db.Drafts.AsNoTracking().Where(d => d.ConversationNumber == number && d.Apart).OrderBy(d => d.Id).Take(Most).ToListAsync();
        var names = waiting.Count == 0 ? _ => "" : await DraftViews.Names(db, waiting);
        return waiting.ConvertAll(d => new WaitingDetails(d.Id, d.Kind, new(names(d), null, d.UserId), d.Text, d.SendAt, d.SendAt is null ? d.Refused : null));
    }
}
