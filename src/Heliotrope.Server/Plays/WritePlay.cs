using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Core.Plays;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Segments;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>Writes a play, or writes it anew. What a lead writes is in use; what anybody else writes is suggested.</summary>
internal sealed class WritePlay(Store store, TimeProvider time)
{
    /// <param name="actor">Who writes: a new one everybody who works here, another only whoever leads.</param>
    /// <param name="id">Which one is written anew; null for a new one.</param>
    /// <param name="body">What it says.</param>
    /// <param name="cancel">Stops before it is stored.</param>
    public async Task<Result<PlayDetails>> Run(Actor actor, long? id, PlayBody body, CancellationToken cancel)
    {
        if (!actor.MayWork || (id is not null && !actor.MayLead))
        {
            return Refusal.NotAllowed;
        }

        var title = OneLine(body.Title);
        var steps = (body.Steps ?? []).SelectMany(step => (step ?? "").Split('\n')).Select(OneLine).Where(step => step.Length > 0).ToList();
        var words = (body.Words ?? "").ReplaceLineEndings("\n").Trim();
        var mood = MoodOf(body.Mood);
        if ((mood.Refusal ?? Wrong(title, steps, words)) is { } refusal)
        {
            return refusal;
        }

        return await store.Write<Result<PlayDetails>>(
            actor,
            async db =>
            {
                var play = id is { } known ? await PlayRecords.Known(db).FirstOrDefaultAsync(p => p.Id == known, cancel) : null;
                if (id is not null && play is null)
                {
                    return ListPlays.Unknown(id.Value);
                }

                var driver = Names.Find(await Names.OfDrivers(db), body.Driver, Refusal.Invalid("driver.unknown", "No driver has this id or name.", "driver"));
                var segments = (await ListSegments.Names(db, Core.Segments.Segment.Most)).ConvertAll(s => new NamedRef(s.Id, s.Name));
                var segment = Names.Find(segments, body.Segment, Refusal.Invalid("segment.unknown", "No segment has this id or name.", "segment"));
                if ((driver.Refusal ?? segment.Refusal) is { } unknown)
                {
                    return unknown;
                }

                var now = time.Now();
                if (play is null)
                {
                    if (await db.Plays.CountAsync(cancel) >= Play.MostInAll)
                    {
                        return TooMany;
                    }

                    play = db.Plays.Add(new() { CreatedAt = now, AuthorId = actor.Person, AuthorName = actor.Name }).Entity;
                }

                (play.Title, play.Steps, play.Words, play.DriverId, play.Mood, play.SegmentId, play.LookedAt) =
                    (title.Storable(Play.MaxTitle), string.Join('\n', steps).Storable(Play.MostSteps * (Play.MaxStep + 1)), words.Storable(Play.MaxWords), driver.Value?.Id, mood.Value, segment.Value?.Id, now);
                if (actor.MayLead)
                {
                    AcceptPlay.Take(play, now);
                }

                await db.SaveChangesAsync(cancel); // the id
                db.Audit.Add(AuditLine.Of(actor, id is null ? "play.written" : "play.changed", string.Create(CultureInfo.InvariantCulture, $"{play.Id} {play.Title}"), now));
                return (await PlayRecords.Of(db, actor, [play], now))[0];
            },
            cancel);
    }

    public static readonly Refusal TooMany = new(RefusalKind.Conflict, "play.too-many", $"There are {Play.MostInAll} plays already.");

    public static string OneLine(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Result<PlayMood?> MoodOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? (PlayMood?)null
        : text.All(char.IsAsciiLetter) && Enum.TryParse<PlayMood>(text, ignoreCase: true, out var mood) ? mood
        : Refusal.Invalid("play.mood", "A mood is complaint, pressing or thanks.", "mood");

    /// <summary>What keeps these from being a play.</summary>
    private static Refusal? Wrong(string title, List<string> steps, string words) =>
        title.Length is 0 or > Play.MaxTitle ? Refusal.Invalid("play.title", $"A title has 1 to {Play.MaxTitle} characters.", "title")
        : steps.Count == 0 && words.Length == 0 ? Refusal.Invalid("play.empty", "It says neither what to do nor what to say.", "words")
        : steps.Count > Play.MostSteps || steps.Exists(step => step.Length > Play.MaxStep) ? Refusal.Invalid("play.steps", $"It has at most {Play.MostSteps} steps of {Play.MaxStep} characters each.", "steps")
        : words.Length > Play.MaxWords ? Refusal.Invalid("play.too-long", $"Its words have more than {Play.MaxWords} characters.", "words")
        : MacroText.Unknown(words) is { } unknown ? Refusal.Invalid("play.unknown-field", $"There is no field {unknown}.", "words") with { About = unknown }
        : null;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/plays", async (PlayBody body, WritePlay write, HttpContext http) => (await write.Run(http.Actor(), null, body, http.RequestAborted)).ToApi())
            .WithName("writePlay").WithSummary("Write a new play; what leads and administrators write is in use, else it is suggested").Answers<PlayDetails>();
        api.MapPut("/plays/{id:long}", async (long id, PlayBody body, WritePlay write, HttpContext http) => (await write.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("rewritePlay").WithSummary("Write a play anew; for leads and administrators").WithDescription("One that was suggested is in use afterwards.").Answers<PlayDetails>();
    }
}
