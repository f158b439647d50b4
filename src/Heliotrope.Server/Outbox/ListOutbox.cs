using System.Linq.Expressions;
using System.Text;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>A mail of ours.</summary>
/// <param name="Id">The id.</param>
/// <param name="Conversation">The conversation it belongs to; null for a notification to a colleague.</param>
/// <param name="Kind">reply, confidence or notification.</param>
/// <param name="MessageId">Fixed before the first try.</param>
/// <param name="To">The recipient.</param>
/// <param name="Subject">The subject.</param>
/// <param name="State">waiting, sending, sent, failed, kept (no smarthost is set), replayed or withdrawn.</param>
/// <param name="CreatedAt">When it was written (UTC).</param>
/// <param name="NextTryAt">When it is tried next (UTC); null when it is not.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Doubts">How often an attempt ended without an answer.</param>
/// <param name="Problem">What the other side said last; empty when nothing went wrong.</param>
/// <param name="SentAt">When the other side took it (UTC).</param>
public sealed record OutboxItem(
    long Id, long? Conversation, string Kind, string MessageId, string To, string Subject, OutboxState State, DateTimeOffset CreatedAt, DateTimeOffset? NextTryAt,
    int Attempts, int Doubts, string Problem, DateTimeOffset? SentAt)
{
    internal static OutboxItem Of(OutboxMail o) => new(
        o.Id, o.ConversationNumber, o.Kind, o.MessageId, o.EnvelopeTo, o.Subject, o.State, o.CreatedAt, o.State is OutboxState.Waiting ? o.NextTryAt : null,
        o.Attempts, o.Doubts, o.LastError, o.SentAt);
}

/// <summary>A page of the outbox.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record OutboxPageOf(IReadOnlyList<OutboxItem> Items, string? Next);

/// <summary>A part of the outbox.</summary>
/// <param name="Mailbox">What leaves through this mailbox; null for every way.</param>
/// <param name="State">waiting, with what is being sent, or failed; null for every state.</param>
internal sealed record OutboxPart(long? Mailbox = null, OutboxState? State = null)
{
    public static OutboxPart Of(long? mailbox, string? only) => new(mailbox, Codes.Find<OutboxState>(only) is OutboxState.Waiting or OutboxState.Failed ? Codes.Find<OutboxState>(only) : null);

    public Expression<Func<OutboxMail, bool>> Contains()
    {
        var (mailbox, state) = (Mailbox, State);
        return o => (mailbox == null || o.MailboxId == mailbox) && (state == null || o.State == state || (state == OutboxState.Waiting && o.State == OutboxState.Sending));
    }

    /// <summary>As an address says it.</summary>
    public string Query => string.Concat(Mailbox is { } mailbox ? $"&mailbox={mailbox}" : "", State is { } state ? $"&only={Codes.Of(state)}" : "");
}

/// <summary>A mail of ours with its words.</summary>
/// <param name="Mail">As in the list.</param>
/// <param name="From">The sender as the recipient sees it.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part; null when there is none.</param>
/// <param name="Raw">The bytes, which are all ASCII, as text.</param>
public sealed record OutboxItemDetails(OutboxItem Mail, string From, string Text, string? Html, string Raw);

/// <summary>Reads the outbox.</summary>
internal sealed class ListOutbox(Store store)
{
    private const int PageSize = 50;

    /// <param name="actor">Who asks.</param>
    /// <param name="after">Begins below this mail.</param>
    /// <param name="only">Which; null for all.</param>
    public async Task<Result<OutboxPageOf>> Run(Actor actor, long? after, OutboxPart? only = null)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        var rows = await store.Read(actor, db => db.Outbox
            .Where(o => after == null || o.Id < after)
            .Where(MayRead(actor))
            .Where((only ?? new()).Contains())
            .OrderByDescending(o => o.Id)
            .Take(PageSize + 1)
            .Select(o => new OutboxItem(
                o.Id, o.ConversationNumber, o.Kind, o.MessageId, o.EnvelopeTo, o.Subject, o.State, o.CreatedAt, o.State == OutboxState.Waiting ? o.NextTryAt : null,
                o.Attempts, o.Doubts, o.LastError, o.SentAt))
            .ToListAsync());
        return rows.Count > PageSize ? new OutboxPageOf(rows[..PageSize], $"{rows[PageSize - 1].Id}") : new OutboxPageOf(rows, null);
    }

    public async Task<Result<OutboxItemDetails>> Open(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        if (await store.Read(actor, db => db.Outbox.Include(o => o.Bytes).Where(MayRead(actor)).FirstOrDefaultAsync(o => o.Id == id)) is not { } mail)
        {
            return new Refusal(RefusalKind.NotFound, "outbox.unknown", $"There is no mail {id} in the outbox.");
        }

        var content = mail.Bytes!.Content;
        var message = MailReader.Read(content);
        return new OutboxItemDetails(
            OutboxItem.Of(mail), message.From is { } from ? $"{from.Name} <{from.Address}>" : "", message.Text, message.Html, Encoding.ASCII.GetString(content));
    }

    /// <summary>Mail to a colleague tells of what they may see, and is for nobody else.</summary>
    internal static Expression<Func<OutboxMail, bool>> MayRead(Actor actor)
    {
        var person = actor.Person;
        return o => o.UserId == null || o.UserId == person;
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/outbox", async (long? after, long? mailbox, string? only, ListOutbox list, HttpContext http) => (await list.Run(http.Actor(), after, OutboxPart.Of(mailbox, only))).ToApi())
            .WithName("listOutbox").WithSummary("List the mail that left, leaves or could not leave").Answers<OutboxPageOf>();
        api.MapGet("/outbox/{id:long}", async (long id, ListOutbox list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getOutboxMail").WithSummary("Read a mail of the outbox").Answers<OutboxItemDetails>();
    }
}
