using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Reading;

/// <summary>What was read wrongly, put right. What is not said stays as it was read. The driver is put right by itself.</summary>
/// <param name="Complaint">Whether it is a complaint.</param>
/// <param name="LifeEvent">What happened in their life: bereavement, illness, hardship, disaster, divorce, or none.</param>
/// <param name="Words">The words of theirs that say so, from which other messages are read from now on; may be left out.</param>
public sealed record CorrectionBody(bool? Complaint = null, string? LifeEvent = null, string? Words = null);

/// <summary>Something that people wrote to us.</summary>
/// <param name="Author">The customer, or somebody else.</param>
/// <param name="Text">The words.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Disowned">The servers say that whoever it names did not write it.</param>
internal sealed record WrittenToUs(Author Author, string Text, DateTimeOffset At, bool Disowned);

/// <summary>Corrects what was understood of a conversation, and learns from it.</summary>
internal sealed class CorrectReading(Store store, Current<LearnedWords> learned, TimeProvider time)
{
    /// <summary>Longer words are a paste by mistake, and found in no other message.</summary>
    private const int MostWords = 10;

    private const string None = "none";

    public async Task<Refusal?> Run(Actor actor, long number, CorrectionBody body, CancellationToken cancel)
    {
        var said = (body.LifeEvent ?? "").Trim();
        var happened = Enum.TryParse<LifeEvent>(said, ignoreCase: true, out var parsed) && said.All(char.IsAsciiLetter) ? parsed : (LifeEvent?)null;
        if (said.Length > 0 && happened is null && said != None)
        {
            return Refusal.Invalid("life-event.unknown", "A life event is bereavement, illness, hardship, disaster, divorce or none.", "lifeEvent");
        }

        var current = await learned.Get();
        return await store.Change(
            actor,
            number,
            async (db, conversation) =>
            {
                var messages = await Messages(db, number);
                var words = LearnedWords.Fold((body.Words ?? "").Storable(1_000));
                if (words.Length > 0 && (words.Count(c => c == ' ') >= MostWords || !messages.Exists(m => $" {LearnedWords.Fold(m)} ".Contains($" {words} ", StringComparison.Ordinal))))
                {
                    return Refusal.Invalid("reading.words", $"These are not up to {MostWords} words of theirs in a row.", "words");
                }

                var reading = await db.Readings.FindAsync(number) ?? db.Readings.Add(new(number)).Entity;
                var evidence = messages.SelectMany(m => current.Read(m).Evidence.Select(e => (e.Sign, Words: LearnedWords.Fold(m.Substring(e.At, e.Length))))).Distinct().ToList();
                if (body.Complaint is { } complaint)
                {
                    Say(reading, conversation, actor, complaint, time.Now());
                    Teach(db, actor, number, Sign.Complaint, null, complaint, words, evidence);
                }

                if (said.Length > 0)
                {
                    reading.SayLifeEvent(happened);
                    Teach(db, actor, number, Sign.LifeEvent, happened, happened is not null, words, evidence);
                }

                db.Touched.Add(number);
                return null;
            },
            cancel);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/reading",
            async (long number, CorrectionBody body, CorrectReading correct, HttpContext http) => await http.Shown(number, await correct.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("correctReading").WithSummary("Put right what was understood of a conversation").Answers<ConversationDetails>();

    /// <summary>A colleague says whether it is a complaint: what is one is a recovery, and what is none is none (docs/method.md, A2).</summary>
    public static void Say(ConversationReading reading, Conversation conversation, Actor actor, bool complaint, DateTimeOffset now)
    {
        if (complaint && !reading.Complaint)
        {
            conversation.OpenRecovery(actor, now);
        }
        else if (!complaint && reading.Complaint)
        {
            conversation.DropRecovery(actor, now);
        }

        reading.SayComplaint(complaint);
    }

    /// <summary>What the customer wrote, newest first.</summary>
    public static async Task<List<string>> Messages(HeliotropeDb db, long number) => (await Written(db, number)).FindAll(written => written.Author is Author.Known).ConvertAll(written => written.Text);

    /// <summary>What people wrote to us there, newest first, with who and when.</summary>
    public static async Task<List<WrittenToUs>> Written(HeliotropeDb db, long number)
    {
        const int most = 50;
        return await db.Entries.Where(e => e.ConversationNumber == number && e.Direction == Direction.In && e.Author != Author.Machine).OrderByDescending(e => e.Id).Take(most)
            .Select(e => new WrittenToUs(e.Author, e.Text, e.At, e.Proof == SenderProved.Disowned)).ToListAsync();
    }

    /// <summary>The words that a colleague names; and where they name none, those on which the reading rested.</summary>
    private void Teach(HeliotropeDb db, Actor actor, long number, Sign sign, LifeEvent? happened, bool counts, string named, List<(Sign Sign, string Words)> evidence)
    {
        if (actor is not { Kind: ActorKind.Person, Id: { } user })
        {
            return; // a program corrects one reading; people teach
        }

        foreach (var words in named.Length > 0 ? [named] : evidence.Where(e => e.Sign == sign).Select(e => e.Words))
        {
            db.Lessons.Add(new() { ConversationNumber = number, Sign = sign, LifeEvent = happened, Words = words, Counts = counts, UserId = user, At = time.Now() });
        }
    }
}
