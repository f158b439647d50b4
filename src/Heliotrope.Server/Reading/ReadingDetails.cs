using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Reading;

/// <summary>Why they seem to have written.</summary>
/// <param name="Name">The driver's name.</param>
/// <param name="Sure">How sure that is, from 0 to 1.</param>
public sealed record DriverGuess(string Name, double Sure);

/// <summary>What is understood of a customer's messages (docs/method.md, A2, C7, D1).</summary>
/// <param name="Language">The language they write, as ISO 639-1; null when it cannot be told.</param>
/// <param name="Sentiment">How the newest message sounds, from -1 to 1; null when that cannot be told.</param>
/// <param name="Complaint">They complain.</param>
/// <param name="Gratitude">They thank us in the newest message.</param>
/// <param name="Urgency">The newest message is pressing.</param>
/// <param name="Driver">Why they seem to have written; null for none of the drivers, or while nothing has been learned.</param>
/// <param name="LifeEvent">What happened in their life; null when nothing did.</param>
public sealed record ReadingDetails(string? Language, double? Sentiment, bool Complaint, bool Gratitude, bool Urgency, DriverGuess? Driver, LifeEvent? LifeEvent)
{
    /// <summary>That of a conversation; null while the customer wrote nothing.</summary>
    internal static async Task<ReadingDetails?> Of(HeliotropeDb db, long number)
    {
        var found = await db.Readings.AsNoTracking().Where(r => r.ConversationNumber == number)
            .Select(r => new { Reading = r, Driver = db.Drivers.Where(d => d.Id == r.DriverId).Select(d => d.Name).FirstOrDefault() }).FirstOrDefaultAsync();
        return found?.Reading is not { } r
            ? null
            : new(r.Language, r.Sentiment, r.Complaint, r.Gratitude, r.Urgency, found.Driver is { } name ? new(name, r.DriverSure) : null, r.LifeEvent);
    }
}
