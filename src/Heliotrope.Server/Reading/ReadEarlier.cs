using Heliotrope.Core.Conversations;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Reading;

/// <summary>Reads conversations that came in before anything was read, as far as they are not over.</summary>
internal sealed class ReadEarlier(Store store, Current<LearnedWords> learned, ILogger<ReadEarlier> log)
    : Worker(TimeSpan.FromHours(1), "Earlier conversations could not be read", log)
{
    private const int MostAtOnce = 100;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (await ReadSome(cancel) == MostAtOnce)
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }

    /// <summary>Reads some of them, the newest first.</summary>
    public async Task<int> ReadSome(CancellationToken cancel)
    {
        var words = await learned.Get();
        return await store.Write(
            async db =>
            {
                var numbers = await db.Conversations.WithoutSpam()
                    .Where(c => (c.State == ConversationState.Open || c.State == ConversationState.Waiting || c.State == ConversationState.Snoozed)
                        && c.HappinessStartedAt != null && !db.Readings.Any(r => r.ConversationNumber == c.Number))
                    .OrderByDescending(c => c.Number).Take(MostAtOnce).Select(c => c.Number).ToListAsync(cancel);
                foreach (var number in numbers)
                {
                    var reading = db.Readings.Add(new(number)).Entity;
                    foreach (var written in Enumerable.Reverse(await CorrectReading.Written(db, number)))
                    {
                        var read = words.Read(written.Text);
                        read = written.Disowned ? read with { LifeEvent = null } : read;
                        if (written.Author is Author.Known)
                        {
                            reading.Take(read, written.At);
                        }
                        else
                        {
                            reading.Hear(read.LifeEvent, written.At);
                        }
                    }
                }

                return numbers.Count;
            },
            cancel);
    }
}
