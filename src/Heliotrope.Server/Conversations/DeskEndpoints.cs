using System.Net;
using Heliotrope.Core;
using Heliotrope.Mail.Html;
using Heliotrope.Server.Database;
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
        desk.MapGet("/conversations", async (Queues queues, Pages pages, HttpContext http) =>
            Pages.Component<InboxPage>(new { Viewer = pages.Viewer(http), View = await queues.Page(http.Actor(), QueueRequest.Of(http.Request.Query)) }));

        var one = desk.MapGroup("/conversations/{number:long}");
        one.MapGet("", (long number, ConversationPages show, HttpContext http) => show.Show(http, number, null));
        one.MapPost("/note", async (long number, [FromForm] string? text, Note note, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await note.Run(http.Actor(), number, new(text), http.RequestAborted), ("mode", "note"), ("text", text))).ForReaders();
        one.MapPost("/assign", async (long number, [FromForm] string? user, [FromForm] string? from, Assign assign, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await assign.Run(http.Actor(), number, new(user, from), http.RequestAborted), ("user", user)));
        one.MapPost("/resolve", async (long number, Resolve resolve, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await resolve.Run(http.Actor(), number, http.RequestAborted)));
        one.MapPost("/reopen", async (long number, Reopen reopen, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await reopen.Run(http.Actor(), number, http.RequestAborted)));
        one.MapPost("/snooze", async (long number, [FromForm] string? until, [FromForm] string? at, Snooze snooze, ConversationPages show, HttpContext http) =>
            await show.After(http, number, await snooze.Run(http.Actor(), number, new(SnoozeChoices.Read(until, at, Zone.Here)), http.RequestAborted)));
        one.MapGet("/entries/{id:long}/html", Html);
        one.MapPost("/entries/{id:long}/html", WithPictures); // a form, so that no page elsewhere can make us fetch
        one.MapGet("/attachments/{id:long}", async (long number, long id, GetAttachment get, HttpContext http) =>
            GetAttachment.Download(await get.Run(http.Actor(), id, number, http.RequestAborted), http));
        one.MapGet("/attachments/{id:long}/picture", async (long number, long id, GetAttachment get, HttpContext http) =>
            GetAttachment.Picture(await get.Run(http.Actor(), id, number, http.RequestAborted), http));
    }

    private static Task<IResult> Html(long number, long id, Store store, GetAttachment attachments, HttpContext http) =>
        AsSent(number, id, store, attachments, http, html => Task.FromResult(html));

    private static Task<IResult> WithPictures(long number, long id, Store store, GetAttachment attachments, FetchPictures fetch, HttpContext http) =>
        AsSent(number, id, store, attachments, http, async html =>
        {
            var shown = RemotePictures.Show(html, await fetch.Get(RemotePictures.Addresses(html), http.RequestAborted), MostPictureBytes);
            return RemotePictures.Any(shown) ? $"<p style=\"margin:0 0 8px;font:14px sans-serif;color:#444\">{WebUtility.HtmlEncode(Words.T("entry.remote.missing"))}</p>{shown}" : shown;
        });

    private static async Task<IResult> AsSent(long number, long id, Store store, GetAttachment attachments, HttpContext http, Func<string, Task<string>> add)
    {
        var html = await store.Read(http.Actor(), db => db.Entries.Where(e => e.Id == id && e.ConversationNumber == number).Select(e => e.Html).FirstOrDefaultAsync(http.RequestAborted));
        if (html is null)
        {
            return Pages.Refused(Refusal.NoConversation(number));
        }

        html = await add(html);
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
