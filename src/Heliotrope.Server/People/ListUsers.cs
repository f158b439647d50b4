using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>Lists who can sign in: everybody at the desk may know their colleagues.</summary>
internal sealed class ListUsers(Store store)
{
    public async Task<Result<IReadOnlyList<UserDetails>>> Run(Actor actor) => actor.MayRead
        ? await store.Read(db => db.Users.OrderBy(u => u.Name).ThenBy(u => u.Id).Select(u => new UserDetails(u.Id, u.Name, u.Email!, u.Role)).Take(1_000).ToListAsync())
        : Refusal.NotAllowed;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/users", async (ListUsers list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
        .WithName("listUsers").WithSummary("List who can sign in").Answers<IReadOnlyList<UserDetails>>();
}
