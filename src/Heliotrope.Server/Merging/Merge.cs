using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>Which conversation it becomes part of.</summary>
/// <param name="Into">Its number.</param>
/// <param name="Also">Further conversations that become part of it in the same step; null or empty for none.</param>
public sealed record MergeBody(long? Into, IReadOnlyList<long>? Also = null);

/// <summary>
/// Makes conversations part of another one, with everything that hangs on them. Their numbers lead to it from then on, and mail to them lands in it
/// (docs/decisions/0025).
/// </summary>
internal sealed class Merge(Store store, Current<TeamRules> rules, TimeProvider time)
{
    /// <summary>In one step: more are no longer one matter.</summary>
    public const int Most = 20;

    public async Task<Done> Run(Actor actor, long number, MergeBody body, CancellationToken cancel)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"#{number} → #{body.Into}");
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        List<long> numbers = [number, .. (body.Also ?? []).Where(also => also != number).Distinct()];
        if (numbers.Count > Most)
        {
            return Refusal.Invalid("merge.too-many", $"At most {Most} conversations become one in one step.", "also");
        }

        return await store.Undoable(
            actor,
            "merge",
            async db =>
            {
                foreach (var each in numbers)
                {
                    if (await One(db, actor, each, body.Into ?? 0, cancel) is { } refusal)
                    {
                        return refusal;
                    }
                }

                return null;
            },
            cancel,
            about);
    }

    private async Task<Refusal?> One(HeliotropeDb db, Actor actor, long number, long into, CancellationToken cancel)
    {
        // Whatever else comes into one of them meanwhile waits, and then finds where it leads.
        var rehang = new Rehang(db, store.Engine.Rows, cancel);
        await rehang.Hold(number, into);
        if (await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Number == number, cancel) is not { } from)
        {
            return Refusal.NoConversation(number);
        }

        if (await db.Conversations.FindAsync([into], cancel) is not { } to)
        {
            return Refusal.Invalid("merge.unknown", "There is no conversation with this number.", "into");
        }

        var now = time.Now();
        var said = await Saids.Of(db, e => e.ConversationNumber == number || e.ConversationNumber == into, cancel);
        var due = (await rules.Get()).For(to.TeamId ?? from.TeamId, to.DriverId ?? from.DriverId, to.OurAddress);
        var friction = (await Histories.Of(db, [number, into])).Select(told => Friction.Of(told.History.Happened)).Aggregate((one, other) => one.With(other));
        if (to.Merge(actor, from, said, due, now, friction).Refusal is { } refusal)
        {
            return refusal;
        }

        if (from.CustomerId != to.CustomerId && await Leaving(db, number, cancel))
        {
            return new(RefusalKind.Conflict, "merge.leaving", "A reply is about to leave from one of them.");
        }

        if (await JoinDrafts(db, rehang, number, into, cancel) is { } leaving)
        {
            return leaving;
        }

        await JoinReadings(db, from, to, cancel);
        await TakeAlong.Write(db, number, from.CustomerId, to, now, cancel);
        await db.SaveChangesAsync(cancel);
        await rehang.All(number, into);
        await rehang.Remove(rehang.TypeOf<Conversation>(), [number]);
        db.MergedConversations.Add(new() { Number = number, LeadsTo = into, At = now });
        db.Touched.UnionWith([number, into]);
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>Whether a reply waits for its time: whom it is for must not change under it.</summary>
    internal static Task<bool> Leaving(HeliotropeDb db, long number, CancellationToken cancel) =>
        db.Drafts.IgnoreQueryFilters().AnyAsync(d => d.ConversationNumber == number && d.SendAt != null, cancel);

    /// <summary>Whoever writes in both goes on with both texts in one; what is about to leave must not become longer on its way.</summary>
    private static async Task<Refusal?> JoinDrafts(HeliotropeDb db, Rehang rehang, long number, long into, CancellationToken cancel)
    {
        var drafts = await db.Drafts.IgnoreQueryFilters().Where(d => !d.Apart && (d.ConversationNumber == number || d.ConversationNumber == into)).ToListAsync(cancel);
        foreach (var pair in drafts.GroupBy(d => (d.UserId, d.Kind)).Where(g => g.Count() > 1))
        {
            var (from, to) = (pair.Single(d => d.ConversationNumber == number), pair.Single(d => d.ConversationNumber == into));
            if (from.SendAt is not null || to.SendAt is not null)
            {
                return new(RefusalKind.Conflict, "merge.leaving", "A reply is about to leave from one of them.");
            }

            to.Join(from);
            await db.SaveChangesAsync(cancel);
            var uploads = rehang.TypeOf<Drafts.Upload>();
            await rehang.Repoint(uploads, uploads.FindProperty(nameof(Drafts.Upload.DraftId))!, from.Id, to.Id);
            db.Drafts.Remove(from);
        }

        return null;
    }

    private static async Task JoinReadings(HeliotropeDb db, Conversation from, Conversation to, CancellationToken cancel)
    {
        if (await db.Readings.FindAsync([from.Number], cancel) is { } theirs && await db.Readings.FindAsync([to.Number], cancel) is { } ours)
        {
            ours.Join(theirs, isNewer: from.HappinessStartedAt > to.HappinessStartedAt);
        }
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/conversations/{number:long}/merge",
                async (long number, MergeBody body, Merge merge, HttpContext http) =>
                    await merge.Run(http.Actor(), number, body, http.RequestAborted) is var done && done.Refusal is { } no ? no.ToProblem() : await http.Shown(body.Into!.Value, done))
            .WithName("merge").WithSummary("Make a conversation part of another one").Answers<ConversationDetails>();
        api.MapGet("/conversations/{number:long}/merge",
                async (long number, long? into, PreviewMerge preview, HttpContext http) => (await preview.Run(http.Actor(), [number], into ?? 0, http.RequestAborted)).ToApi())
            .WithName("previewMerge").WithSummary("Say what becoming one would change, without doing it").Answers<MergePreview>();
    }
}
