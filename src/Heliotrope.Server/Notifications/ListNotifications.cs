using Heliotrope.Core;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>Something that somebody is told of.</summary>
/// <param name="Id">The id.</param>
/// <param name="Reason">Why it is them.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Subject">What the conversation is about; may be empty.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="About">What happened, in a few words; may be empty.</param>
/// <param name="By">Who did it; empty where nobody did.</param>
/// <param name="At">When it last happened (UTC).</param>
/// <param name="Count">How often while it was not read.</param>
/// <param name="Read">Whether it was read.</param>
public sealed record NotificationRow(long Id, Reason Reason, long Conversation, string Subject, string Customer, string About, string By, DateTimeOffset At, int Count, bool Read);

/// <summary>A page of what somebody is told.</summary>
/// <param name="Unread">What was not read, newest first; only on the first page.</param>
/// <param name="Earlier">What was read, newest first.</param>
/// <param name="Next">The id to go on after; null at the end.</param>
public sealed record NotificationList(IReadOnlyList<NotificationRow> Unread, IReadOnlyList<NotificationRow> Earlier, long? Next);

/// <summary>Lists what a person is told. A key is nobody's, so there is none of it in the API (docs/decisions/0031).</summary>
internal sealed class ListNotifications(Store store)
{
    public const int MostUnread = 100;
    private const int PageSize = 50;

    public async Task<Result<NotificationList>> Run(Actor actor, long? after)
    {
        if (!actor.MayRead || actor.Kind is not ActorKind.Person || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read(actor, async db =>
        {
            var unread = after is null ? await Rows(db, Theirs(db, user).Where(n => n.ReadAt == null).OrderByDescending(n => n.At).ThenByDescending(n => n.Id), MostUnread) : [];
            var earlier = await Rows(db, Theirs(db, user).Where(n => n.ReadAt != null && (after == null || n.Id < after)).OrderByDescending(n => n.Id), PageSize + 1);
            return earlier.Count > PageSize ? new NotificationList(unread, earlier[..PageSize], earlier[PageSize - 1].Id) : new NotificationList(unread, earlier, null);
        });
    }

    /// <summary>What is shown at a person's bell: what they may see, and not of what was put away as spam since.</summary>
    public static IQueryable<Notification> Theirs(HeliotropeDb db, long user) =>
        db.Notifications.Where(n => n.UserId == user && n.Bell && db.Conversations.Any(c => c.Number == n.ConversationNumber && !c.IsSpam));

    private static Task<List<NotificationRow>> Rows(HeliotropeDb db, IQueryable<Notification> some, int most) => some.Take(most)
        .Select(n => new
        {
            Told = n,
            Place = db.Conversations.Where(c => c.Number == n.ConversationNumber).Select(c => new { c.Subject, Customer = c.Customer!.Name, Address = c.Customer.Addresses.OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefault() }).First(),
        })
        .Select(n => new NotificationRow(
            n.Told.Id, n.Told.Reason, n.Told.ConversationNumber, n.Place.Subject, n.Place.Customer != "" ? n.Place.Customer : n.Place.Address ?? "", n.Told.About, n.Told.ByName, n.Told.At, n.Told.Count, n.Told.ReadAt != null))
        .ToListAsync();

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/notifications", async (long? after, string? off, ListNotifications list, Pages pages, HttpContext http) => (await list.Run(http.Actor(), after)).Match(
            found => Pages.Component<NotificationsPage>(new { Viewer = pages.Viewer(http), View = found, Off = BecauseWords.Find(off) }),
            Pages.Refused));

        // What a page asks for when its bell rings.
        desk.MapGet("/notifications/bell", async (ListNotifications list, NotificationSettings settings, TimeProvider time, HttpContext http) =>
        {
            var found = await list.Run(http.Actor(), null);
            if (found.Refusal is { } refusal)
            {
                return refusal.ToProblem();
            }

            var mine = await settings.Of(http.Actor());
            var fresh = found.Value.Unread.Where(row => row.At > time.Now() - Ringing).Take(MostRinging).Select(row => new BellNews(row.Id, row.Count, row.Conversation, BecauseWords.Title(row), BecauseWords.Of(row)));
            return TypedResults.Ok(new BellState(found.Value.Unread.Count, mine.IsQuietAt(time.Now()), [.. fresh]));
        });
    }

    /// <summary>What a browser that comes back late is not told aloud.</summary>
    private static readonly TimeSpan Ringing = TimeSpan.FromMinutes(2);

    private const int MostRinging = 5;
}

/// <summary>How a bell stands, for the page's script.</summary>
/// <param name="Unread">How many were not read.</param>
/// <param name="Quiet">Whether nothing is to ring now.</param>
/// <param name="News">What may be said aloud.</param>
internal sealed record BellState(int Unread, bool Quiet, IReadOnlyList<BellNews> News);

/// <summary>What a browser says aloud: a customer's name and a subject, and the reason; no words of the conversation.</summary>
internal sealed record BellNews(long Id, int Count, long Conversation, string Title, string Body);
