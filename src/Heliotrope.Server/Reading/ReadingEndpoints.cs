using Heliotrope.Core;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Reading;

/// <summary>What a reading rests on, and where it is put right.</summary>
/// <param name="Number">The conversation.</param>
/// <param name="Reading">What was understood.</param>
/// <param name="Evidence">The words that it rests on, by what they are a sign of.</param>
/// <param name="DriverId">The driver that it reads like; null for none.</param>
/// <param name="DriverWords">The words that spoke most for the driver.</param>
/// <param name="Drivers">Every driver.</param>
/// <param name="Form">What was typed and could not be taken.</param>
public sealed record ReadingPageView(
    long Number, ReadingDetails Reading, ILookup<Sign, string> Evidence, long? DriverId, IReadOnlyList<string> DriverWords, IReadOnlyList<NamedRef> Drivers, FormState Form);

/// <summary>The page of a reading and its forms.</summary>
internal static class ReadingEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        var one = desk.MapGroup("/conversations/{number:long}/reading");
        one.MapGet("", (long number, ReadingPages show, HttpContext http) => show.Show(http, number, FormState.Fresh));
        one.MapPost("", async (long number, [FromForm] string? complaint, [FromForm] string? happened, [FromForm] string? words, CorrectReading correct, ReadingPages show, HttpContext http) =>
            await correct.Run(http.Actor(), number, new(complaint is null ? null : complaint == "yes", happened, words), http.RequestAborted) switch
            {
                null => Results.LocalRedirect($"/conversations/{number}"),
                { Kind: RefusalKind.Invalid } refusal => await show.Show(http, number, Pages.Again(refusal, ("words", words))),
                var refusal => Pages.Refused(refusal),
            });
    }
}

/// <summary>Shows what a reading rests on. The evidence is not kept: the same words always read the same.</summary>
internal sealed class ReadingPages(Store store, Current<LearnedWords> learned, DriverMemory drivers, Pages pages)
{
    /// <summary>More words of one kind say nothing new.</summary>
    private const int MostOfAKind = 8;

    public async Task<IResult> Show(HttpContext http, long number, FormState form)
    {
        var current = await learned.Get();
        var view = await store.Read(http.Actor(), async db =>
        {
            if (await ReadingDetails.Of(db, number) is not { } reading)
            {
                return null;
            }

            var messages = await CorrectReading.Messages(db, number);
            var conversation = (await db.Conversations.FindAsync(number))!;
            var guess = (await db.Readings.FindAsync(number))!.DriverId;
            var evidence = messages.SelectMany(m => current.Read(m).Evidence.Select(e => (e.Sign, Words: m.Substring(e.At, e.Length).ReplaceLineEndings(" "))))
                .Distinct().GroupBy(e => e.Sign).SelectMany(kind => kind.Take(MostOfAKind)).ToLookup(e => e.Sign, e => e.Words);
            var because = guess is null || messages.Count == 0 ? [] : drivers.Because(TakeIn.Whole(conversation.Subject, messages[^1]));
            return new ReadingPageView(number, reading, evidence, guess, because, [.. (await Names.OfDrivers(db)).Select(d => new NamedRef(d.Id, d.Name))], form);
        });
        return view is null
            ? Pages.Refused(Refusal.NoConversation(number))
            : Pages.Form<ReadingPage>(new { Viewer = pages.Viewer(http), View = view }, again: form.Errors.Count > 0);
    }
}
