using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Recovery;

/// <summary>An open recovery in the list.</summary>
/// <param name="Number">The conversation.</param>
/// <param name="Subject">What it is about; may be empty.</param>
/// <param name="Customer">Whose confidence is to be restored.</param>
/// <param name="Assignee">Who has it; null for nobody.</param>
/// <param name="Wait">What it waits for.</param>
/// <param name="OpenedAt">Since when (UTC).</param>
/// <param name="Met">Which steps are met, a bit for each.</param>
/// <param name="Missed">Which were missed, in the same way.</param>
public sealed record OpenRecovery(long Number, string Subject, string Customer, string? Assignee, RecoveryWait Wait, DateTimeOffset OpenedAt, int Met, int Missed);

/// <summary>All recoveries: the open ones, and how those of the last 13 weeks ended.</summary>
public sealed record RecoveriesView(IReadOnlyList<OpenRecovery> Open, int OpenInAll, RecoveriesFigures Figures, IReadOnlyList<OutsideCauseReport> Causes);

/// <summary>Reads the page of recoveries.</summary>
internal sealed class RecoveryPages(Store store, TimeProvider time)
{
    /// <summary>More than anybody looks through at once.</summary>
    private const int Most = 200;

    public Task<RecoveriesView> Page(Actor actor) => store.Read(actor, async db =>
    {
        var now = time.Now();
        var span = HappinessScreen.Span(now);
        return new RecoveriesView(await Open(db, null, Most), await CountOpen(db, null), await RecoveriesReport.Of(db, span, now), await OutsideCauses.Of(db, span));
    });

    /// <summary>The open ones, what presses most first; of one colleague, or of all.</summary>
    public static Task<List<OpenRecovery>> Open(HeliotropeDb db, long? assignee, int most) => (
        from c in Recovering(db, assignee)
        join f in db.Figures on c.Number equals f.ConversationNumber
        orderby f.RecoveryWait, f.RecoveryOpenedAt, c.Number
        select new OpenRecovery(
            c.Number, c.Subject, c.Customer!.Name, db.Users.Where(u => u.Id == c.AssigneeId).Select(u => u.Name).FirstOrDefault(), f.RecoveryWait!.Value,
            f.RecoveryOpenedAt!.Value, f.StepsMet, f.StepsMissed)).Take(most).ToListAsync();

    /// <summary>How many are open: of one colleague, or all.</summary>
    public static Task<int> CountOpen(HeliotropeDb db, long? assignee) => Recovering(db, assignee).CountAsync();

    private static IQueryable<Conversation> Recovering(HeliotropeDb db, long? assignee)
    {
        var open = db.Conversations.WithoutSpam().Where(c => db.Figures.Any(f => f.ConversationNumber == c.Number && f.Recovery == RecoveryState.Open));
        return assignee is null ? open : open.Where(c => c.AssigneeId == assignee);
    }
}
