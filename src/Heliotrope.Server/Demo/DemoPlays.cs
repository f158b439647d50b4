using Heliotrope.Core.People;
using Heliotrope.Core.Plays;
using Heliotrope.Server.Database;
using Heliotrope.Server.Plays;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Demo;

/// <summary>Three plays of the demo company: what its people really do in the stories.</summary>
internal static class DemoPlays
{
    private static readonly (string Title, string? Driver, PlayMood? Mood, string Steps, string Words)[] All =
    [
        ("Own the wrong bag, send the right one today", "Wrong item", null,
            "Say that it was our mistake, before anything else.\nPack the right one yourself and say when it arrives.\nLeave them the wrong one: nothing to send back, nothing to pay.",
            "Hello {{customer.first_name | there}},\n\nI am sorry, that was our mistake. The right bag leaves today. There is nothing to send back and nothing to pay; the other one is yours to keep.\n\n{{agent.first_name}}"),
        ("A second mistake goes to whoever leads", "Wrong item", PlayMood.Complaint,
            "Answer by name, and say what went wrong both times.\nGive the money back without being asked.\nTell them what it changes here.",
            "Hello {{customer.first_name | there}},\n\nafter we said that it was put right this happened again. I apologise, and this is mine now: your money is on its way back, and I tell you myself what we have changed.\n\n{{agent.name}}"),
        ("A parcel that stands still", "Where is my order", null,
            "Look where it is before you answer.\nSay the day by which you write again, and keep it.\nAfter two days without a move, send another one.",
            "Hello {{customer.first_name | there}},\n\nI have looked where your parcel is and asked the carrier. I write to you again tomorrow, whatever they say; if it has not moved by then, a new one leaves us.\n\n{{agent.first_name}}"),
    ];

    public static async Task<bool> Write(HeliotropeDb db, DateTimeOffset now)
    {
        if (await db.Plays.AnyAsync(p => p.Demo && p.EntryId == null))
        {
            return false;
        }

        var drivers = await db.Drivers.ToDictionaryAsync(d => d.Name, d => d.Id);
        var author = await db.Users.Where(u => u.Demo && u.Role == Role.Lead).OrderBy(u => u.Id).Select(u => new { u.Id, u.Name }).FirstOrDefaultAsync();
        db.Plays.AddRange(All.Where(play => play.Driver is null || drivers.ContainsKey(play.Driver)).Select(play => new Play
        {
            Title = play.Title,
            State = PlayState.InUse,
            DriverId = play.Driver is { } driver ? drivers[driver] : null,
            Mood = play.Mood,
            Steps = play.Steps,
            Words = play.Words,
            AuthorId = author?.Id,
            AuthorName = author?.Name ?? "",
            CreatedAt = now,
            InUseSince = now,
            LookedAt = now,
            Demo = true,
        }));
        return true;
    }
}
