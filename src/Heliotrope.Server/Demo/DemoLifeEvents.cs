using Heliotrope.Core.Conversations;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.LifeEvents;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Demo;

/// <summary>
/// What the stories of hard days tell that no message shows: who is trained for them, and what Priya says that she did. The life events themselves opened when the stories were played,
/// because they were read; the times of what was done are those of her notes.
/// </summary>
internal static class DemoLifeEvents
{
    public static async Task<bool> Write(HeliotropeDb db, DateTimeOffset now)
    {
        if (await db.Users.FirstOrDefaultAsync(u => u.Demo && u.Name == "Priya Nair") is not { } priya || await db.TrainedPeople.AnyAsync(t => t.UserId == priya.Id))
        {
            return false;
        }

        db.TrainedPeople.Add(new() { UserId = priya.Id, ByName = "Samira Okonkwo", At = now });
        var lives = await db.LifeEvents.Include(e => e.Steps).Include(e => e.Contacts).Where(e => db.Customers.Any(c => c.Id == e.CustomerId && c.Demo) && e.ClosedAt == null).ToListAsync();
        foreach (var life in lives.Where(e => e.ConversationNumber is not null && e.Kind is LifeEvent.Bereavement or LifeEvent.Disaster))
        {
            // She noted what she did, and did it then.
            var number = life.ConversationNumber;
            var note = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Note && e.UserId == priya.Id).OrderBy(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync();
            if (note is not { } at)
            {
                continue;
            }

            if (life.Kind is LifeEvent.Bereavement)
            {
                await ChangeLifeEvent.Cancel(db, life, await db.Conversations.FindAsync(number), priya.AsActor(), at);
                life.Take(LifeStep.Refunded, priya.Name, "Back to the account that it came from, the last parcel too.", at);
                life.Take(LifeStep.Returned, priya.Name, "The parcel of that Friday is theirs.", at);
            }
            else
            {
                life.Take(LifeStep.Returned, priya.Name, "A tested Robin and four mugs go to the sister’s address, as a gift.", at);
            }
        }

        return true;
    }
}
