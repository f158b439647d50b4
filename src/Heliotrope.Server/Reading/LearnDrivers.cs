using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Drivers;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Reading;

/// <summary>Learns from the drivers that colleagues gave to conversations, and looks again at those that have none.</summary>
internal sealed class LearnDrivers(Store store, DriverMemory memory, TimeProvider time, ILogger<LearnDrivers> log)
    : Worker(TimeSpan.FromSeconds(60), "Drivers could not be learned", log)
{
    /// <summary>The newest say best what is written about today, and so many are learned in seconds.</summary>
    private const int MostLearned = 10_000;

    private const int MostReadAgain = 500;

    /// <summary>Longer than a reason takes.</summary>
    private const int MostText = 2_000;

    /// <summary>Learning takes one part of this many of the time.</summary>
    private const int Rest = 30;

    private (int Count, long? Sum) _learned;

    /// <summary>Learns when anything was labelled since it last did.</summary>
    /// <returns>Whether it learned.</returns>
    public async Task<bool> LearnIfNew(CancellationToken cancel)
    {
        var labels = await store.Read(async db => (
            await Labelled(db).CountAsync(cancel),
            await Labelled(db).SumAsync(c => c.DriverId, cancel)));
        if (labels == _learned)
        {
            return false;
        }

        memory.Learn(await store.Read(db => Rows(db, cancel)));
        _learned = labels;
        await ReadAgain(cancel);
        return true;
    }

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        if (await store.Read(db => Replaying.IsOn(db, time.Now())) || !await LearnIfNew(cancel))
        {
            return Every;
        }

        var rest = time.GetElapsedTime(began) * Rest;
        return rest > Every ? rest : Every;
    }

    private static IQueryable<Conversation> Labelled(HeliotropeDb db) => db.Conversations.WithoutSpam().Where(c => c.DriverId != null);

    private static async Task<IReadOnlyList<LabelledText>> Rows(HeliotropeDb db, CancellationToken cancel) =>
        [.. (await First(db, Labelled(db).OrderByDescending(c => c.Number).Take(MostLearned)).ToListAsync(cancel))
            .Select(row => new LabelledText(Text(row), row.Driver?.ToString(CultureInfo.InvariantCulture)))];

    /// <summary>Open conversations to which nobody gave a driver yet.</summary>
    private Task<int> ReadAgain(CancellationToken cancel) => store.Write(
        async db =>
        {
            var open = await First(db, db.Conversations.WithoutSpam().Where(c => c.State == ConversationState.Open && c.DriverId == null).OrderByDescending(c => c.Number).Take(MostReadAgain)).ToListAsync(cancel);
            var numbers = open.ConvertAll(row => row.Number);
            var readings = await db.Readings.Where(r => numbers.Contains(r.ConversationNumber)).ToDictionaryAsync(r => r.ConversationNumber, cancel);
            foreach (var row in open)
            {
                if (readings.GetValueOrDefault(row.Number) is { } reading && await memory.Guess(Text(row)) is { } guess && guess.Driver != reading.DriverId)
                {
                    reading.Guess(guess.Driver, guess.Sure);
                    db.TouchedWithin.Add(row.Number);
                }
            }

            return open.Count;
        },
        cancel);

    /// <summary>Each conversation with the customer's first words.</summary>
    private static IQueryable<FirstWords> First(HeliotropeDb db, IQueryable<Conversation> conversations) => conversations.Select(c => new FirstWords(
        c.Number,
        c.DriverId,
        c.Subject,
        db.Entries.Where(e => e.ConversationNumber == c.Number && e.Direction == Direction.In && e.Author == Author.Known).OrderBy(e => e.Id).Select(e => e.Text.Substring(0, MostText)).FirstOrDefault() ?? ""));

    private static string Text(FirstWords row) => TakeIn.Whole(row.Subject, row.Text);

    private sealed record FirstWords(long Number, long? Driver, string Subject, string Text);
}
