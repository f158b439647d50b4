using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Reading;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A customer, in short.</summary>
public sealed record CustomerRef(long Id, string Name, string Email);

/// <summary>A colleague, in short.</summary>
public sealed record UserRef(long Id, string Name, string Email);

/// <summary>Who wrote something.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">The address an inbound message came from; null otherwise.</param>
/// <param name="UserId">The colleague; null for everybody else.</param>
public sealed record AuthorRef(string Name, string? Address, long? UserId);

/// <summary>A file that came with a message. Its bytes are at <c>/api/v1/attachments/{id}</c>.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">A safe file name.</param>
/// <param name="Type">The media type that the sender claims.</param>
/// <param name="Size">Bytes, decoded.</param>
/// <param name="ContentId">The name by which the words refer to it as a picture among them; null when they don't.</param>
public sealed record AttachmentRef(long Id, string Name, string Type, long Size, string? ContentId);

/// <summary>Where an outgoing message is.</summary>
/// <param name="Id">The id in the outbox.</param>
/// <param name="State">waiting, sending, sent, failed, kept (no smarthost is set), replayed (from a file, never sent) or withdrawn (never sent).</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Doubts">How often an attempt ended without an answer, so that it may have arrived more than once.</param>
/// <param name="Problem">What the other side said last; empty when nothing went wrong.</param>
/// <param name="SentAt">When the other side took it (UTC); null before.</param>
/// <param name="NextTryAt">When it is tried next (UTC); null when it is not.</param>
/// <param name="To">The recipient's address.</param>
public sealed record DeliveryRef(long Id, Outbox.OutboxState State, int Attempts, int Doubts, string Problem, DateTimeOffset? SentAt, DateTimeOffset? NextTryAt, string To);

/// <summary>One thing said or done.</summary>
/// <param name="Id">The id; within a conversation a higher id is later.</param>
/// <param name="Kind">message, note or event.</param>
/// <param name="Direction">in or out for messages; null otherwise.</param>
/// <param name="Author">known, somebody-else (not the customer) or machine.</param>
/// <param name="From">Who wrote or did it.</param>
/// <param name="Text">The new words; for an event its code.</param>
/// <param name="Detail">What an event is about; empty otherwise.</param>
/// <param name="Quoted">The quoted part of an inbound message.</param>
/// <param name="Html">Cleaned HTML; null when there is none.</param>
/// <param name="MessageId">The Message-ID without angle brackets; null when there is none.</param>
/// <param name="At">When (UTC): for mail, when it was received.</param>
/// <param name="Attachments">The files that came with it.</param>
/// <param name="Delivery">Where an outgoing message is; null for all else.</param>
/// <param name="Cc">Who else got it: addresses, separated by a comma; empty when nobody.</param>
/// <param name="Bcc">Who got it unseen by the others, in the same form.</param>
/// <param name="Copies">Where the mails to <paramref name="Cc"/> and <paramref name="Bcc"/> are.</param>
/// <param name="DueAt">When the answer that this is was due (UTC); null when none was.</param>
/// <param name="RuleId">The rule that wrote or did it; null for all else.</param>
public sealed record EntryDetails(
    long Id, EntryKind Kind, Direction? Direction, Author Author, AuthorRef From, string Text, string Detail, string Quoted, string? Html, string? MessageId,
    DateTimeOffset At, IReadOnlyList<AttachmentRef> Attachments, DeliveryRef? Delivery, string Cc, string Bcc, IReadOnlyList<DeliveryRef> Copies, DateTimeOffset? DueAt,
    long? RuleId = null)
{
    /// <summary>Whom a message of ours went to instead of the customer: addresses, separated by a comma; empty for all else.</summary>
    public string ForwardedTo { get; init; } = "";

    /// <summary>Whether a message of theirs is from whom it says.</summary>
    public SenderProved Proof { get; init; }

    /// <summary>What was found out about that; empty when nobody looked.</summary>
    public string ProofDetail { get; init; } = "";

    /// <summary>The colleagues who are named in a note.</summary>
    public IReadOnlyList<PersonRef> Mentions { get; init; } = [];
}

/// <summary>The speed-to-happiness clock of a conversation (docs/method.md, A1).</summary>
/// <param name="StartedAt">The customer's first message (UTC); null while only machines wrote.</param>
/// <param name="EndedAt">When it ended (UTC); null while it runs.</param>
/// <param name="Kind">confirmed, thanked, silent or unhappy; null while it runs.</param>
/// <param name="Seconds">From start to end; null while it runs.</param>
/// <param name="Answers">The newest answers to the confidence check; null without.</param>
public sealed record HappinessDetails(DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, HappinessEnd? Kind, double? Seconds, AnswersDetails? Answers);

/// <summary>What the customer answered.</summary>
/// <param name="Resolved">"Is it resolved?"</param>
/// <param name="Again">"Would you go through this again with us?"</param>
/// <param name="Comment">What they added; empty when nothing.</param>
public sealed record AnswersDetails(bool Resolved, bool Again, string Comment);

/// <summary>A team or a driver, in short.</summary>
public sealed record NamedRef(long Id, string Name);

/// <summary>How a conversation is filed.</summary>
/// <param name="Team">The team that answers for it; null when none does.</param>
/// <param name="Driver">Why they had to write (docs/method.md, D1); null while nobody has said.</param>
/// <param name="Tags">In alphabetical order.</param>
/// <param name="WaitingSince">Since when the customer waits for a word from us (UTC); null when they don't.</param>
/// <param name="AnswerDueAt">When the team's target says that an answer is due (UTC); null when none is.</param>
/// <param name="SnoozedUntil">Until when it is put off (UTC); null when it is not.</param>
/// <param name="Spam">It is in the spam folder, and in no list and no figure.</param>
/// <param name="Demo">It is part of the demo company.</param>
/// <param name="Follows">The conversation that it follows, which was long over; null for most.</param>
/// <param name="FollowedBy">The conversation that follows it; null for most.</param>
public sealed record FilingDetails(
    NamedRef? Team, NamedRef? Driver, IReadOnlyList<string> Tags, DateTimeOffset? WaitingSince, DateTimeOffset? AnswerDueAt, DateTimeOffset? SnoozedUntil, bool Spam, bool Demo,
    long? Follows, long? FollowedBy)
{
    /// <summary>The address of ours that they wrote to, from which answers leave; empty where none is known.</summary>
    public string OurAddress { get; init; } = "";

    /// <summary>The brand of that address; null for the organisation's own.</summary>
    public NamedRef? Brand { get; init; }
}

/// <summary>A conversation with everything said and done in it, oldest first.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subject">What it is about, in the customer's words.</param>
/// <param name="State">Whose turn it is.</param>
/// <param name="Channel">Where it takes place.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="Assignee">Who answers for it; null while nobody does.</param>
/// <param name="LastActivityAt">When anything last happened (UTC).</param>
/// <param name="Attention">What lifts it above the order of waiting.</param>
/// <param name="Entries">Everything said and done, oldest first.</param>
/// <param name="Happiness">The speed-to-happiness clock.</param>
/// <param name="Filing">How it is filed.</param>
/// <param name="Reading">What is understood of the customer's messages; null while they wrote none.</param>
/// <param name="Promises">What we promised in it, in the order in which it was promised.</param>
public sealed record ConversationDetails(
    long Number, string Subject, ConversationState State, Channel Channel, CustomerRef Customer, UserRef? Assignee, DateTimeOffset LastActivityAt, Attention Attention,
    IReadOnlyList<EntryDetails> Entries, HappinessDetails Happiness, FilingDetails Filing, ReadingDetails? Reading, IReadOnlyList<PromiseDetails> Promises)
{
    /// <summary>Messages that leave later, and those that were to leave and did not, in the order in which they were written.</summary>
    public IReadOnlyList<WaitingDetails> Waiting { get; init; } = [];

    /// <summary>How the customer's confidence is restored, where something went wrong.</summary>
    public RecoveryDetails Recovery { get; init; } = FiguresDetails.None.Recovery;

    /// <summary>How this contact compares with what is usual.</summary>
    public MomentDetails Moment { get; init; } = FiguresDetails.None.Moment;

    /// <summary>What made it hard for the customer.</summary>
    public FrictionDetails Friction { get; init; } = FiguresDetails.None.Friction;

    /// <summary>What takes the change back that this answers; null when nothing was changed. For <c>POST /api/v1/undo/{token}</c>.</summary>
    public string? Undo { get; init; }
}

/// <summary>Reads one conversation.</summary>
internal sealed class GetConversation(Store store, TimeProvider time)
{
    public async Task<Result<ConversationDetails>> Run(Actor actor, long number, Func<Attachment, string>? pictureAt = null, TimelinePart? part = null)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Show(actor, number, time.Now(), pictureAt, part);
    }

    /// <param name="db">The database.</param>
    /// <param name="number">The conversation.</param>
    /// <param name="pictureAt">The address of a picture among words of ours; null for that of the mail.</param>
    /// <param name="now">Now (UTC).</param>
    /// <param name="part">Which entries to read; null for all.</param>
    public static async Task<ConversationDetails?> Read(HeliotropeDb db, long number, DateTimeOffset now, Func<Attachment, string>? pictureAt = null, TimelinePart? part = null)
    {
        var head = await ListConversations.Project(db, db.Conversations.AsNoTracking().Where(c => c.Number == number)).FirstOrDefaultAsync();
        if (head is null)
        {
            return null;
        }

        var clock = await db.Conversations.Where(c => c.Number == number)
            .Select(c => new
            {
                c.HappinessStartedAt,
                c.HappinessEndedAt,
                c.HappinessEnd,
                c.Attention,
                c.WaitingSince,
                c.AnswerDueAt,
                c.SnoozedUntil,
                c.IsSpam,
                c.Demo,
                c.OurAddress,
                FollowsNumber = db.Conversations.Where(f => f.Number == c.FollowsNumber).Select(f => (long?)f.Number).FirstOrDefault(),
                FollowedBy = db.Conversations.Where(f => f.FollowsNumber == c.Number).Max(f => (long?)f.Number),
                Team = db.Teams.Where(t => t.Id == c.TeamId).Select(t => new NamedRef(t.Id, t.Name)).FirstOrDefault(),
                Brand = db.OurAddresses.Where(a => a.Address == c.OurAddress).Join(db.Brands, a => a.BrandId, b => b.Id, (_, b) => new NamedRef(b.Id, b.Name)).FirstOrDefault(),
                Driver = db.Drivers.Where(d => d.Id == c.DriverId).Select(d => new NamedRef(d.Id, d.Name)).FirstOrDefault(),
            })
            .SingleAsync();
        var tags = await db.ConversationTags.Where(t => t.ConversationNumber == number).Join(db.Tags, t => t.TagId, t => t.Id, (_, t) => t.Name).OrderBy(name => name).ToListAsync();
        var answered = await db.ConfidenceChecks.AsNoTracking()
            .Where(c => c.ConversationNumber == number && c.AnsweredAt != null)
            .OrderByDescending(c => c.AnsweredAt)
            .FirstOrDefaultAsync();
        var ids = part?.Ids;
        var entries = await db.Entries.AsNoTracking().Include(e => e.Attachments)
            .Where(e => e.ConversationNumber == number && (ids == null || ids.Contains(e.Id)))
            .OrderBy(e => e.At).ThenBy(e => e.Id)
            .ToListAsync();
        var mails = await db.Outbox
            .Where(o => o.ConversationNumber == number && o.EntryId != null && (ids == null || ids.Contains(o.EntryId!.Value)))
            .OrderBy(o => o.Id)
            .Select(o => new { o.EntryId, Ref = new DeliveryRef(o.Id, o.State, o.Attempts, o.Doubts, o.LastError, o.SentAt, o.State == Outbox.OutboxState.Waiting ? o.NextTryAt : null, o.EnvelopeTo) })
            .ToListAsync();
        var deliveries = mails.ToLookup(m => m.EntryId!.Value, m => m.Ref);
        var mentions = (await db.Mentions.Where(m => db.Entries.Any(e => e.Id == m.EntryId && e.ConversationNumber == number)).OrderBy(m => m.Name).Select(m => new { m.EntryId, Person = new PersonRef(m.UserId, m.Name) }).ToListAsync())
            .ToLookup(m => m.EntryId, m => m.Person);

        var elapsed = clock.HappinessEndedAt - clock.HappinessStartedAt;
        var answers = answered?.Answers is { } given ? new AnswersDetails(given.Resolved, given.Again, given.Comment) : null;
        var figures = await FiguresDetails.Of(db, number, now);
        return new(
            head.Number, head.Subject, head.State, head.Channel, head.Customer, head.Assignee, head.LastActivityAt, clock.Attention,
            [.. entries.Select(e => Details(e, [.. deliveries[e.Id]], pictureAt ?? (file => $"cid:{file.ContentId}")) with { Mentions = [.. mentions[e.Id]] })],
            new(clock.HappinessStartedAt, clock.HappinessEndedAt, clock.HappinessEnd, elapsed?.TotalSeconds, answers),
            new(clock.Team, clock.Driver, tags, clock.WaitingSince, clock.AnswerDueAt, clock.SnoozedUntil, clock.IsSpam, clock.Demo, clock.FollowsNumber, clock.FollowedBy) { OurAddress = clock.OurAddress, Brand = clock.Brand },
            await ReadingDetails.Of(db, number),
            await PromiseList.In(db, number, now))
        {
            Waiting = await WaitingDetails.In(db, number),
            Recovery = figures.Recovery,
            Moment = figures.Moment,
            Friction = figures.Friction,
        };
    }

    // The customer's mail was written first; the others are copies of it.
    private static EntryDetails Details(Entry e, IReadOnlyList<DeliveryRef> deliveries, Func<Attachment, string> pictureAt) => new(
        e.Id, e.Kind, e.Direction, e.Author, new(e.FromName, e.FromAddress, e.UserId), e.Text, e.Detail, e.Quoted,
        e.Direction is Direction.Out ? Markdown.ToHtml(e.Text, id => e.Attachments.FirstOrDefault(a => a.ContentId == id) is { } file ? pictureAt(file) : null) : e.Html,
        e.MessageId, e.At, [.. e.Attachments.Select(a => new AttachmentRef(a.Id, a.Name, a.Type, a.Size, a.ContentId))], deliveries.Count > 0 ? deliveries[0] : null,
        e.Cc, e.Bcc, [.. deliveries.Skip(1)], e.DueAt, e.RuleId)
    { ForwardedTo = e.ForwardedTo, Proof = e.Proof, ProofDetail = e.ProofDetail };

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations/{number:long}",
            async (long number, GetConversation get, HttpContext http) => (await get.Run(http.Actor(), number)).ToApi())
        .WithName("getConversation").WithSummary("Read a conversation").Answers<ConversationDetails>();
}
