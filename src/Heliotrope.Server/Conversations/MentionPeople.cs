using Heliotrope.Core.Conversations;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>Who can be named in a conversation, and what follows for whoever is.</summary>
internal static class MentionPeople
{
    private const int Most = 500;

    /// <summary>Colleagues who may see it, by name.</summary>
    public static async Task<IReadOnlyList<PersonRef>> Of(HeliotropeDb db, long number)
    {
        var team = await db.Conversations.Where(c => c.Number == number).Select(c => c.TeamId).FirstOrDefaultAsync();
        var hidden = team is not null && await db.Teams.AnyAsync(t => t.Id == team && t.Private);
        return await db.Users.Where(u => u.LeftAt == null).Where(u => !hidden || u.Role == Role.Admin || db.TeamMembers.Any(m => m.TeamId == team && m.UserId == u.Id))
            .OrderBy(u => u.Name).ThenBy(u => u.Id).Take(Most).Select(u => new PersonRef(u.Id, u.Name)).ToListAsync();
    }

    /// <summary>Whoever is named hears of it and follows the conversation from now on.</summary>
    public static async Task Write(HeliotropeDb db, Conversation conversation, Entry note, Actor by, DateTimeOffset now)
    {
        if (!note.Text.Contains('@', StringComparison.Ordinal))
        {
            return;
        }

        var people = await Of(db, conversation.Number);
        var named = Mentions.In(note.Text, people.Select(person => person.Name)).Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        if (named.Count == 0)
        {
            return;
        }

        await db.SaveChangesAsync(); // the note's id
        foreach (var person in people.Where(person => named.Contains(person.Name)))
        {
            db.Mentions.Add(new() { EntryId = note.Id, UserId = person.Id, Name = person.Name });
            await Notify.Write(db, person.Id, Reason.Mentioned, conversation, note.Text, by, now);
            if (!await db.Follows.AnyAsync(f => f.ConversationNumber == conversation.Number && f.UserId == person.Id))
            {
                db.Follows.Add(new() { ConversationNumber = conversation.Number, UserId = person.Id, At = now });
            }
        }
    }
}

/// <summary>A colleague, by name.</summary>
public sealed record PersonRef(long Id, string Name);
