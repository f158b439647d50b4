using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Macros;

/// <summary>Finds and reads macros.</summary>
internal sealed class ListMacros(Store store)
{
    /// <summary>More than anybody reads through.</summary>
    public const int Most = 500;

    /// <summary>Those that somebody is offered, by name.</summary>
    public async Task<Result<IReadOnlyList<MacroDetails>>> Run(Actor actor)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<IReadOnlyList<MacroDetails>>>(actor, async db =>
        {
            var macros = await db.MacrosFor(actor).Include(m => m.Words).OrderBy(m => m.Name).ThenBy(m => m.Id).Take(Most).ToListAsync();
            var (names, brands) = (await Teams.Names.Of(db), await BrandNames.Of(db));
            return macros.ConvertAll(macro => Of(macro, names, brands));
        });
    }

    public async Task<Result<MacroDetails>> Open(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<MacroDetails>>(actor, async db =>
            await db.MacrosFor(actor).Include(m => m.Words).FirstOrDefaultAsync(m => m.Id == id) is { } macro ? Of(macro, await Teams.Names.Of(db), await BrandNames.Of(db)) : Unknown(id));
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "macro.unknown", $"There is no macro {id}.");

    public static MacroDetails Of(Macro macro, Teams.Names names, IReadOnlyList<NamedRef> brands) => new(
        macro.Id, macro.Name, macro.Words.Find(words => words.Language.Length == 0)?.Text ?? "",
        macro.Words.Where(words => words.Language.Length > 0).OrderBy(words => words.Language, StringComparer.Ordinal).ToDictionary(words => words.Language, words => words.Text),
        ActList.FromJson(macro.Acts).Match(ActBodies.Write, _ => []),
        macro.OwnerId is not null, names.Teams.FirstOrDefault(team => team.Id == macro.TeamId), macro.Uses, macro.UsedAt, macro.UpdatedAt)
    { Brand = brands.FirstOrDefault(brand => brand.Id == macro.BrandId) };

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/macros", async (ListMacros list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .WithName("listMacros").WithSummary("List macros by name").Answers<IReadOnlyList<MacroDetails>>();
        api.MapGet("/macros/{id:long}", async (long id, ListMacros list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getMacro").WithSummary("Read a macro").Answers<MacroDetails>();
    }
}
