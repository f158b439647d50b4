using Heliotrope.Core.Assignment;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Assignment;

/// <summary>Who of a team could be given something, and how much each has in hand. Kept while a batch is given out, so that each next one counts the one before.</summary>
internal sealed class Board
{
    private readonly List<User> _people;
    private readonly ILookup<long, long> _skills;
    private readonly Dictionary<long, int> _open;

    private Board(List<User> people, ILookup<long, long> skills, Dictionary<long, int> open) => (_people, _skills, _open) = (people, skills, open);

    /// <summary>The members of a team who work conversations; everybody who does where there is no team. Reads past what anybody may not see, since hands are as full as they are.</summary>
    /// <param name="db">The database.</param>
    /// <param name="team">The team; null for none.</param>
    /// <param name="among">Only these; null for all.</param>
    public static async Task<Board> Of(HeliotropeDb db, long? team, IReadOnlyCollection<long>? among = null)
    {
        var people = await db.Users
            .Where(u => u.LeftAt == null && u.Role != Role.Light && (among == null || among.Contains(u.Id)) && (team == null || db.TeamMembers.Any(m => m.TeamId == team && m.UserId == u.Id)))
            .ToListAsync();
        var ids = people.ConvertAll(u => u.Id);
        var skills = await db.UserSkills.Where(s => ids.Contains(s.UserId)).ToListAsync();
        return new(people, skills.ToLookup(s => s.UserId, s => s.DriverId), await ListUsers.InHand(db.Conversations.IgnoreQueryFilters(), ids));
    }

    /// <summary>Who is best for a conversation now; null when nobody is at work with room.</summary>
    /// <param name="db">The database.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="rule">Another rule than the usual one; null for that.</param>
    public async Task<Chosen?> Choose(HeliotropeDb db, Conversation conversation, DateTimeOffset now, Func<Need, IEnumerable<Colleague>, Chosen?>? rule = null)
    {
        var customer = conversation.CustomerId;
        var language = await db.Readings.Where(r => r.ConversationNumber == conversation.Number).Select(r => r.Language).FirstOrDefaultAsync()
            ?? await db.Customers.Where(c => c.Id == customer).Select(c => c.Language).FirstOrDefaultAsync();

        // What a private team said to them is not hinted at in another team's conversation.
        var helped = await db.Entries
            .Where(e => e.Direction == Direction.Out && e.UserId != null && db.Conversations.Any(c => c.Number == e.ConversationNumber && c.CustomerId == customer
                && (c.TeamId == conversation.TeamId || !db.Teams.Any(t => t.Id == c.TeamId && t.Private))))
            .Select(e => e.UserId!.Value).Distinct().ToListAsync();
        return (rule ?? BestColleague.Choose)(new(language, conversation.DriverId), _people.Select(u => new Colleague(
            u.Id, u.Name, u.IsAtWork(now), _open.GetValueOrDefault(u.Id), u.Room, u.Languages.Split(',', StringSplitOptions.RemoveEmptyEntries), [.. _skills[u.Id]], helped.Contains(u.Id), u.LastGivenAt)));
    }

    /// <summary>Gives it to whoever is best, with the reasons; false when there is nobody.</summary>
    public async Task<bool> GiveBest(HeliotropeDb db, Conversation conversation, Actor by, DateTimeOffset now, Func<Need, IEnumerable<Colleague>, Chosen?>? rule = null)
    {
        if (await Choose(db, conversation, now, rule) is not { } chosen)
        {
            return false;
        }

        conversation.AssignBest(by, chosen, now);
        await Promises.PassPromises.To(db, conversation, chosen.Colleague.Id);
        var user = _people.Find(u => u.Id == chosen.Colleague.Id)!;
        user.LastGivenAt = now;
        _open[user.Id] = _open.GetValueOrDefault(user.Id) + 1;
        return true;
    }
}
