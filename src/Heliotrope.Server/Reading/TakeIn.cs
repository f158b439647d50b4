using Heliotrope.Core.Conversations;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Reading;

/// <summary>Reads what a customer wrote, in the transaction that stores it.</summary>
internal sealed class TakeIn(Current<LearnedWords> learned, DriverMemory drivers)
{
    public async Task Read(HeliotropeDb db, Conversation conversation, bool begins, string text)
    {
        var reading = begins ? null : await db.Readings.FindAsync(conversation.Number);
        reading ??= db.Readings.Add(new(db.Entry(conversation).Property(c => c.Number).CurrentValue)).Entity;
        Understand(reading, Whole(begins ? conversation.Subject : "", text), (await learned.Get()).Read(text));
    }

    /// <summary>Takes in what was read in a message, and why they seem to have written while nothing says so yet.</summary>
    public void Understand(ConversationReading reading, string whole, MessageReading message)
    {
        reading.Take(message);
        if (reading.DriverId is null && drivers.Guess(whole) is { } guess)
        {
            reading.Guess(guess.Driver, guess.Sure);
        }
    }

    /// <summary>What says why somebody wrote: the subject and the first words.</summary>
    public static string Whole(string subject, string text) => $"{subject}\n{text}".Trim();
}
