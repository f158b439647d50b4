using System.Globalization;
using CsvHelper;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Happiness;

/// <summary>The conversations behind the figures as a table for a spreadsheet: a row each, written while they are read.</summary>
internal sealed class HappinessCsv(Store store, TimeProvider time)
{
    private static readonly string[] Columns =
        ["number", "started", "ended", "end", "seconds", "first_answer_seconds", "first_answer_due", "first_answer_on_time", "team", "driver", "channel"];

    /// <summary>What a spreadsheet would take for a formula is words: an apostrophe before it says so.</summary>
    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with
    {
        Injection = CsvInjection.Escape,
        WriteByteOrderMark = true, // without it, Excel takes ü for Ã¼
    };

    private sealed record Row(
        long Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, HappinessEnd? End, long? TeamId, long? DriverId, Channel Channel, DateTimeOffset? AnswerDueAt,
        DateTimeOffset? FirstAt, DateTimeOffset? FirstDueAt, bool? FirstOnTime);

    public Result<PushStreamHttpResult> Run(Actor actor, DateOnly? from, DateOnly? to, FigureFilter filter)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var usual = HappinessScreen.Span(time.Now());
        var asked = HappinessReport.SpanOf(from ?? usual.From, to ?? usual.To);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"happiness-{asked.Value.From:yyyy-MM-dd}-{asked.Value.To:yyyy-MM-dd}.csv");
        return TypedResults.Stream(body => Write(actor, body, asked.Value, filter), "text/csv; charset=utf-8", name);
    }

    private async Task Write(Actor actor, Stream body, DaySpan span, FigureFilter filter)
    {
        await using var db = await store.Open(actor);
        var now = time.Now();
        var names = await Names.Of(db);
        await using var csv = CsvWriter.Create(body, Format, true);
        await csv.WriteRecordAsync(Columns);
        await foreach (var row in Rows(db, BehindFigure.Started(db, span.From, span.To, filter)).AsAsyncEnumerable())
        {
            await csv.WriteRecordAsync(Fields(row, names, now));
        }
    }

    private static IQueryable<Row> Rows(HeliotropeDb db, IQueryable<Conversation> started)
    {
        var ours = db.Entries.Where(e => e.Kind == EntryKind.Message && e.Direction == Direction.Out && e.Author != Author.Machine && e.ForwardedTo == "");
        return started.AsNoTracking().OrderBy(c => c.Number).Select(c => new Row(
            c.Number, c.HappinessStartedAt!.Value, c.HappinessEndedAt, c.HappinessEnd, c.TeamId, c.DriverId, c.Channel, c.AnswerDueAt,
            ours.Where(e => e.ConversationNumber == c.Number).OrderBy(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefault(),
            ours.Where(e => e.ConversationNumber == c.Number).OrderBy(e => e.Id).Select(e => e.DueAt).FirstOrDefault(),
            c.FirstAnswerOnTime));
    }

    private static string[] Fields(Row row, Names names, DateTimeOffset now)
    {
        // Where nobody has answered yet, the answer that is due is the first one: overdue as on the page, and not one that came late.
        var due = row.FirstAt is null ? row.AnswerDueAt : row.FirstDueAt;
        return
        [
            row.Number.ToString(CultureInfo.InvariantCulture),
            Iso(row.StartedAt),
            Iso(row.EndedAt),
            row.End?.ToString().ToLowerInvariant() ?? "",
            Seconds(row.EndedAt - row.StartedAt),
            Seconds(row.FirstAt - row.StartedAt),
            Iso(due),
            row.FirstOnTime switch { true => "yes", false => "no", null => row.FirstAt is null && due < now ? "overdue" : "" },
            names.Team(row.TeamId) ?? "",
            names.Driver(row.DriverId) ?? "",
            row.Channel.ToString().ToLowerInvariant(),
        ];
    }

    private static string Iso(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Seconds(TimeSpan? span) => span is { } length ? ((long)length.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "";
}
