using System.Globalization;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Acts;

/// <summary>What acts look at in a conversation.</summary>
/// <param name="State">Whose turn it is.</param>
/// <param name="Assignee">Who answers for it; null for nobody.</param>
/// <param name="Team">Its team; null for none.</param>
/// <param name="Driver">Its driver; null for none.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Spam">It is in the spam folder.</param>
/// <param name="SnoozedUntil">Until when it is put off (UTC); null when it is not.</param>
/// <param name="OpenPromises">How many promises in it are still to be kept.</param>
public sealed record Standing(
    ConversationState State, long? Assignee, long? Team, long? Driver, IReadOnlyList<string> Tags, bool Spam, DateTimeOffset? SnoozedUntil, int OpenPromises = 0)
{
    /// <summary>A conversation as it stands.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="openPromises">How many promises in it are still to be kept.</param>
    /// <returns>How it stands.</returns>
    public static Standing Of(Conversation conversation, IReadOnlyList<string> tags, int openPromises = 0)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return new(conversation.State, conversation.AssigneeId, conversation.TeamId, conversation.DriverId, tags, conversation.IsSpam, conversation.SnoozedUntil, openPromises);
    }
}

/// <summary>What an act does to one conversation.</summary>
public enum Effect
{
    /// <summary>Something changes, or is said.</summary>
    Changes,
    /// <summary>It is so already.</summary>
    Same,
    /// <summary>It cannot be done.</summary>
    Refused,
}

/// <summary>One act on one conversation.</summary>
/// <param name="Index">Which act of the list, from 0.</param>
/// <param name="Act">The act, with ids for names.</param>
/// <param name="Effect">What it does.</param>
/// <param name="From">What stood there: an id, a state, an instant (ISO 8601); empty for nothing.</param>
/// <param name="To">What will stand there, in the same form.</param>
/// <param name="Refusal">Why it cannot be done; null when it can.</param>
/// <param name="Beware">A code for what people should know before: <c>promise-open</c>; null for nothing.</param>
public sealed record Step(int Index, Act Act, Effect Effect, string From = "", string To = "", Refusal? Refusal = null, string? Beware = null);

/// <summary>What a list of acts would do to a conversation, act by act. The same plan is shown before, and carried out.</summary>
public static class ActPlan
{
    /// <summary>Plans.</summary>
    /// <param name="standing">The conversation as it stands.</param>
    /// <param name="acts">The acts, with ids for names.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="mostTags">How many tags a conversation may have.</param>
    /// <returns>A step for each act, in the order in which they are done.</returns>
    public static IReadOnlyList<Step> Of(Standing standing, IReadOnlyList<Act> acts, DateTimeOffset now, int mostTags)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var steps = new List<Step>();
        foreach (var (act, index) in ActList.InOrder(acts))
        {
            var step = One(standing, act, now, mostTags) with { Index = index };
            steps.Add(step);
            standing = step.Effect is Effect.Changes ? After(standing, act, now) : standing;
        }

        return steps;
    }

    /// <summary>The first refusal of a plan, which names its act; null when all can be done.</summary>
    /// <param name="steps">The plan.</param>
    /// <returns>The refusal.</returns>
    public static Refusal? RefusalOf(IEnumerable<Step> steps) =>
        steps.FirstOrDefault(step => step.Effect is Effect.Refused) is { } refused ? ActList.At(refused.Refusal!, refused.Index) : null;

    private static Step One(Standing standing, Act act, DateTimeOffset now, int mostTags) => act.Kind switch
    {
        ActKind.Assign => Set(act, Text(standing.Assignee), act.Value),
        ActKind.Team => Set(act, Text(standing.Team), act.Value),
        ActKind.Driver => Set(act, Text(standing.Driver), act.Value),
        ActKind.Tag when HasTag(standing, act.Value) => new(0, act, Effect.Same, To: act.Value),
        ActKind.Tag when standing.Tags.Count >= mostTags => No(act, Refusal.Invalid("tag.too-many", $"A conversation has at most {mostTags} tags.", "tag")),
        ActKind.Tag => new(0, act, Effect.Changes, To: act.Value),
        ActKind.Untag => HasTag(standing, act.Value) ? new(0, act, Effect.Changes, From: act.Value) : new(0, act, Effect.Same),
        ActKind.Snooze => Snooze(standing, act, now),
        ActKind.Resolve => IsResolved(standing)
            ? new(0, act, Effect.Same, State(standing), State(standing))
            : new(0, act, Effect.Changes, State(standing), Code(ConversationState.Resolved), Beware: standing.OpenPromises > 0 ? "promise-open" : null),
        ActKind.Reopen => Set(act, State(standing), Code(ConversationState.Open)),
        ActKind.Spam => Set(act, standing.Spam ? "spam" : "", "spam"),
        ActKind.NotSpam => Set(act, standing.Spam ? "spam" : "", ""),
        ActKind.Note or ActKind.Reply or ActKind.Notify => new(0, act, Effect.Changes, To: act.Value),
    };

    private static Step Set(Act act, string from, string to) => new(0, act, from == to ? Effect.Same : Effect.Changes, from, to);

    private static Step No(Act act, Refusal refusal) => new(0, act, Effect.Refused, Refusal: refusal);

    private static Step Snooze(Standing standing, Act act, DateTimeOffset now)
    {
        if (IsResolved(standing))
        {
            return No(act, new(RefusalKind.Conflict, "conversation.resolved", "This conversation is resolved already."));
        }

        var until = RestFor.Until(act.Value, now);
        return until <= now || until > now + Conversation.LongestSnooze
            ? No(act, Refusal.Invalid("snooze.date", "The date lies ahead, and less than a year.", "until"))
            : Set(act, standing.SnoozedUntil is { } rests ? Text(rests) : "", Text(until));
    }

    private static Standing After(Standing standing, Act act, DateTimeOffset now) => act.Kind switch
    {
        ActKind.Assign => standing with { Assignee = Id(act.Value) },
        ActKind.Team => standing with { Team = Id(act.Value) },
        ActKind.Driver => standing with { Driver = Id(act.Value) },
        ActKind.Tag => standing with { Tags = [.. standing.Tags, act.Value] },
        ActKind.Untag => standing with { Tags = [.. standing.Tags.Where(tag => !tag.Equals(act.Value, StringComparison.OrdinalIgnoreCase))] },
        ActKind.Snooze => standing with { State = ConversationState.Snoozed, SnoozedUntil = RestFor.Until(act.Value, now) },
        ActKind.Resolve => standing with { State = ConversationState.Resolved, SnoozedUntil = null },
        ActKind.Reopen => standing with { State = ConversationState.Open, SnoozedUntil = null },
        ActKind.Spam => standing with { Spam = true },
        ActKind.NotSpam => standing with { Spam = false },
        ActKind.Note or ActKind.Reply or ActKind.Notify => standing,
    };

    private static bool HasTag(Standing standing, string name) => standing.Tags.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsResolved(Standing standing) => standing.State is ConversationState.Resolved or ConversationState.Confirmed;

    private static string State(Standing standing) => Code(standing.State);

    private static string Code(ConversationState state) => state.ToString().ToLowerInvariant();

    private static long? Id(string value) => value.Length == 0 ? null : long.Parse(value, CultureInfo.InvariantCulture);

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
