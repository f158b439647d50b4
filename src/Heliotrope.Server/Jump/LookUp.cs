using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Search;
using Heliotrope.Server.Views;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Jump;

/// <summary>A place that somebody may want to go to.</summary>
/// <param name="Kind">person, team, view, customer or conversation.</param>
/// <param name="Id">Its id within the kind.</param>
/// <param name="Words">What it is called.</param>
/// <param name="Hint">What tells it from others of the name; may be empty.</param>
/// <param name="Href">Its address.</param>
internal sealed record JumpPlace(string Kind, string Id, string Words, string Hint, string Href);

/// <summary>Finds places for the palette by a few letters: saved views, colleagues, teams, customers and conversations that the one who asks may see.</summary>
internal sealed class LookUp(Store store)
{
    private const int MostOfAKind = 6;
    private const int LongestAsked = 100;

    /// <summary>A single letter is in nearly everything.</summary>
    private const int Shortest = 2;

    /// <summary>The newest are looked through by their subject; older ones are for the search.</summary>
    private const int MostLookedThrough = 2_000;

    public async Task<Result<IReadOnlyList<JumpPlace>>> Run(Actor actor, string? asked)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var words = (asked ?? "").Storable(LongestAsked).Trim();
        return await store.Read<Result<IReadOnlyList<JumpPlace>>>(actor, async db => words.Length == 0
            ? new List<JumpPlace>([.. await Views(db, actor, ""), .. await People(db, actor, ""), .. await Teams(db, "")])
            : new List<JumpPlace>([.. await ByNumber(db, words), .. await Views(db, actor, words), .. await People(db, actor, words), .. await Teams(db, words), .. await Customers(db, words), .. await Conversations(db, words)]));
    }

    private static async Task<IReadOnlyList<JumpPlace>> ByNumber(HeliotropeDb db, string words) =>
        long.TryParse(words.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await db.Conversations.Where(c => c.Number == number).Select(c => new { c.Number, c.Subject, Customer = c.Customer!.Name }).FirstOrDefaultAsync() is { } found
            ? [new("conversation", $"{found.Number}", $"{found.Number} {found.Subject}".Trim(), found.Customer, $"/conversations/{found.Number}")]
            : [];

    private static async Task<IReadOnlyList<JumpPlace>> Views(HeliotropeDb db, Actor actor, string words) =>
        [.. (await ReadViews.All(db, actor)).Select(each => each.View).Where(view => view.Name.Contains(words, StringComparison.CurrentCultureIgnoreCase)).Take(MostOfAKind)
            .Select(view => new JumpPlace("view", $"{view.Id}", view.Name, "", $"/conversations?view={view.Id}"))];

    /// <summary>Whoever leads may look at a colleague's day; everybody at their own.</summary>
    private static async Task<IReadOnlyList<JumpPlace>> People(HeliotropeDb db, Actor actor, string words)
    {
        var like = Pattern(words);
        return !actor.MayLead ? [] : [.. (await db.Users.Where(u => EF.Functions.Like(Small.Letters(u.Name), like, "\\")).OrderBy(u => u.Name).Take(MostOfAKind).Select(u => new { u.Id, u.Name, u.Email }).ToListAsync())
            .Select(u => new JumpPlace("person", $"{u.Id}", u.Name, u.Email ?? "", $"/day/{u.Id}"))];
    }

    private static async Task<IReadOnlyList<JumpPlace>> Teams(HeliotropeDb db, string words)
    {
        var like = Pattern(words);
        return [.. (await db.Teams.Where(t => EF.Functions.Like(Small.Letters(t.Name), like, "\\")).OrderBy(t => t.Name).Take(MostOfAKind).Select(t => new { t.Id, t.Name }).ToListAsync())
            .Select(t => new JumpPlace("team", $"{t.Id}", t.Name, "", $"/conversations?team={t.Id}"))];
    }

    /// <summary>By the words of the search, so that both find the same people; those we heard from last first.</summary>
    private static async Task<IReadOnlyList<JumpPlace>> Customers(HeliotropeDb db, string words)
    {
        var query = Query.Read(words);
        return words.Length < Shortest || !query.Terms.All(term => term is TextTerm { Not: false }) ? []
            : [.. (await FoundPeople.Of(db, query, MostOfAKind)).Select(found => new JumpPlace("customer", $"{found.Id}", found.Name, found.Address == found.Name ? "" : found.Address, $"/customers/{found.Id}"))];
    }

    private static async Task<IReadOnlyList<JumpPlace>> Conversations(HeliotropeDb db, string words)
    {
        if (words.Length < Shortest)
        {
            return [];
        }

        var like = Pattern(words);
        return [.. (await db.Conversations.Where(c => !c.IsSpam).OrderByDescending(c => c.LastActivityAt).ThenByDescending(c => c.Number).Take(MostLookedThrough)
                .Where(c => EF.Functions.Like(Small.Letters(c.Subject), like, "\\") || EF.Functions.Like(Small.Letters(c.Customer!.Name), like, "\\"))
                .Take(MostOfAKind)
                .Select(c => new { c.Number, c.Subject, Customer = c.Customer!.Name })
                .ToListAsync())
            .Select(c => new JumpPlace("conversation", $"{c.Number}", c.Subject.Length > 0 ? c.Subject : Shell.Words.T("conversation.no-subject"), $"{c.Customer} · {c.Number}", $"/conversations/{c.Number}"))];
    }

    private static string Pattern(string words) =>
        $"%{words.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/palette", async (string? q, LookUp look, HttpContext http) =>
        (await look.Run(http.Actor(), q)).Match<IResult>(places => TypedResults.Ok(places), refusal => refusal.ToProblem()));
}
