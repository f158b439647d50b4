using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Live;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Demo;

/// <summary>
/// Takes the demo company away: all that is marked, with everything in it, and nothing else. What real people wrote into its
/// conversations goes with them; real conversations that its people or teams had stay, and belong to nobody.
/// </summary>
internal sealed class RemoveDemo(Store store, TimeProvider time)
{
    /// <summary>Small enough that a reply never waits long for its turn.</summary>
    private const int MostAtOnce = 40;

    public async Task<Result<DemoDetails>> Run(Actor actor, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (await store.Write(db => Claim(db, actor), cancel) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await store.Write(MarkStrays, cancel);
            while (await store.Write(RemoveConversations, cancel) > 0 || await store.Write(FreeConversations, cancel) > 0)
            {
                // Until none is left; small batches let others write in between.
            }

            await store.Write(RemoveCompany, cancel);
        }
        finally
        {
            await Replaying.End(store);
        }

        return new DemoDetails(DemoState.None);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/demo/remove",
            async (RemoveDemo remove, HttpContext http) => (await remove.Run(http.Actor(), http.RequestAborted)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("removeDemo").WithSummary("Take the demo company away, and nothing else").Answers<DemoDetails>();

    private async Task<Refusal?> Claim(HeliotropeDb db, Actor actor)
    {
        if (await Replaying.IsOn(db, time.Now()))
        {
            return Replaying.Busy;
        }

        if (!await db.Settings.AnyAsync(s => s.Key == SettingKeys.Demo))
        {
            return new Refusal(RefusalKind.Conflict, "demo.missing", "The demo company is not here.");
        }

        await Replaying.Hold(db, time.Now());
        db.Audit.Add(AuditLine.Of(actor, "demo.removed", "", time.Now()));
        return null;
    }

    /// <summary>Whoever was interrupted between a mail and its mark left a conversation unmarked; its mail tells where it came from.</summary>
    private static async Task<int> MarkStrays(HeliotropeDb db)
    {
        var strays = await db.Conversations.Include(c => c.Customer)
            .Where(c => !c.Demo && db.Entries.Any(e => e.ConversationNumber == c.Number && db.RawMail.Any(m => m.Id == e.RawMailId && m.Source == "demo")))
            .Take(MostAtOnce).ToListAsync();
        foreach (var stray in strays)
        {
            await DemoStates.Mark(db, stray);
        }

        return strays.Count;
    }

    private async Task<int> RemoveConversations(HeliotropeDb db)
    {
        await Replaying.Hold(db, time.Now());
        var numbers = await db.Conversations.Where(c => c.Demo || c.Customer!.Demo).OrderBy(c => c.Number).Select(c => c.Number).Take(MostAtOnce).ToListAsync();
        var mail = await db.Entries.Where(e => numbers.Contains(e.ConversationNumber) && e.RawMailId != null).Select(e => e.RawMailId!.Value).ToListAsync();
        var bytes = await db.Outbox.Where(o => o.ConversationNumber != null && numbers.Contains(o.ConversationNumber.Value)).Select(o => o.BytesId).Distinct().ToListAsync();
        var tags = await db.ConversationTags.Where(t => numbers.Contains(t.ConversationNumber)).Select(t => t.TagId).Distinct().ToListAsync();

        // What was done with them can no longer be taken back, and its journal holds their words.
        await db.UndoSteps.Where(s => db.UndoRows.Any(r => r.StepId == s.Id && numbers.Contains(r.ConversationNumber!.Value))).ExecuteDeleteAsync();

        // With a conversation go its entries and their files, checks, drafts, tags and mails.
        await db.Conversations.Where(c => numbers.Contains(c.Number)).ExecuteDeleteAsync();
        await db.RawMail.Where(m => mail.Contains(m.Id)).ExecuteDeleteAsync();
        await db.OutboxBytes.Where(b => bytes.Contains(b.Id)).ExecuteDeleteAsync();
        await db.Tags.Where(t => tags.Contains(t.Id) && !db.ConversationTags.Any(c => c.TagId == t.Id)).ExecuteDeleteAsync();
        db.Touched.UnionWith(numbers);
        return numbers.Count;
    }

    /// <summary>Real conversations that a team of the demo company had: an answer to them is due as where no team is.</summary>
    private static async Task<int> FreeConversations(HeliotropeDb db)
    {
        var held = await db.Conversations.Where(c => !c.Demo && db.Teams.Any(t => t.Id == c.TeamId && t.Demo)).OrderBy(c => c.Number).Take(MostAtOnce).ToListAsync();
        foreach (var conversation in held)
        {
            conversation.BelongTo(null);
            conversation.Retarget(AnswerRules.Usual);
        }

        return held.Count;
    }

    private async Task<bool> RemoveCompany(HeliotropeDb db)
    {
        await db.Customers.Where(c => c.Demo).ExecuteDeleteAsync();
        await db.Organisations.Where(o => o.Demo).ExecuteDeleteAsync();
        await db.OwnFields.Where(f => f.Demo).ExecuteDeleteAsync();
        await db.Segments.Where(s => s.Demo).ExecuteDeleteAsync();
        await db.Articles.Where(a => a.Demo).ExecuteDeleteAsync();
        await db.Macros.Where(m => m.Demo).ExecuteDeleteAsync();
        await db.Plays.Where(p => p.Demo).ExecuteDeleteAsync();
        await db.NextAnswers.Where(a => a.Demo).ExecuteDeleteAsync();
        await db.Rules.Where(r => r.Demo).ExecuteDeleteAsync();
        await db.OurAddresses.Where(a => a.Demo).ExecuteDeleteAsync();
        await db.Teams.Where(t => t.Demo).ExecuteDeleteAsync();
        await db.Drivers.Where(d => d.Demo).ExecuteDeleteAsync();
        await db.SavedViews.Where(v => v.Demo || (v.Sharing == Sharing.Own && db.Users.Any(u => u.Id == v.OwnerId && u.Demo))).ExecuteDeleteAsync();
        await db.Users.Where(u => u.Demo).ExecuteDeleteAsync();
        var today = FigureDay.Of(time.Now());
        await db.WeekBaselines.Where(b => b.Demo || (b.Of == 0 && b.Monday < today - (today % 7))).ExecuteDeleteAsync(); // weeks of which nothing else is known
        await KeepFigures.ForgetDays(db, CancellationToken.None);
        await db.Settings.Where(s => s.Key == SettingKeys.Demo).ExecuteDeleteAsync();
        db.Touched.Add(LiveChange.Settings);
        return true;
    }
}
