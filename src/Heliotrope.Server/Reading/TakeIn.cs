using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Reading;

/// <summary>Reads what a customer wrote, in the transaction that stores it.</summary>
internal sealed class TakeIn(Current<LearnedWords> learned, DriverMemory drivers)
{
    /// <param name="db">The database, in the transaction that stores the words.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="begins">It begins with these words.</param>
    /// <param name="text">The words.</param>
    /// <param name="content">They said in the same breath that they are confident: "no mud, I feel cheated of years" is no complaint then.</param>
    public async Task Read(HeliotropeDb db, Conversation conversation, bool begins, string text, bool content = false)
    {
        var reading = begins ? null : await db.Readings.FindAsync(conversation.Number);
        reading ??= db.Readings.Add(new(db.Entry(conversation).Property(c => c.Number).CurrentValue)).Entity;
        var message = (await learned.Get()).Read(text);
        message = content ? message with { Complaint = false } : message;
        await Understand(reading, Whole(begins ? conversation.Subject : "", text), message, conversation.LastActivityAt);

        // Where life is hard other rules hold (docs/method.md, C7).
        if (message.Complaint && reading is { Complaint: true, LifeEvent: null })
        {
            await OpenRecovery(db, conversation, begins);
        }
    }

    /// <summary>Somebody else wrote in the customer's matter, such as a daughter from her own address: only what happened in a life counts, for it is not their mood and not why the customer came.</summary>
    public async Task Hear(HeliotropeDb db, Conversation conversation, string text)
    {
        if ((await learned.Get()).Read(text).LifeEvent is { } happened)
        {
            (await db.Readings.FindAsync(conversation.Number) ?? db.Readings.Add(new(conversation.Number)).Entity).Hear(happened, conversation.LastActivityAt);
        }
    }

    /// <summary>A complaint is a recovery from now on (docs/method.md, A2), unless one is open already.</summary>
    private static async Task OpenRecovery(HeliotropeDb db, Conversation conversation, bool begins)
    {
        var number = conversation.Number;
        if (begins || await db.Figures.Where(f => f.ConversationNumber == number).Select(f => f.Recovery).FirstOrDefaultAsync() is not RecoveryState.Open)
        {
            conversation.OpenRecovery(Actor.System, conversation.LastActivityAt);
        }
    }

    /// <summary>Takes in what was read in a message, and why they seem to have written while nothing says so yet.</summary>
    public async Task Understand(ConversationReading reading, string whole, MessageReading message, DateTimeOffset? at = null)
    {
        reading.Take(message, at);
        if (reading.DriverId is null && await drivers.Guess(whole) is { } guess)
        {
            reading.Guess(guess.Driver, guess.Sure);
        }
    }

    /// <summary>What says why somebody wrote: the subject and the first words.</summary>
    public static string Whole(string subject, string text) => $"{subject}\n{text}".Trim();
}
