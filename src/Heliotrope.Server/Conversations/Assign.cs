using System.Globalization;
using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Assignment;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Who should answer for it.</summary>
/// <param name="User">The id or the mail address of a colleague; <c>best</c> for whoever is best for it; null or empty for nobody.</param>
/// <param name="From">Who has it as far as the asker knows, as an id, or <c>nobody</c>: refused when somebody else was quicker. Left out, it is given whoever has it.</param>
public sealed record AssignBody([property: JsonConverter(typeof(TextOrNumber))] string? User, [property: JsonConverter(typeof(TextOrNumber))] string? From = null);

/// <summary>Gives a conversation to somebody.</summary>
internal sealed class Assign(Store store, TimeProvider time)
{
    public const string Best = "best";
    public const string Nobody = "nobody";

    internal static readonly Refusal NobodyFree = new(RefusalKind.Conflict, "assign.nobody-free", "Nobody of the team is at work with room for one more.", "user");

    public Task<Done> Run(Actor actor, long number, AssignBody body, CancellationToken cancel) => store.ChangeUndoably(
        actor,
        "assign",
        number,
        async (db, conversation) =>
        {
            if (body.From is { Length: > 0 } from && from != (conversation.AssigneeId?.ToString(CultureInfo.InvariantCulture) ?? Nobody))
            {
                var holder = await db.Users.Where(u => u.Id == conversation.AssigneeId).Select(u => u.Name).FirstOrDefaultAsync(cancel);
                return new Refusal(RefusalKind.Conflict, "assign.changed", $"Somebody was quicker: {holder ?? Nobody} has it now.", "user", holder);
            }

            if (body.User is Best)
            {
                var board = await Board.Of(db, conversation.TeamId);
                return await board.GiveBest(db, conversation, actor, time.Now()) ? null : NobodyFree;
            }

            if (string.IsNullOrWhiteSpace(body.User))
            {
                await Do(db, conversation, actor, null, time.Now());
                return null;
            }

            if (await Find(db, body.User) is not { } user)
            {
                return Refusal.Invalid("user.unknown", "No colleague has this id or mail address.", "user");
            }

            if (user.Role is Role.Light)
            {
                return OnlyReads;
            }

            await Do(db, conversation, actor, user, time.Now());
            return null;
        },
        cancel);

    /// <summary>To whoever only reads nothing is given.</summary>
    internal static Refusal OnlyReads { get; } = Refusal.Invalid("user.light", "They read and note, and answer no customers.", "user");

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
            ? db.Users.FirstOrDefaultAsync(u => u.Id == id && u.LeftAt == null)
            : db.Users.FirstOrDefaultAsync(u => u.NormalizedEmail == normalized && u.LeftAt == null);
    }
}
