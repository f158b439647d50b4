using Heliotrope.Core.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>What becomes of a mail of ours once it is written, where its address has no mailbox that sends: it waits for the worker, or it is kept because nothing may leave.</summary>
internal sealed record Departure(OutboxState State)
{
    /// <summary>Through which mailbox a mail from an address of ours leaves (null: the smarthost of all), and what becomes of it.</summary>
    public async Task<(OutboxState State, OutboxRoute Route)> Of(HeliotropeDb db, string our)
    {
        var mailbox = State is OutboxState.Replayed ? null : await db.Mailboxes.Where(m => m.Address == our).Select(m => new { m.Id, m.SmtpHost, m.TakesTags }).FirstOrDefaultAsync();
        return mailbox is null ? (State, OutboxRoute.OfAll)
            : mailbox.SmtpHost.Length > 0 ? (OutboxState.Waiting, new(mailbox.Id, mailbox.TakesTags))
            : (State, new(null, mailbox.TakesTags)); // what is sent back arrives in it all the same
    }

    /// <summary>The address of ours that a mail was sent from, without our tag.</summary>
    public static string OurAddress(OutboxMail mail) => EmailAddress.TryParse(mail.EnvelopeFrom, out var from) ? from.WithoutTag.Value : mail.EnvelopeFrom;

    /// <summary>Whether any mail can leave at all.</summary>
    public bool IsPossible(Organisation organisation) => State is OutboxState.Waiting || organisation.SendsThroughMailboxes;
}

/// <summary>The way on which a mail leaves.</summary>
/// <param name="Mailbox">Null for the smarthost of all.</param>
/// <param name="TakesTags">Whether what is sent back to our address with a tag behind a plus arrives.</param>
internal sealed record OutboxRoute(long? Mailbox, bool TakesTags)
{
    public static readonly OutboxRoute OfAll = new(null, true);
}
