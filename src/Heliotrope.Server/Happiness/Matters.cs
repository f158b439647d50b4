using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Happiness;

/// <summary>What figures need to know of one conversation.</summary>
internal sealed record Matter(long Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, HappinessEnd? End, long? TeamId, long? DriverId, Channel Channel)
{
    public DateOnly Day { get; } = Zone.DayOf(StartedAt);

    /// <summary>How its answers came; as if there were none until they are looked up.</summary>
    public OnTime Answers { get; set; }
}

/// <summary>Reads the conversations of a span of days, and measures them.</summary>
internal static class Matters
{
    public static Task<List<Matter>> Of(IQueryable<Conversation> started) => started
        .Select(c => new Matter(c.Number, c.HappinessStartedAt!.Value, c.HappinessEndedAt, c.HappinessEnd, c.TeamId, c.DriverId, c.Channel))
        .ToListAsync();

    /// <summary>Looks up how their answers came: one query for all, four columns an answer.</summary>
    public static async Task LookUpAnswers(HeliotropeDb db, IQueryable<Conversation> started, IEnumerable<Matter> matters)
    {
        var ours = db.Entries.Where(e => e.Kind == EntryKind.Message && e.Direction == Direction.Out);
        // From the conversations to their entries: the other way round SQLite would read every entry there is.
        var answers = await started
            .SelectMany(c => ours.Where(e => e.ConversationNumber == c.Number))
            .Select(e => new { e.ConversationNumber, e.Id, e.At, e.DueAt })
            .ToListAsync();
        var byConversation = answers.OrderBy(e => e.Id).ToLookup(e => e.ConversationNumber, e => new GivenAnswer(e.At, e.DueAt));
        foreach (var matter in matters)
        {
            matter.Answers = OnTime.Of(byConversation[matter.Number]);
        }
    }

    public static EndCounts Count(IEnumerable<Matter> matters) => EndCounts.Of(matters.Select(m => m.End));

    /// <summary>How long those took that ended in one way: times of different ends are never measured together.</summary>
    public static Spread? Measure(IEnumerable<Matter> matters, HappinessEnd? end) =>
        Spread.Of(matters.Where(m => m.End == end && m.EndedAt is not null).Select(m => m.EndedAt!.Value - m.StartedAt));

    /// <summary>The key by which a breakdown puts them together.</summary>
    public static FigureFilter KeyOf(this Matter matter, string by) => by switch
    {
        "team" => new(Team: matter.TeamId ?? FigureFilter.None),
        "channel" => new(Channel: matter.Channel),
        _ => new(Driver: matter.DriverId ?? FigureFilter.None),
    };
}
