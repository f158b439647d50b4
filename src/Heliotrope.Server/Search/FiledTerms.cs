using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;

namespace Heliotrope.Server.Search;

/// <summary>Where it is filed, and who has it.</summary>
internal static class FiledTerms
{
    private static readonly Dictionary<string, Channel> Channels = Enum.GetValues<Channel>().ToDictionary(c => c.ToString(), StringComparer.OrdinalIgnoreCase);

    public static Expression<Func<Conversation, bool>> Team(Asked asked, Value value)
    {
        var (db, name, lower, me) = (asked.Db, value.Said, value.Said.ToLowerInvariant(), asked.Me);
        return value switch
        {
            ChoiceValue { Said: "none" } => c => c.TeamId == null,
            ChoiceValue => c => c.TeamId != null && db.TeamMembers.Any(m => m.TeamId == c.TeamId && m.UserId == me),
            _ => c => c.TeamId != null && db.Teams.Any(t => t.Id == c.TeamId && (t.Name == name || t.Name.ToLower() == lower)),
        };
    }

    public static Expression<Func<Conversation, bool>> With(Asked asked, Value value)
    {
        var (db, lower, me) = (asked.Db, value.Said.ToLowerInvariant(), asked.Me);
        return value switch
        {
            ChoiceValue { Said: "nobody" } => c => c.AssigneeId == null,
            ChoiceValue => c => c.AssigneeId != null && c.AssigneeId == me,
            _ => c => c.AssigneeId != null && db.Users.Any(u => u.Id == c.AssigneeId && (u.Name.ToLower().Contains(lower) || u.Email!.ToLower() == lower)),
        };
    }

    public static Expression<Func<Conversation, bool>> Tag(Asked asked, Value value)
    {
        var (db, name, lower) = (asked.Db, value.Said, value.Said.ToLowerInvariant());
        return value is ChoiceValue
            ? c => !db.ConversationTags.Any(t => t.ConversationNumber == c.Number)
            : c => db.ConversationTags.Any(t => t.ConversationNumber == c.Number && db.Tags.Any(tag => tag.Id == t.TagId && (tag.Name == name || tag.Name.ToLower() == lower)));
    }

    public static Expression<Func<Conversation, bool>> Driver(Asked asked, Value value)
    {
        var (db, name, lower) = (asked.Db, value.Said, value.Said.ToLowerInvariant());
        return value is ChoiceValue
            ? c => c.DriverId == null
            : c => c.DriverId != null && db.Drivers.Any(d => d.Id == c.DriverId && (d.Name == name || d.Name.ToLower() == lower));
    }

    public static Expression<Func<Conversation, bool>>? Channel(Asked asked, Value value) =>
        Channels.TryGetValue(value.Said.Replace("-", "", StringComparison.Ordinal), out var channel) ? c => c.Channel == channel : null;
}
