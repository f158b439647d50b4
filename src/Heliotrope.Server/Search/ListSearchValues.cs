using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>Something that can be put into a query where the cursor stands.</summary>
/// <param name="Text">What takes the place of the piece.</param>
/// <param name="Says">What it means, in a few words; empty when it says so itself.</param>
/// <param name="More">A value has to follow.</param>
public sealed record Suggestion(string Text, string Says, bool More);

/// <summary>What can be put in, and where.</summary>
/// <param name="Start">Where the piece begins that it takes the place of, from 0.</param>
/// <param name="Length">How long that piece is.</param>
/// <param name="Items">The suggestions, in order; none when nothing fits.</param>
public sealed record Suggestions(int Start, int Length, IReadOnlyList<Suggestion> Items);

/// <summary>Completes a query: operators and their choices from the one catalogue, names from what the actor may see.</summary>
internal sealed class ListSearchValues(Store store)
{
    private const int Most = 8;

    public async Task<Result<Suggestions>> Run(Actor actor, string? q, int? at)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var text = q is null ? "" : q.Length > Query.MaxText ? q[..Query.MaxText] : q;
        if (Completion.At(text, at ?? text.Length) is not { } typed)
        {
            return new Suggestions(0, 0, []);
        }

        if (typed.Operator is not { } of)
        {
            return new Suggestions(typed.Start, typed.Length, typed.Typed.Length == 0 ? [] : [.. typed.Names.Take(Most).Select(o => new Suggestion(o.Name + ":", Words.T("search.says." + o.Name), true))]);
        }

        var names = of.Source is ValueSource.None ? [] : await store.Read(actor, db => Names(db, of.Source, typed.Typed.Storable(Query.MaxText)));
        return new Suggestions(typed.Start, typed.Length, [.. typed.Choices.Concat(names.Select(Completion.Written)).Distinct().Take(Most).Select(value => new Suggestion(value, "", false))]);
    }

    private static async Task<List<string>> Names(HeliotropeDb db, ValueSource source, string typed)
    {
        var lower = Small.Typed(typed);
        if (source is ValueSource.Customers)
        {
            var named = db.CustomersNamed(typed);
            return await db.Customers.Where(p => named.Contains(p.Id)).OrderByDescending(p => p.Id).Select(p => p.Name).Take(Most).ToListAsync();
        }

        var names = source switch
        {
            ValueSource.Teams => db.Teams.Where(t => !db.HiddenTeams.Contains(t.Id)).Select(t => t.Name),
            ValueSource.Colleagues => db.Users.Select(u => u.Name),
            ValueSource.Tags => db.Tags.Where(t => db.ConversationTags.Any(c => c.TagId == t.Id)).Select(t => t.Name),
            ValueSource.Drivers => db.Drivers.Select(d => d.Name),
            ValueSource.Organisations => db.Organisations.Select(o => o.Name),
            ValueSource.Brands => db.Brands.Select(b => b.Name),
            ValueSource.Segments => db.Segments.Select(s => s.Name),
            _ => null,
        };
        return names is null ? [] : await names.Where(n => Small.Letters(n).Contains(lower)).OrderBy(n => n).Take(Most).ToListAsync();
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/search/suggestions",
            async (string? q, int? at, ListSearchValues list, HttpContext http) => (await list.Run(http.Actor(), q, at)).ToApi())
        .WithName("suggestSearch").WithSummary("What can be put into a query where the cursor stands").Answers<Suggestions>();
}
