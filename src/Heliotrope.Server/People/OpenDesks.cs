using System.Collections.Concurrent;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>Notes, at most once a minute, that somebody's desk is open. All processes read it, so that all know who is at work.</summary>
internal sealed class OpenDesks(Store store, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _noted = [];

    public async Task Note(Actor actor)
    {
        var now = time.Now();
        if (actor is not { Kind: ActorKind.Person, Id: { } id } || (_noted.TryGetValue(id, out var last) && now - last < Every && now >= last))
        {
            return;
        }

        _noted[id] = now;
        await store.Write(db => db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.SeenAt, now)), CancellationToken.None);
    }

    /// <summary>Before a page of the desk is made.</summary>
    public static async ValueTask<object?> Note(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        await context.HttpContext.RequestServices.GetRequiredService<OpenDesks>().Note(context.HttpContext.Actor());
        return await next(context);
    }
}
