using Heliotrope.Core.People;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Mailboxes;

/// <summary>
/// A mailbox is tried by sending mail to itself, on the way on which its answers leave: once to its plain address and once to the address with our tag, since some servers
/// know nothing of tags. <see cref="StoreFetched"/> recognises them when they come back.
/// </summary>
internal sealed class TestMails(SendByMachine send, Departure departure)
{
    public const string Kind = "mailbox-test";

    public async Task Add(HeliotropeDb db, Mailbox mailbox, MailboxState state, Actor by, DateTimeOffset now)
    {
        var id = MessageIds.New(mailbox.Address);
        (state.TestId, state.TestAt, state.TestArrivedAt, state.TestTaggedAt) = (id, now, null, null);
        if (!mailbox.Sends && departure.State is not OutboxState.Waiting)
        {
            return; // no mail can leave at all
        }

        var organisation = await Organisation.Of(db);
        await To("plain", mailbox.Address);
        if (ReplyAddress.For(mailbox.Address, ReplyAddress.OfNotifications, organisation.ReplySecret) is var tagged && tagged.LastIndexOf('@') <= 64)
        {
            await To("tagged", tagged);
        }

        Task To(string kind, string to) => send.Add(
            db,
            new(Kind, by.Person, mailbox.Address, new MailAddress("", to), Words.T("mailboxes.test.subject"), Words.T("mailboxes.test.text")) { MessageId = $"{kind}.{id}" },
            OutboxState.Waiting, mailbox.Sends ? mailbox.Id : null, organisation, now);
    }
}
