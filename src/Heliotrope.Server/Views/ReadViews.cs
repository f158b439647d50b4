using System.Globalization;
using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Search;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Views;

/// <summary>The saved views that somebody has, in their order, and how many conversations they find in each.</summary>
internal static class ReadViews
{
    /// <summary>More than anybody would look through.</summary>
    public const int MostOwn = 100;

    /// <summary>All that are shared, whoever has them.</summary>
    public const int MostShared = 200;

    /// <summary>The menu holds no more; the others are on their page.</summary>
    public const int MostInMenu = 20;

    /// <summary>Whether an address names a saved view.</summary>
    public static bool IsId(string? text) => IdOf(text) is not null;

    /// <summary>The saved view with an id, for this person; null when there is none for them.</summary>
    public static async Task<SavedView?> Find(HeliotropeDb db, Actor actor, string? text) => IdOf(text) is { } id ? await Find(db, actor, id) : null;

    /// <summary>The saved view with an id, for this person; null when there is none for them.</summary>
    public static async Task<SavedView?> Find(HeliotropeDb db, Actor actor, long id) =>
        await db.SavedViews.FirstOrDefaultAsync(v => v.Id == id) is { } view && view.IsFor(actor, await TeamsOf(db, actor)) ? view : null;

    /// <summary>Every view that somebody has, in their order, with what they chose.</summary>
    public static async Task<IReadOnlyList<(SavedView View, bool Pinned)>> All(HeliotropeDb db, Actor actor)
    {
        var me = actor.Person;
        var teams = await TeamsOf(db, actor);
        var views = await db.SavedViews.Where(v => v.Sharing != Sharing.Own || v.OwnerId == me).OrderBy(v => v.Id).Take(MostOwn + MostShared).ToListAsync();
        var choices = await db.ViewChoices.Where(c => c.UserId == me).ToDictionaryAsync(c => c.ViewId);
        return [.. Arrangement.Of(views.Where(view => view.IsFor(actor, teams)), view => view.Id, choices).Select(view => (view, choices.GetValueOrDefault(view.Id)?.Pinned ?? true))];
    }

    /// <summary>Those that stand in somebody's menu.</summary>
    public static async Task<IReadOnlyList<SavedRef>> Menu(HeliotropeDb db, Actor actor) =>
        [.. (await All(db, actor)).Where(each => each.Pinned).Take(MostInMenu).Select(each => new SavedRef(each.View.Id, each.View.Name, each.View.MayChange(actor)))];

    /// <summary>How many conversations there are in each, as words such as "23" or "999+": all in one statement, each counted no further than anybody reads.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> Counts(HeliotropeDb db, Actor actor, IReadOnlyList<SavedView> views, DateTimeOffset now)
    {
        if (views.Count == 0)
        {
            return new Dictionary<long, string>();
        }

        var counts = Expression.NewArrayInit(typeof(int), views.Select(view =>
            Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(long)], Conversations(db, actor, view, now).Select(c => c.Number).Take(QueueFilters.CountUpTo + 1).Expression)));
        var of = Expression.Lambda<Func<Setting, int[]>>(counts, Expression.Parameter(typeof(Setting)));
        var found = await db.Settings.Where(s => s.Key == SettingKeys.ReplySecret).Select(of).SingleAsync();
        return views.Zip(found).ToDictionary(each => each.First.Id, each => QueueFilters.Shown(each.Second));
    }

    /// <summary>The conversations of a view, as this person sees them.</summary>
    public static IQueryable<Conversation> Conversations(HeliotropeDb db, Actor actor, SavedView view, DateTimeOffset now) => Matching.On(db, Query.Read(view.Query), actor, now);

    private static async Task<IReadOnlyCollection<long>> TeamsOf(HeliotropeDb db, Actor actor)
    {
        var me = actor.Id;
        return actor.Kind is ActorKind.Person ? await db.TeamMembers.Where(m => m.UserId == me).Select(m => m.TeamId).ToListAsync() : [];
    }

    private static long? IdOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
