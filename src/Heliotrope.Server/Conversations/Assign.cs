using System.Globalization;
using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Who should answer for it.</summary>
/// <param name="User">The id or the mail address of a colleague; null or empty for nobody.</param>
public sealed record AssignBody([property: JsonConverter(typeof(TextOrNumber))] string? User);

/// <summary>Gives a conversation to somebody.</summary>
internal sealed class Assign(Store store, TimeProvider time)
{
    public Task<Refusal?> Run(Actor actor, long number, AssignBody body, CancellationToken cancel) => store.Change(
        actor,
        number,
        async (db, conversation) =>
        {
            if (string.IsNullOrWhiteSpace(body.User))
            {
                await Do(db, conversation, actor, null, time.Now());
                return null;
            }

            if (await Find(db, body.User) is not { } user)
            {
                return Refusal.Invalid("user.unknown", "No colleague has this id or mail address.", "user");
            }

            await Do(db, conversation, actor, user, time.Now());
            return null;
        },
        cancel);

    /// <summary>Gives it to somebody, or to nobody, with what we promised in it.</summary>
    public static async Task Do(HeliotropeDb db, Conversation conversation, Actor actor, User? user, DateTimeOffset now)
    {
        conversation.Assign(actor, user?.Id, user?.Name ?? "", now);
        if (user is not null)
        {
            await PassPromises.To(db, conversation, user.Id);
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/assign",
            async (long number, AssignBody body, Assign assign, HttpContext http) => await http.Shown(number, await assign.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("assign").WithSummary("Give a conversation to somebody, or to nobody").Answers<ConversationDetails>();

    /// <summary>The colleague with an id or a mail address; null when there is none.</summary>
    internal static Task<User?> Find(HeliotropeDb db, string user)
    {
        user = user.Trim().Storable(EmailAddress.MaxLength);
        var normalized = user.ToUpperInvariant();
        return long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? db.Users.FirstOrDefaultAsync(u => u.Id == id)
            : db.Users.FirstOrDefaultAsync(u => u.NormalizedEmail == normalized);
    }
}
