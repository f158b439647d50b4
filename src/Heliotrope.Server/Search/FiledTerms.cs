using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;

namespace Heliotrope.Server.Search;

/// <summary>Where it is filed, and who has it.</summary>
internal static class FiledTerms
{
    private static readonly Dictionary<string, Channel> Channels = Enum.GetValues<Channel>().ToDictionary(c => c.ToString(), StringComparer.OrdinalIgnoreCase);

    public static Expression<Func<Conversation, bool>> Team(Asked asked, Value value)
    {
        var (db, name, lower, me) = (asked.Db, value.Said, Small.Typed(value.Said), asked.Me);
        return value switch
        {
            ChoiceValue { Said: "none" } => c => c.TeamId == null,
            ChoiceValue => c => c.TeamId != null && db.TeamMembers.Any(m => m.TeamId == c.TeamId && m.UserId == me),
            _ => c => c.TeamId != null && db.Teams.Any(t => t.Id == c.TeamId && (t.Name == name || Small.Letters(t.Name) == lower)),
        };
    }

    public static Expression<Func<Conversation, bool>> With(Asked asked, Value value)
    {
        var (db, lower, me) = (asked.Db, Small.Typed(value.Said), asked.Me);
        return value switch
        {
            ChoiceValue { Said: "nobody" } => c => c.AssigneeId == null,
            ChoiceValue => c => c.AssigneeId != null && c.AssigneeId == me,
            _ => c => c.AssigneeId != null && db.Users.Any(u => u.Id == c.AssigneeId && (Small.Letters(u.Name).Contains(lower) || Small.Letters(u.Email!) == lower)),
        };
    }

    public static Expression<Func<Conversation, bool>> Tag(Asked asked, Value value)
    {
        var (db, name, lower) = (asked.Db, value.Said, Small.Typed(value.Said));
        return value is ChoiceValue
            ? c => !db.ConversationTags.Any(t => t.ConversationNumber == c.Number)
            : c => db.ConversationTags.Any(t => t.ConversationNumber == c.Number && db.Tags.Any(tag => tag.Id == t.TagId && (tag.Name == name || Small.Letters(tag.Name) == lower)));
    }

    public static Expression<Func<Conversation, bool>> Driver(Asked asked, Value value)
    {
        var (db, name, lower) = (asked.Db, value.Said, Small.Typed(value.Said));
        return value is ChoiceValue
            ? c => c.DriverId == null
            : c => c.DriverId != null && db.Drivers.Any(d => d.Id == c.DriverId && (d.Name == name || Small.Letters(d.Name) == lower));
    }

    /// <summary>Of the address of ours that they wrote to.</summary>
    public static Expression<Func<Conversation, bool>> Brand(Asked asked, Value value)
    {
        var (db, name, lower) = (asked.Db, value.Said, Small.Typed(value.Said));
        return value is ChoiceValue
            ? c => !db.OurAddresses.Any(a => a.Address == c.OurAddress && a.BrandId != null)
            : c => db.OurAddresses.Any(a => a.Address == c.OurAddress && db.Brands.Any(b => b.Id == a.BrandId && (b.Name == name || Small.Letters(b.Name) == lower)));
    }

    public static Expression<Func<Conversation, bool>>? Channel(Asked asked, Value value) =>
        Channels.TryGetValue(value.Said.Replace("-", "", StringComparison.Ordinal), out var channel) ? c => c.Channel == channel : null;
}
