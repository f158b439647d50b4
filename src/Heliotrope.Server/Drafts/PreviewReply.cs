using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Shows a reply as its reader will see it: by the same renderer as the mail.</summary>
internal static class PreviewReply
{
    public static string Html(string text, IReadOnlyList<UploadView> files, Signed signed) =>
        Markdown.ToHtml(text, id => files.FirstOrDefault(file => file.Picture == id) is { } file ? $"/uploads/{file.Id}" : null) + signed.Html;

    /// <summary>What stands below the words of whoever writes: in a conversation, or in one that begins at an address of ours.</summary>
    public static async Task<Signed> Signature(HeliotropeDb db, Actor actor, long? number, string? from)
    {
        var organisation = await Organisation.Of(db);
        var our = number is null ? StartConversation.From(db, organisation, from ?? "") : await db.Conversations.Where(c => c.Number == number).Select(c => c.OurAddress).FirstOrDefaultAsync();
        return our is null ? Signed.Nothing : Signed.Of(organisation, our, actor);
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/conversations/{number:long}/preview", (long number, AddUploads add, Store store, HttpContext http) => Show(number, add, store, http)).WithMetadata(DraftForm.Limit);
        desk.MapPost("/conversations/new/preview", (AddUploads add, Store store, HttpContext http) => Show(null, add, store, http)).WithMetadata(DraftForm.Limit);
    }

    /// <summary>The words alone for the page's script; without one the page again, with what was typed kept.</summary>
    private static async Task<IResult> Show(long? number, AddUploads add, Store store, HttpContext http)
    {
        var form = await DraftForm.Read(http, number);
        if (!http.Actor().MayWork)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        if (form.Scripted)
        {
            // Pictures are named by what the page shows of them; the words come from whoever sees them alone.
            var pictures = http.Request.Form["pictures"].OfType<string>().Select(each => each.Split(' ')).Where(each => each.Length == 2).Take(Files.Most).ToDictionary(each => each[0], each => each[1], StringComparer.Ordinal);
            var words = Markdown.ToHtml(form.Body.Text ?? "", id => pictures.GetValueOrDefault(id) is { } upload && long.TryParse(upload, out _) ? $"/uploads/{upload}" : null);
            var signed = words.Length == 0 ? Signed.Nothing : await store.Read(http.Actor(), db => Signature(db, http.Actor(), number, form.Body.From));
            return Results.Text(words + signed.Html, "text/html; charset=utf-8");
        }

        var kept = await add.Run(http.Actor(), form.Body, form.Age, form.Files, http.RequestAborted);
        var draft = kept.Refusal is null && kept.Value > 0 ? kept.Value : form.Body.Id;
        return kept.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal)
            : Results.LocalRedirect(number is { } there ? $"/conversations/{there}?preview=yes" : DraftEndpoints.NewAddress(draft));
    }
}
