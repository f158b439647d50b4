using System.Text;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Outbox;

/// <summary>The pages of the outbox. Without a smarthost they show what would have been sent.</summary>
internal static class OutboxEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/outbox", async (long? after, ListOutbox list, ServerSettings settings, Pages pages, HttpContext http) =>
            (await list.Run(http.Actor(), after)).Match(
                page => Pages.Component<OutboxPage>(new
                {
                    Viewer = pages.Viewer(http),
                    View = new OutboxView(settings.Smarthost is null, [.. page.Items.Select(RowOf)], page.Next is { } next ? $"/outbox?after={next}" : null),
                }),
                Pages.Refused));
        desk.MapGet("/outbox/{id:long}", async (long id, ListOutbox list, ServerSettings settings, Pages pages, HttpContext http) =>
            (await list.Open(http.Actor(), id)).Match(
                mail => Pages.Component<OutboxMessage>(new
                {
                    Viewer = pages.Viewer(http),
                    View = new OutboxMessageView(RowOf(mail.Mail), mail.From, mail.Mail.MessageId, mail.Text, mail.Html is not null, mail.Raw, settings.Smarthost is null),
                }),
                Pages.Refused));
        desk.MapGet("/outbox/{id:long}/html", async (long id, ListOutbox list, HttpContext http) =>
            (await list.Open(http.Actor(), id)).Match(mail => DeskEndpoints.Framed(WithPictures(mail), http), Pages.Refused));
        desk.MapPost("/outbox/{id:long}/again", async (long id, SendAgain again, HttpContext http) =>
            (await again.Run(http.Actor(), id, http.RequestAborted)).Match(
                mail => Results.LocalRedirect(mail.Conversation is { } number ? $"/conversations/{number}" : $"/outbox/{id}"),
                refusal => refusal.Code == "smarthost.missing" ? Results.LocalRedirect($"/outbox/{id}") : Pages.Refused(refusal)));
    }

    private static string WithPictures(OutboxItemDetails mail) =>
        InlinePictures.Embed(mail.Html ?? "", MailReader.Read(Encoding.ASCII.GetBytes(mail.Raw)).Attachments, DeskEndpoints.MostPictureBytes);

    private static OutboxRow RowOf(OutboxItem o) => new(
        o.Id, o.CreatedAt, o.To, o.Subject,
        new(o.Id, EntryViews.StateOf(o.State, o.Doubts), o.Attempts, o.SentAt, o.NextTryAt, o.Problem.Length > 0 ? o.Problem : null),
        o.Conversation);
}
