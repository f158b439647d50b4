using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>The colleagues who can be named in a note here: those who may see it.</summary>
internal sealed class Mentionable(Store store)
{
    public async Task<Result<IReadOnlyList<PersonRef>>> Run(Actor actor, long number)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<IReadOnlyList<PersonRef>>>(actor, async db =>
            await db.Conversations.AnyAsync(c => c.Number == number) ? (await MentionPeople.Of(db, number)).ToList() : Refusal.NoConversation(number));
    }

    /// <summary>For the page's script, which completes names.</summary>
    public static void Map(IEndpointRouteBuilder desk) =>
        desk.MapGet("/conversations/{number:long}/people/choices", async (long number, Mentionable people, HttpContext http) => (await people.Run(http.Actor(), number)).ToApi());
}
