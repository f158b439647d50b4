using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Views;

/// <summary>A saved view.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Query">Which conversations, in the language of the search.</param>
/// <param name="Order">pressing, newest, oldest or due.</param>
/// <param name="Sharing">own, team or everybody.</param>
/// <param name="Team">The team it is shared with; null when it is not.</param>
/// <param name="Owner">The id of the person who made it; null when a program did, or when they are gone.</param>
/// <param name="MayChange">Whether whoever asks may change it.</param>
/// <param name="Pinned">Whether it stands in the menu of whoever asks.</param>
/// <param name="Problems">What of the query could not be understood, or is there no more. It narrows nothing.</param>
public sealed record ViewDetails(
    long Id, string Name, string Query, ListOrder Order, Sharing Sharing, NamedRef? Team, long? Owner, bool MayChange, bool Pinned, IReadOnlyList<string> Problems);

/// <summary>Lists the saved views that somebody has, in their order.</summary>
internal sealed class ListViews(Store store)
{
    public async Task<Result<IReadOnlyList<ViewDetails>>> Run(Actor actor) => actor.MayRead
        ? await store.Read(actor, async db =>
        {
            var teams = await Names.OfTeams(db);
            var found = new List<ViewDetails>();
            foreach (var (view, pinned) in await ReadViews.All(db, actor))
            {
                found.Add(await Details(db, actor, view, pinned, teams));
            }

            return found;
        })
        : Refusal.NotAllowed;

    /// <summary>One of them.</summary>
    public async Task<Result<ViewDetails>> Open(Actor actor, long id) => actor.MayRead
        ? await store.Read<Result<ViewDetails>>(actor, async db => await One(db, actor, id) is { } found ? found : Unknown(id))
        : Refusal.NotAllowed;

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "view.unknown", $"There is no view {id}, or none for you.");

    /// <summary>A view as it stands; null when there is none for this person.</summary>
    public static async Task<ViewDetails?> One(HeliotropeDb db, Actor actor, long id)
    {
        var (view, pinned) = (await ReadViews.All(db, actor)).FirstOrDefault(each => each.View.Id == id);
        return view is null ? null : await Details(db, actor, view, pinned, await Names.OfTeams(db));
    }

    private static async Task<ViewDetails> Details(HeliotropeDb db, Actor actor, SavedView view, bool pinned, List<NamedRef> teams) => new(
        view.Id, view.Name, view.Query, view.Sorting, view.Sharing, teams.Find(team => team.Id == view.TeamId), view.OwnerId, view.MayChange(actor), pinned,
        await ViewProblems.Of(db, actor, Core.Search.Query.Read(view.Query)));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/views", async (ListViews list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .WithName("listViews").WithSummary("List the saved views you have").Answers<IReadOnlyList<ViewDetails>>();
        api.MapGet("/views/{id:long}", async (long id, ListViews list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getView").WithSummary("Read a saved view").Answers<ViewDetails>();
    }
}
