using System.Text.Json.Serialization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Acts;

/// <summary>One thing to be done to a conversation.</summary>
/// <param name="Kind">assign, team, tag, untag, driver, snooze, resolve, reopen, spam, not-spam, note, reply or notify.</param>
/// <param name="Value">
/// A colleague's id or mail address (or "me", or "best"), the id or the name of a team or a driver, a tag, a time to rest (ISO 8601, such as P2D, or an instant), or words.
/// For notify: "assignee", "user:" or "team:" and an id or a name. Empty where nothing is to be said.
/// </param>
public sealed record ActBody(string? Kind, [property: JsonConverter(typeof(TextOrNumber))] string? Value);

/// <summary>Acts between programs and the rules.</summary>
internal static class ActBodies
{
    public static Result<IReadOnlyList<Act>> Read(IReadOnlyList<ActBody?>? bodies, ActUse use) =>
        ActList.Read([.. (bodies ?? []).Take(ActList.Most + 1).Select(body => (body?.Kind?.Storable(Act.LongestName), body?.Value?.Storable(Conversation.MaxText + 1)))], use);

    public static IReadOnlyList<ActBody> Write(IEnumerable<Act> acts) => [.. acts.Select(act => new ActBody(act.Code, act.Value))];
}
