using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Reading;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Heliotrope.Server.Reading;

namespace Heliotrope.Server.Search;

/// <summary>What was understood of it.</summary>
internal static class ReadTerms
{
    private static readonly Dictionary<string, LifeEvent> LifeEvents = Enum.GetValues<LifeEvent>().ToDictionary(e => e.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The language of the newest message, or of the customer while that could not be told.</summary>
    public static Expression<Func<Conversation, bool>> Language(Asked asked, Value value)
    {
        var (db, language) = (asked.Db, Small.Typed(value.Said));
        return value is ChoiceValue
            ? c => c.Customer!.Language == null && !db.Readings.Any(r => r.ConversationNumber == c.Number && r.Language != null)
            : c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Language == language)
                || (c.Customer!.Language == language && !db.Readings.Any(r => r.ConversationNumber == c.Number && r.Language != null));
    }

    public static Expression<Func<Conversation, bool>>? Feeling(Asked asked, Value value)
    {
        var (db, strong) = (asked.Db, ReadingWords.Strong);
        return value.Said switch
        {
            "bad" => c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Sentiment <= -strong),
            "mixed" => c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Sentiment > -strong && r.Sentiment < strong),
            "good" => c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.Sentiment >= strong),
            "unknown" => c => !db.Readings.Any(r => r.ConversationNumber == c.Number && r.Sentiment != null),
            _ => null,
        };
    }

    public static Expression<Func<Conversation, bool>>? Life(Asked asked, Value value)
    {
        var db = asked.Db;
        return value.Said switch
        {
            "any" => c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.LifeEvent != null),
            "none" => c => !db.Readings.Any(r => r.ConversationNumber == c.Number && r.LifeEvent != null),
            var said when LifeEvents.TryGetValue(said.Replace("-", "", StringComparison.Ordinal), out var happened) =>
                c => db.Readings.Any(r => r.ConversationNumber == c.Number && r.LifeEvent == happened),
            _ => null,
        };
    }
}
