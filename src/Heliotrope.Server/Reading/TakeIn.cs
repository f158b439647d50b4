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
        reading.Take((await learned.Get()).Read(text));
        if (reading.DriverId is null && drivers.Guess(Whole(begins ? conversation.Subject : "", text)) is { } guess)
        {
            reading.Guess(guess.Driver, guess.Sure);
        }
    }

    /// <summary>What says why somebody wrote: the subject and the first words.</summary>
    public static string Whole(string subject, string text) => $"{subject}\n{text}".Trim();
}
