using System.Text.Json.Serialization;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Plays;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Plays;

/// <summary>What a play says.</summary>
/// <param name="Title">Its title: 1 to 120 characters.</param>
/// <param name="Driver">The id or the name of the driver that it is for; null or empty for any.</param>
/// <param name="Mood">complaint, pressing or thanks; null or empty for any.</param>
/// <param name="Segment">The id or the name of the segment that it is for; null or empty for everybody.</param>
/// <param name="Steps">What to do, step by step.</param>
/// <param name="Words">What to say, in Markdown, with merge fields such as <c>{{customer.first_name | there}}</c>.</param>
public sealed record PlayBody(
    string? Title, [property: JsonConverter(typeof(TextOrNumber))] string? Driver = null, string? Mood = null, [property: JsonConverter(typeof(TextOrNumber))] string? Segment = null,
    IReadOnlyList<string?>? Steps = null, string? Words = null);

/// <summary>How the conversations ended in which a play was used. The ends are never added together.</summary>
/// <param name="Confirmed">Both questions were answered with yes.</param>
/// <param name="Thanked">They closed with thanks.</param>
/// <param name="Silent">Nothing came after our last answer.</param>
/// <param name="Unhappy">They said no.</param>
/// <param name="NotYet">Not ended yet.</param>
public sealed record PlayEnds(int Confirmed, int Thanked, int Silent, int Unhappy, int NotYet)
{
    internal static PlayEnds Of(EndCounts counts) => new(counts.Confirmed, counts.Thanked, counts.Silent, counts.Unhappy, counts.Unanswered);

    internal EndCounts Counts => new(Confirmed, Thanked, Silent, Unhappy, NotYet);
}

/// <summary>A play.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">Its title.</param>
/// <param name="State">suggested or in-use.</param>
/// <param name="Driver">The driver that it is for; null for any.</param>
/// <param name="Mood">The mood that it is for; null for any.</param>
/// <param name="Segment">The segment that it is for; null for everybody.</param>
/// <param name="Steps">What to do.</param>
/// <param name="Words">What to say; empty when it only says what to do.</param>
/// <param name="Author">Who wrote it; empty when the desk suggests it from a reply that ended well.</param>
/// <param name="Conversation">The conversation that it came from; null when it came from none.</param>
/// <param name="Entry">The reply that it came from.</param>
/// <param name="CreatedAt">When it was written or suggested (UTC).</param>
/// <param name="LookedAt">When somebody last wrote it or said that it still holds (UTC).</param>
/// <param name="UsedAt">When it was last sent (UTC); null for never.</param>
/// <param name="Ends">How the conversations ended in which it was used.</param>
/// <param name="Without">How the others in its situation ended in the last 365 days; null while it was used too little to compare.</param>
/// <param name="Stale">Why it is to be looked at again; empty when it is fresh.</param>
/// <param name="SituationGone">The driver or the segment that it is for is gone: it is offered no more.</param>
public sealed record PlayDetails(
    long Id, string Title, PlayState State, NamedRef? Driver, PlayMood? Mood, NamedRef? Segment, IReadOnlyList<string> Steps, string Words, string Author, long? Conversation, long? Entry,
    DateTimeOffset CreatedAt, DateTimeOffset LookedAt, DateTimeOffset? UsedAt, PlayEnds Ends, PlayEnds? Without, IReadOnlyList<StaleSign> Stale, bool SituationGone);
