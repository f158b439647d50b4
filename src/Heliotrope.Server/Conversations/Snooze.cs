using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Conversations;

/// <summary>Until when it rests.</summary>
/// <param name="Until">A time ahead (ISO 8601 with its offset), less than a year from now.</param>
public sealed record SnoozeBody(DateTimeOffset? Until);

/// <summary>Puts a conversation off until a date. To bring it back sooner, it is opened again.</summary>
internal sealed class Snooze(Store store, TimeProvider time)
{
    public Task<Done> Run(Actor actor, long number, SnoozeBody body, CancellationToken cancel) => store.ChangeUndoably(
        actor,
        "snooze",
        number,
        (_, conversation) => Task.FromResult(conversation.Snooze(actor, WholeSecond(body.Until), time.Now()).Refusal),
        cancel);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/snooze",
            async (long number, SnoozeBody body, Snooze snooze, HttpContext http) => await http.Shown(number, await snooze.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("snooze").WithSummary("Put a conversation off until a date").Answers<ConversationDetails>();

    /// <summary>No date is one long past, and refused as that.</summary>
    private static DateTimeOffset WholeSecond(DateTimeOffset? until) =>
        until is { } at ? new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero) : DateTimeOffset.MinValue;
}
