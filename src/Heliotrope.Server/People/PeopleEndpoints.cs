using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>Who works here, and each colleague's page.</summary>
internal static class PeopleEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/people", async (string? left, ListUsers list, Pages pages, HttpContext http) =>
            (await list.Run(http.Actor(), left == "yes")).Match(
                people => Pages.Component<PeoplePage>(new { Viewer = pages.Viewer(http), People = people, Left = left == "yes" }),
                Pages.Refused));
        var one = desk.MapGroup("/people/{id:long}");
        one.MapGet("", (long id, Screen screen, HttpContext http) => screen.Show(http, id, FormState.Fresh));
        one.MapPost("", Change);
        one.MapPost("/away", async (long id, [FromForm] string? away, [FromForm] string? until, SayAway say, Screen screen, HttpContext http) =>
            await screen.After(http, id, (await say.Run(http.Actor(), id, new(away == "yes", DateOf(until)), http.RequestAborted)).Refusal, ("until", until))).ForReaders();
        one.MapPost("/leave", async (long id, ChangeUser change, Screen screen, HttpContext http) =>
            await screen.After(http, id, (await change.Leave(http.Actor(), id, http.RequestAborted)).Refusal is { } refusal ? refusal with { Field = null } : null));
        one.MapPost("/return", async (long id, ChangeUser change, Screen screen, HttpContext http) =>
            await screen.After(http, id, (await change.Return(http.Actor(), id, http.RequestAborted)).Refusal is { } refusal ? refusal with { Field = null } : null));
    }

    private static async Task<IResult> Change(long id, ChangeUser change, Screen screen, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var body = new UserBody(
            form["name"].ToString(),
            Enum.TryParse<Role>(form["role"], ignoreCase: true, out var role) && form["role"].ToString().All(char.IsLetter) ? role : null,
            form["languages"].ToString().Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries),
            [.. form["skill"].Select(skill => long.TryParse(skill, NumberStyles.None, CultureInfo.InvariantCulture, out var driver) ? driver : 0)],
            int.TryParse(form["room"], NumberStyles.None, CultureInfo.InvariantCulture, out var room) ? room : 0);
        return await screen.After(
            http, id, (await change.Run(http.Actor(), id, body, http.RequestAborted)).Refusal,
            ("name", form["name"]), ("role", form["role"]), ("languages", form["languages"]), ("room", form["room"]), ("skill", string.Join('\n', form["skill"].ToArray())));
    }

    private static DateTimeOffset? DateOf(string? until) =>
        DateTime.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new DateTimeOffset(at, Zone.Here.GetUtcOffset(at)) : null;

    /// <summary>A colleague's page, as it stands and after something was done.</summary>
    internal sealed class Screen(Store store, ListUsers users, Pages pages)
    {
        public async Task<IResult> Show(HttpContext http, long id, FormState form)
        {
            var found = await users.Get(http.Actor(), id);
            if (found.Refusal is { } refusal)
            {
                return Pages.Refused(refusal);
            }

            var drivers = await store.Read(db => db.Drivers.OrderBy(d => d.Name).Select(d => new NamedRef(d.Id, d.Name)).ToListAsync());
            return Pages.Form<PersonPage>(new { Viewer = pages.Viewer(http), Person = found.Value, Drivers = (IReadOnlyList<NamedRef>)drivers, Form = form }, again: form.Errors.Count > 0);
        }

        public async Task<IResult> After(HttpContext http, long id, Refusal? refused, params (string Name, string? Value)[] typed) => refused switch
        {
            null => Results.LocalRedirect($"/people/{id}"),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } => Pages.Refused(refused),
            _ => await Show(http, id, Pages.Again(refused, typed)),
        };
    }
}
