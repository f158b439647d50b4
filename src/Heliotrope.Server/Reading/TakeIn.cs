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
    /// <param name="disowned">The servers say that they did not write it: nothing that they are said to have gone through is believed.</param>
    /// <param name="content">They said in the same breath that they are confident: "no mud, I feel cheated of years" is no complaint then.</param>
    public async Task Read(HeliotropeDb db, Conversation conversation, bool begins, string text, bool disowned = false, bool content = false)
    {
        var reading = await ReadingOf(db, conversation, begins);
        var message = (await learned.Get()).Read(text);
        message = content ? message with { Complaint = false } : message;
        message = disowned ? message with { LifeEvent = null } : message;
        await Understand(reading, Whole(begins ? conversation.Subject : "", text), message, conversation.LastActivityAt);

        // Where life is hard other rules hold (docs/method.md, C7).
        if (message.Complaint && reading is { Complaint: true, LifeEvent: null })
        {
            await OpenRecovery(db, conversation, begins);
        }
    }

    /// <summary>Reads what is over: for what it was about, and not for what anybody is to do now.</summary>
    public async Task ReadPast(HeliotropeDb db, Conversation conversation, bool begins, string text) =>
        await Understand(await ReadingOf(db, conversation, begins), Whole(begins ? conversation.Subject : "", text), (await learned.Get()).Read(text));

    /// <summary>Somebody else wrote in the customer's matter, such as a daughter from her own address: only what happened in a life counts, for it is not their mood and not why the customer came.</summary>
    public async Task Hear(HeliotropeDb db, Conversation conversation, string text, DateTimeOffset at)
    {
        if ((await learned.Get()).Read(text).LifeEvent is { } happened)
        {
            (await ReadingOf(db, conversation, begins: false)).Hear(happened, at);
        }
    }

    private static async Task<ConversationReading> ReadingOf(HeliotropeDb db, Conversation conversation, bool begins) =>
        (begins ? null : await db.Readings.FindAsync(conversation.Number)) ?? db.Readings.Add(new(db.Entry(conversation).Property(c => c.Number).CurrentValue)).Entity;

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
