using System.Text;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Outbox;

/// <summary>The pages of the outbox. Without a smarthost they show what would have been sent.</summary>
internal static class OutboxEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/outbox", async (long? after, long? mailbox, string? only, ListOutbox list, Current<Organisation> organisation, Departure departure, Pages pages, HttpContext http) =>
        {
            var part = OutboxPart.Of(mailbox, only);
            var development = !departure.IsPossible(await organisation.Get());
            return (await list.Run(http.Actor(), after, part)).Match(
                page => Pages.Component<OutboxPage>(new
                {
                    Viewer = pages.Viewer(http),
                    View = new OutboxView(development, [.. page.Items.Select(RowOf)], page.Next is { } next ? $"/outbox?after={next}{part.Query}" : null, part.Query.Length > 0),
                }),
                Pages.Refused);
        });
        desk.MapGet("/outbox/{id:long}", async (long id, ListOutbox list, Current<Organisation> organisation, Departure departure, Pages pages, HttpContext http) =>
        {
            var development = !departure.IsPossible(await organisation.Get());
            return (await list.Open(http.Actor(), id)).Match(
                mail => Pages.Component<OutboxMessage>(new
                {
                    Viewer = pages.Viewer(http),
                    View = new OutboxMessageView(RowOf(mail.Mail), mail.From, mail.Mail.MessageId, mail.Text, mail.Html is not null, mail.Raw, development),
                }),
                Pages.Refused);
        });
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
