using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Drafts;

/// <summary>Shows a reply as its reader will see it: by the same renderer as the mail.</summary>
internal static class PreviewReply
{
    public static string Html(string text, IReadOnlyList<UploadView> files) =>
        Markdown.ToHtml(text, id => files.FirstOrDefault(file => file.Picture == id) is { } file ? $"/uploads/{file.Id}" : null);

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/conversations/{number:long}/preview", (long number, AddUploads add, HttpContext http) => Show(number, add, http)).WithMetadata(DraftForm.Limit);
        desk.MapPost("/conversations/new/preview", (AddUploads add, HttpContext http) => Show(null, add, http)).WithMetadata(DraftForm.Limit);
    }

    /// <summary>The words alone for the page's script; without one the page again, with what was typed kept.</summary>
    private static async Task<IResult> Show(long? number, AddUploads add, HttpContext http)
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
            return Results.Text(Markdown.ToHtml(form.Body.Text ?? "", id => pictures.GetValueOrDefault(id) is { } upload && long.TryParse(upload, out _) ? $"/uploads/{upload}" : null), "text/html; charset=utf-8");
        }

        var kept = await add.Run(http.Actor(), form.Body, form.Age, form.Files, http.RequestAborted);
        var draft = kept.Refusal is null && kept.Value > 0 ? kept.Value : form.Body.Id;
        return kept.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal)
            : Results.LocalRedirect(number is { } there ? $"/conversations/{there}?preview=yes" : DraftEndpoints.NewAddress(draft));
    }
}
