using System.Globalization;
using CsvHelper;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Morning;

/// <summary>The morning page: on the screen, on paper, as a table, and whether it comes by mail.</summary>
internal static class MorningEndpoints
{
    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/morning", async (ReadMorning morning, Pages pages, HttpContext http) =>
            Pages.Component<MorningPage>(new { Viewer = pages.Viewer(http), View = await morning.Run(http.Actor()) }));
        desk.MapGet("/morning/print", async (ReadMorning morning, Pages pages, HttpContext http) =>
            Pages.Component<MorningPrint>(new { Viewer = pages.Viewer(http), View = await morning.Run(http.Actor()) }));
        desk.MapGet("/morning.csv", async (ReadMorning morning, PublicAddress address, HttpContext http) => Csv(MorningLines.Of(await morning.Run(http.Actor())), address));
        desk.MapPost("/me/morning", async ([FromForm] string? mail, [FromForm] string? at, Store store, HttpContext http) =>
        {
            var minute = TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : 7 * 60;
            await store.Write(db => Want(db, http.Actor().Id!.Value, mail is "yes" ? minute : null), http.RequestAborted);
            return Results.LocalRedirect("/me?kept=yes#morning");
        }).ForReaders();
    }

    /// <summary>When somebody wants it, in minutes after midnight; null for never.</summary>
    private static async Task<bool> Want(HeliotropeDb db, long user, int? minute)
    {
        var wanted = await db.MorningMails.FindAsync(user);
        if (minute is not { } at)
        {
            if (wanted is not null)
            {
                db.MorningMails.Remove(wanted);
            }

            return false;
        }

        wanted ??= db.MorningMails.Add(new() { UserId = user }).Entity;
        wanted.Minute = at;
        return true;
    }

    private static PushStreamHttpResult Csv(IReadOnlyList<MorningLine> lines, PublicAddress address) => TypedResults.Stream(
        async body =>
        {
            await using var csv = CsvWriter.Create(body, Format, true);
            await csv.WriteRecordAsync(["section", "says", "count", "conversations"]);
            foreach (var line in lines)
            {
                await csv.WriteRecordAsync([line.Section, line.Says, line.Count.ToString(CultureInfo.InvariantCulture), address.For(line.Href)]);
            }
        },
        "text/csv; charset=utf-8",
        "morning.csv");
}
