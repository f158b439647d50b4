using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>The forms about teams and drivers: beside a conversation, and on the page where they are set.</summary>
internal static class TeamsEndpoints
{
    private const string Path = "/settings/teams";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/conversations/{number:long}/team", async (long number, [FromForm] string? team, GiveToTeam give, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await give.Run(http.Actor(), number, new(team), http.RequestAborted)));
        desk.MapPost("/conversations/{number:long}/driver", async (long number, [FromForm] string? driver, SetDriver set, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await set.Run(http.Actor(), number, new(driver), http.RequestAborted)));
    }

    public static void MapSettings(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/teams", (Screen screen, HttpContext http) => screen.Show(http, null, null));
        admin.MapPost("/teams", async (HttpContext http, ChangeTeam change, Screen screen) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await screen.After(http, "new", form, (await change.Add(http.Actor(), TeamForms.Read(form), http.RequestAborted)).Refusal);
        });
        admin.MapPost("/teams/{id:long}", async (long id, HttpContext http, ChangeTeam change, Screen screen) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return await screen.After(http, id.ToString(CultureInfo.InvariantCulture), form, (await change.Run(http.Actor(), id, TeamForms.Read(form), http.RequestAborted)).Refusal);
        });
        admin.MapPost("/teams/{id:long}/remove", async (long id, HttpContext http, ChangeTeam change, Screen screen) =>
            await screen.After(http, "", null, (await change.Remove(http.Actor(), id, http.RequestAborted)).Refusal));
        admin.MapPost("/drivers", async ([FromForm] string? name, HttpContext http, ChangeDrivers change, Screen screen) =>
            await screen.After(http, "driver-new", http.Request.Form, (await change.Add(http.Actor(), new(name), http.RequestAborted)).Refusal));
        admin.MapPost("/drivers/{id:long}", async (long id, [FromForm] string? name, HttpContext http, ChangeDrivers change, Screen screen) =>
            await screen.After(http, $"driver-{id}", http.Request.Form, (await change.Rename(http.Actor(), id, new(name), http.RequestAborted)).Refusal));
        admin.MapPost("/drivers/{id:long}/remove", async (long id, HttpContext http, ChangeDrivers change, Screen screen) =>
            await screen.After(http, "", null, (await change.Remove(http.Actor(), id, http.RequestAborted)).Refusal));
    }

    /// <summary>The page, as it stands and after something was done.</summary>
    internal sealed class Screen(Store store, Pages pages)
    {
        public Task<IResult> After(HttpContext http, string section, IFormCollection? form, Refusal? refusal) => refusal switch
        {
            null => Task.FromResult(Results.LocalRedirect(Path)),
            { Kind: RefusalKind.NotFound } => Task.FromResult(Pages.Refused(refusal)),
            _ => Show(http, section, TeamForms.Again(refusal, form)),
        };

        public async Task<IResult> Show(HttpContext http, string? section, FormState? form)
        {
            var view = await store.Read(async db => new TeamsView(
                await ListTeams.Read(db),
                await Names.OfDrivers(db),
                (await db.Users.OrderBy(u => u.Name).Take(TeamForms.MostPeople).Select(u => new NamedRef(u.Id, u.Name)).ToListAsync()),
                (await db.OurAddresses.OrderBy(a => a.Address).Select(a => a.Address).ToListAsync()),
                section,
                form));
            return Pages.Form<TeamsPage>(new { Viewer = pages.Viewer(http), View = view }, again: form is not null);
        }
    }
}
