using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Html;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>The pages on which people work conversations, and the forms on them.</summary>
internal static class DeskEndpoints
{
    /// <summary>Cleaned HTML in a frame of its own: no script, nothing fetched, styles only.</summary>
    public const string FramePolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    /// <summary>A message with more pictures shows the first of them, and all of them as files.</summary>
    public const int MostPictureBytes = 8 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/", () => Results.LocalRedirect("/conversations"));
        desk.MapGet("/conversations", async (string? view, string? after, DateOnly? from, DateOnly? to, string? ending, string? team, string? driver, string? channel, string? late, string? tag, Queues queues, Pages pages, HttpContext http) =>
            Pages.Component<InboxPage>(new { Viewer = pages.Viewer(http), View = await queues.Page(http.Actor(), new(view, after, from, to, ending, FigureFilter.Of(team, driver, channel), late, tag)) }));

        var one = desk.MapGroup("/conversations/{number:long}");
        one.MapGet("", (long number, string? view, ConversationPages show, HttpContext http) => show.Show(http, number, view, null));
        one.MapPost("/note", async (long number, [FromForm] string? text, Note note, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await note.Run(http.Actor(), number, new(text), http.RequestAborted), ("mode", "note"), ("text", text)));
        one.MapPost("/assign", async (long number, [FromForm] string? user, Assign assign, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await assign.Run(http.Actor(), number, new(user), http.RequestAborted)));
        one.MapPost("/resolve", async (long number, Resolve resolve, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await resolve.Run(http.Actor(), number, http.RequestAborted)));
        one.MapPost("/reopen", async (long number, Reopen reopen, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await reopen.Run(http.Actor(), number, http.RequestAborted)));
        one.MapPost("/snooze", async (long number, [FromForm] string? until, [FromForm] string? at, Snooze snooze, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await snooze.Run(http.Actor(), number, new(SnoozeChoices.Read(until, at, Zone.Here)), http.RequestAborted)));
        one.MapGet("/entries/{id:long}/html", Html);
        one.MapGet("/attachments/{id:long}", async (long number, long id, GetAttachment get, HttpContext http) =>
            GetAttachment.Download(await get.Run(http.Actor(), id, number, http.RequestAborted), http));
        one.MapGet("/attachments/{id:long}/picture", async (long number, long id, GetAttachment get, HttpContext http) =>
            GetAttachment.Picture(await get.Run(http.Actor(), id, number, http.RequestAborted), http));
    }

    private static async Task<IResult> Html(long number, long id, Store store, GetAttachment attachments, HttpContext http)
    {
        var html = await store.Read(db => db.Entries.Where(e => e.Id == id && e.ConversationNumber == number).Select(e => e.Html).FirstOrDefaultAsync(http.RequestAborted));
        if (html is null)
        {
            return Pages.Refused(Refusal.NoConversation(number));
        }

        return Framed(html.Contains("cid:", StringComparison.OrdinalIgnoreCase) && await attachments.Message(id, http.RequestAborted) is { } message
            ? InlinePictures.Embed(html, message.Attachments, MostPictureBytes)
            : html, http);
    }

    public static IResult Framed(string html, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = FramePolicy;
        return TypedResults.Content($"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><base target=\"_blank\"></head><body>{html}</body></html>", "text/html; charset=utf-8");
    }
}

/// <summary>The conversation's page, as it stands and after something was done.</summary>
internal sealed class ConversationPages(Store store, GetConversation get, Queues queues, Pages pages)
{
    public async Task<IResult> Show(HttpContext http, long number, string? view, FormState? form)
    {
        var actor = http.Actor();
        var found = await get.Run(actor, number);
        if (found.Refusal is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var details = found.Value;
        var viewer = pages.Viewer(http);
        var (customer, people, askedAt) = await store.Read(db => Around(db, details));
        var filing = await store.Read(db => Filing.Of(db, details));
        var writing = await store.Read(db => DraftViews.Of(db, details, actor.Id!.Value));
        var page = new ConversationView(
            number, details.Subject, Name(details.State), Name(details.Channel), customer, details.Assignee?.Id.ToString(CultureInfo.InvariantCulture), people,
            [.. details.Entries.Select(e => EntryViews.Of(e, viewer, number))], ClockOf(details, askedAt), await queues.Page(actor, QueueRequest.Beside(http, view)), form, filing, writing);
        return Pages.Component<ConversationPage>(new { Viewer = viewer, View = page }, form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Back to the conversation; or its page again with what to change, and everything that was typed.</summary>
    public async Task<IResult> After(HttpContext http, long number, Result<ConversationDetails> result, params (string Name, string? Value)[] typed) =>
        result.Refusal switch
        {
            null => Results.LocalRedirect($"/conversations/{number}"),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
            { Kind: RefusalKind.Conflict } when typed.Length == 0 => Results.LocalRedirect($"/conversations/{number}"), // somebody else was quicker; the page shows it
            var refusal => await Show(http, number, null, Pages.Again(refusal with { Field = "text" }, typed)),
        };

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static async Task<(CustomerView Customer, IReadOnlyList<PersonChoice> People, DateTimeOffset? AskedAt)> Around(HeliotropeDb db, ConversationDetails details)
    {
        var id = details.Customer.Id;
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        var earlier = await db.Conversations.WithoutSpam()
            .Where(c => c.CustomerId == id && c.Number != details.Number)
            .OrderByDescending(c => c.LastActivityAt)
            .Take(10)
            .Select(c => new { c.Number, c.Subject, c.LastActivityAt, c.HappinessEnd })
            .ToListAsync();
        var people = await db.Users.OrderBy(u => u.Name).Take(200).Select(u => new { u.Id, u.Name }).ToListAsync();
        var asked = await db.ConfidenceChecks.Where(c => c.ConversationNumber == details.Number).MaxAsync(c => (DateTimeOffset?)c.CreatedAt);
        return (
            new(
                id.ToString(CultureInfo.InvariantCulture),
                customer.Name == details.Customer.Email ? null : customer.Name,
                details.Customer.Email,
                customer.Language is { } language ? Words.OfLanguage(language) : null,
                customer.CreatedAt,
                earlier.ConvertAll(c => new EarlierConversation(c.Number, c.Subject, c.LastActivityAt, c.HappinessEnd?.ToString().ToLowerInvariant()))),
            people.ConvertAll(u => new PersonChoice(u.Id.ToString(CultureInfo.InvariantCulture), u.Name)),
            asked);
    }

    private static ClockView ClockOf(ConversationDetails details, DateTimeOffset? askedAt)
    {
        var (started, ended, kind, _, answers) = details.Happiness;
        return new(
            started ?? details.Entries[0].At, ended, kind?.ToString().ToLowerInvariant(), askedAt,
            answers?.Resolved, answers?.Again, answers is { Comment.Length: > 0 } ? answers.Comment : null);
    }
}
