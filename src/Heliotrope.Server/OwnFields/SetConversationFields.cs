using Heliotrope.Core;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.OwnFields;

/// <summary>Values for own fields.</summary>
/// <param name="Fields">By the names of the fields; null or an empty text takes a value away. What is not named stays.</param>
public sealed record FieldsBody(IReadOnlyDictionary<string, string?>? Fields);

/// <summary>Sets the values of a conversation's own fields.</summary>
internal sealed class SetConversationFields(Store store)
{
    public async Task<Result<IReadOnlyList<FieldDetails>>> List(Actor actor, long number) =>
        !actor.MayRead ? Refusal.NotAllowed
        : await store.Read<Result<IReadOnlyList<FieldDetails>>>(actor, async db =>
            await db.Conversations.AnyAsync(c => c.Number == number) ? await FieldRows.Of(db, FieldTarget.Conversation, number) : Refusal.NoConversation(number));

    public async Task<Result<IReadOnlyList<FieldDetails>>> Run(Actor actor, long number, FieldsBody body, CancellationToken cancel) =>
        !actor.MayWork ? Refusal.NotAllowed
        : await store.Write<Result<IReadOnlyList<FieldDetails>>>(
            actor,
            async db =>
            {
                if (!await db.Conversations.AnyAsync(c => c.Number == number, cancel))
                {
                    return Refusal.NoConversation(number);
                }

                if (await FieldRows.Set(db, FieldTarget.Conversation, number, body.Fields) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync(cancel);
                return await FieldRows.Of(db, FieldTarget.Conversation, number);
            },
            cancel);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/conversations/{number:long}/fields", async (long number, SetConversationFields set, HttpContext http) => (await set.List(http.Actor(), number)).ToApi())
            .WithName("getConversationFields").WithSummary("Read the own fields of a conversation").Answers<IReadOnlyList<FieldDetails>>();
        api.MapPut("/conversations/{number:long}/fields", async (long number, FieldsBody body, SetConversationFields set, HttpContext http) =>
                (await set.Run(http.Actor(), number, body, http.RequestAborted)).ToApi())
            .WithName("setConversationFields").WithSummary("Set the own fields of a conversation").Answers<IReadOnlyList<FieldDetails>>();
    }
}
