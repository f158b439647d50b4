using System.Globalization;
using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Views;

/// <summary>What a view is to be. What is left out stays as it is.</summary>
/// <param name="Name">1 to 60 characters.</param>
/// <param name="Query">Which conversations, in the language of the search, such as <c>is:open promise:at-risk</c>; empty for all.</param>
/// <param name="Order">pressing, newest, oldest or due.</param>
/// <param name="Sharing">own, team or everybody. Leads share; a program has no views of its own.</param>
/// <param name="Team">The id or the name of the team it is shared with.</param>
public sealed record ViewBody(
    string? Name = null, string? Query = null, string? Order = null, string? Sharing = null, [property: JsonConverter(typeof(TextOrNumber))] string? Team = null);

/// <summary>Saves a view, or changes one.</summary>
internal sealed class SaveView(Store store, TimeProvider time)
{
    /// <param name="actor">Who saves.</param>
    /// <param name="id">Which is changed; null for a new one.</param>
    /// <param name="body">What it is to be.</param>
    /// <param name="cancel">Stops before it is stored.</param>
    public async Task<Result<ViewDetails>> Run(Actor actor, long? id, ViewBody body, CancellationToken cancel) => actor.MayWork
        ? await store.Write(actor, db => Save(db, actor, id, body, cancel), cancel)
        : Refusal.NotAllowed;

    private async Task<Result<ViewDetails>> Save(HeliotropeDb db, Actor actor, long? id, ViewBody body, CancellationToken cancel)
    {
        var wish = await Read(db, body);
        if (wish.Refusal is { } refusal)
        {
            return refusal;
        }

        var found = id is { } known ? await Change(db, actor, known, wish.Value) : await Begin(db, actor, wish.Value);
        if (found.Refusal is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(cancel); // the id of a new one
        var view = found.Value;
        if (view.Sharing is not Sharing.Own)
        {
            db.Audit.Add(AuditLine.Of(actor, id is null ? "view.added" : "view.changed", string.Create(CultureInfo.InvariantCulture, $"{view.Id} {view.Name}: {view.Query}").Storable(1_000), time.Now()));
        }

        // One that was given away to a team, or lost with its sharing, may not be there any more for whoever did it.
        return await ListViews.One(db, actor, view.Id) is { } details ? details : ListViews.Unknown(view.Id);
    }

    private async Task<Result<SavedView>> Begin(HeliotropeDb db, Actor actor, ViewWish wish)
    {
        var begun = SavedView.Begin(actor, wish, time.Now());
        if (begun.Refusal is not null)
        {
            return begun;
        }

        var (view, me) = (begun.Value, begun.Value.OwnerId);
        var own = view.Sharing is Sharing.Own;
        var (there, most) = own
            ? (await db.SavedViews.CountAsync(v => v.Sharing == Sharing.Own && v.OwnerId == me), ReadViews.MostOwn)
            : (await db.SavedViews.CountAsync(v => v.Sharing != Sharing.Own), ReadViews.MostShared);
        if (there >= most)
        {
            return new Refusal(RefusalKind.Conflict, "view.too-many", $"There are {most} views already: remove one first.", "name");
        }

        db.SavedViews.Add(view);
        return view;
    }

    private static async Task<Result<SavedView>> Change(HeliotropeDb db, Actor actor, long id, ViewWish wish) =>
        await ReadViews.Find(db, actor, id) is not { } view ? ListViews.Unknown(id)
        : view.Change(actor, wish) is { } refusal ? refusal
        : view;

    private static async Task<Result<ViewWish>> Read(HeliotropeDb db, ViewBody body)
    {
        var order = QueueRequest.OrderOf(body.Order);
        if (order is null && !string.IsNullOrWhiteSpace(body.Order))
        {
            return Refusal.Invalid("view.order", "An order is one of pressing, newest, oldest, due.", "order");
        }

        var sharing = SharingOf(body.Sharing);
        if (sharing is null && !string.IsNullOrWhiteSpace(body.Sharing))
        {
            return Refusal.Invalid("view.sharing", "A view is own, or shared with a team or everybody.", "sharing");
        }

        var team = Names.Find(await Names.OfTeams(db), body.Team, Refusal.Invalid("team.unknown", "No team has this id or name.", "team"));
        return team.Refusal is { } refusal
            ? refusal
            : new ViewWish(body.Name?.Storable(1_000), body.Query?.Storable(SavedView.LongestQuery * 4), order, sharing, team.Value?.Id);
    }

    internal static Sharing? SharingOf(string? text) =>
        text is { Length: > 0 } && text.All(char.IsAsciiLetter) && Enum.TryParse<Sharing>(text, ignoreCase: true, out var sharing) ? sharing : null;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/views", async (ViewBody body, SaveView save, HttpContext http) => (await save.Run(http.Actor(), null, body, http.RequestAborted)).ToApi())
            .WithName("addView").WithSummary("Save a view").Answers<ViewDetails>();
        api.MapPut("/views/{id:long}", async (long id, ViewBody body, SaveView save, HttpContext http) => (await save.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeView").WithSummary("Change a saved view").Answers<ViewDetails>();
    }
}
