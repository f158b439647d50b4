using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Macros;
using Heliotrope.Server.NextQuestion;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Plays;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>What somebody is writing, as the composer shows it.</summary>
/// <param name="Id">The draft; null while nothing is kept.</param>
/// <param name="Text">The words.</param>
/// <param name="Cc">Who else gets it, as it was typed or as the customer copied them.</param>
/// <param name="Bcc">Who else gets it unseen, as it was typed.</param>
/// <param name="Files">The files that go along.</param>
/// <param name="KeptAt">When its words were typed, in UTC; null while nothing is kept.</param>
/// <param name="Problem">Why it did not leave, in words; null when nothing went wrong.</param>
/// <param name="Recipient">Of a new conversation: to whom.</param>
/// <param name="Subject">Of a new conversation.</param>
/// <param name="Promises">The words of the promises in it that were accepted, one a line.</param>
/// <param name="Remarks">The names of the remarks that were shown, with spaces between.</param>
/// <param name="Macros">The macros that were used in it.</param>
public sealed record DraftView(
    long? Id, string Text, string Cc, string Bcc, IReadOnlyList<UploadView> Files, DateTimeOffset? KeptAt = null, string? Problem = null, string Recipient = "", string Subject = "",
    string Promises = "", string Remarks = "", IReadOnlyList<long>? Macros = null)
{
    /// <summary>Nothing is kept.</summary>
    public static DraftView Empty { get; } = new(null, "", "", "", []);

    /// <summary>Of a new conversation: the address of ours that was chosen; empty for the usual one.</summary>
    public string From { get; init; } = "";

    /// <summary>The plays that it is written with.</summary>
    public IReadOnlyList<long> Plays { get; init; } = [];

    /// <summary>The next questions that it answers, by their drivers.</summary>
    public IReadOnlyList<long> Answered { get; init; } = [];
}

/// <summary>A file beside a draft.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Picture">The id by which the words may show it; null when it is no picture.</param>
public sealed record UploadView(long Id, string Name, long Size, string? Picture);

/// <summary>A message that waits to leave, or that was to leave and did not.</summary>
/// <param name="Draft">The draft's id.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Mine">Whether the viewer did, and can take it back.</param>
/// <param name="SafeHtml">The words as clean HTML.</param>
/// <param name="Files">The files that go along and are not among the words.</param>
/// <param name="LeavesAt">When it leaves (UTC), where that is later than in a few seconds; null otherwise.</param>
/// <param name="Stopped">Why it does not leave, in words; null while it does.</param>
/// <param name="Apart">It stands beside what its author is writing.</param>
/// <param name="To">Whom it goes to instead of the customer; empty when it goes to the customer.</param>
public sealed record LeavingView(
    long Draft, string Author, bool Mine, string SafeHtml, IReadOnlyList<UploadView> Files, DateTimeOffset? LeavesAt = null, string? Stopped = null, bool Apart = false, string To = "")
{
    /// <summary>It leaves within the seconds in which it can be taken back.</summary>
    public bool Soon => LeavesAt is null && Stopped is null;
}

/// <summary>Everything that is being written in a conversation, as far as the viewer may see it.</summary>
/// <param name="Reply">The viewer's reply.</param>
/// <param name="Note">The viewer's note.</param>
/// <param name="Leaving">What leaves in a few seconds or later, whoever wrote it, and what did not leave.</param>
/// <param name="UndoSeconds">For how long a reply can be taken back; 0 for not at all.</param>
/// <param name="Coached">What the coach says of the reply, where a button asked; a script asks by itself.</param>
public sealed record WritingView(DraftView Reply, DraftView Note, IReadOnlyList<LeavingView> Leaving, int UndoSeconds, Coached? Coached = null)
{
    /// <summary>The macros that somebody is offered, most used first.</summary>
    public IReadOnlyList<MacroChoice> Macros { get; init; } = [];

    /// <summary>Those that are used in the viewer's reply, with what they do.</summary>
    public IReadOnlyList<UsedMacro> Used { get; init; } = [];

    /// <summary>The plays whose situation has arisen.</summary>
    public IReadOnlyList<PlayOffer> Plays { get; init; } = [];

    /// <summary>Those that the viewer's reply is written with.</summary>
    public IReadOnlyList<PlayChosen> PlaysChosen { get; init; } = [];

    /// <summary>What people like this one ask next; null where that is not known.</summary>
    public NextQuestionOffer? Next { get; init; }

    /// <summary>The next questions that the viewer's reply answers.</summary>
    public IReadOnlyList<NamedRef> NextChosen { get; init; } = [];

    /// <summary>The reply as its reader will see it, where a button asked; null otherwise.</summary>
    public string? Preview { get; init; }

    /// <summary>What stands below the viewer's words in the mail.</summary>
    public Signed Signed { get; init; } = Signed.Nothing;

    /// <summary>The viewer's question to somebody else; null while there is none.</summary>
    public ForwardView? Forward { get; init; }
}

/// <summary>What somebody is asking somebody else.</summary>
/// <param name="Draft">The words, and whom.</param>
/// <param name="Quotes">The messages that it quotes.</param>
/// <param name="Carried">The files of the conversation that go along.</param>
public sealed record ForwardView(DraftView Draft, IReadOnlyList<long> Quotes, IReadOnlyList<long> Carried);

/// <summary>Reads drafts for pages.</summary>
internal static class DraftViews
{
    private const int MostLeaving = 20;
    private const int MostMacros = 100;

    public static async Task<WritingView> Of(HeliotropeDb db, ConversationDetails details, long user, DateTimeOffset now)
    {
        var number = details.Number;
        var mine = await db.Drafts.Where(d => d.ConversationNumber == number && (d.UserId == user || d.SendAt != null || d.Apart)).OrderBy(d => d.Id).Take(MostLeaving).ToListAsync();
        var uploads = await Uploads(db, [.. mine.Select(d => d.Id)]);
        var names = await Names(db, mine);
        var organisation = await Organisation.Of(db);
        var reply = mine.Find(d => d is { Kind: DraftKind.Reply, SendAt: null, Apart: false } && d.UserId == user);
        var note = mine.Find(d => d is { Kind: DraftKind.Note } && d.UserId == user);
        return new(
            reply is null ? DraftView.Empty with { Cc = await Copied(db, details, organisation) } : Of(reply, [.. uploads[reply.Id]]),
            note is null ? DraftView.Empty : Of(note, []),
            [.. mine.Where(d => d.SendAt is not null || d.Apart).Select(d => Leaving(d, names(d), d.UserId == user, [.. uploads[d.Id]]) with
            {
                LeavesAt = d is { Apart: true } && d.SendAt > now.AddSeconds(organisation.UndoSeconds) ? d.SendAt : null,
                Stopped = d.SendAt is null ? Stopped(d) : null,
                Apart = d.Apart,
                To = d.Kind is DraftKind.Forward ? d.Recipient : "",
            })],
            organisation.UndoSeconds)
        {
            Forward = mine.Find(d => d is { Kind: DraftKind.Forward, SendAt: null, Apart: false } && d.UserId == user) is { } asked
                ? new(Of(asked, [.. uploads[asked.Id]]), Draft.Ids(asked.Quotes), Draft.Ids(asked.Files)) : null,
        };
    }

    /// <summary>With the macros that somebody is offered, most used first, and those that are in their reply already.</summary>
    public static async Task<WritingView> WithMacros(HeliotropeDb db, Actor actor, WritingView writing, long number)
    {
        var macros = await db.MacrosIn(actor, number).OrderByDescending(m => m.Uses).ThenBy(m => m.Name).ThenBy(m => m.Id).Take(MostMacros).Select(m => new MacroChoice(m.Id, m.Name)).ToListAsync();
        return writing with { Macros = macros, Used = await UseMacro.In(db, actor, writing.Reply.Macros ?? []) };
    }

    /// <summary>With the plays whose situation has arisen and with what people like this one ask next.</summary>
    public static async Task<WritingView> WithOffers(HeliotropeDb db, Actor actor, WritingView writing, long number, DateTimeOffset now) => writing with
    {
        Plays = await PlayOffers.Of(db, actor, number, now),
        PlaysChosen = await PlayOffers.In(db, writing.Reply.Plays),
        Next = await OfferNextQuestion.Of(db, actor, number),
        NextChosen = await OfferNextQuestion.In(db, writing.Reply.Answered),
    };

    /// <summary>Who wrote them: a colleague, or a program by the name of its key.</summary>
    public static async Task<Func<Draft, string>> Names(HeliotropeDb db, IReadOnlyList<Draft> drafts)
    {
        var (users, keys) = (drafts.Select(d => d.UserId).ToList(), drafts.Select(d => d.ApiKeyId).ToList());
        var people = await db.Users.Where(u => users.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name);
        var programs = keys.TrueForAll(key => key is null) ? [] : await db.ApiKeys.Where(k => keys.Contains(k.Id)).ToDictionaryAsync(k => k.Id, k => k.Name);
        return draft => draft.UserId is { } user ? people[user] : programs[draft.ApiKeyId!.Value];
    }

    private static string Stopped(Draft draft) => draft.Refused switch
    {
        "" => Words.T("waiting.stopped"),
        Crossing.Code => Words.T("waiting.crossed"),
        SendLater.Overtaken => Words.T("waiting.overtaken"),
        SendLater.LifeEvent => Words.T("waiting.life-event"),
        _ => Words.T("draft.refused", Problem(draft)),
    };

    public static async Task<DraftView> Of(HeliotropeDb db, Draft draft) => Of(draft, [.. (await Uploads(db, [draft.Id]))[draft.Id]]);

    public static async Task<LeavingView> Leaving(HeliotropeDb db, Draft draft, string author) => Leaving(draft, author, mine: true, [.. (await Uploads(db, [draft.Id]))[draft.Id]]);

    public static async Task<ILookup<long, UploadView>> Uploads(HeliotropeDb db, IReadOnlyList<long> drafts) =>
        (await db.Uploads.Where(u => drafts.Contains(u.DraftId)).OrderBy(u => u.Id).Take(MostLeaving * Files.Most)
            .Select(u => new { u.DraftId, View = new UploadView(u.Id, u.Name, u.Size, u.ContentId) }).ToListAsync())
        .ToLookup(u => u.DraftId, u => u.View);

    private static DraftView Of(Draft draft, IReadOnlyList<UploadView> files) =>
        new(draft.Id, draft.Text, draft.Cc, draft.Bcc, files, draft.UpdatedAt, Problem(draft), draft.Recipient, draft.Subject, draft.Promises, draft.Remarks, Draft.Ids(draft.Macros)) { From = draft.OurAddress, Plays = Draft.Ids(draft.Plays), Answered = Draft.Ids(draft.Answered) };

    private static string? Problem(Draft draft)
    {
        if (draft.Refused.Length == 0)
        {
            return null;
        }

        // What it is about is named again; it is not kept.
        Refusal?[] named = [Conversation.CheckReply(draft.Text), Conversation.CheckSubject(draft.Subject), Copies.Cc([draft.Cc]).Refusal, Copies.Bcc([draft.Bcc]).Refusal, draft.Kind is DraftKind.Forward ? Copies.Forward([draft.Recipient]).Refusal : null];
        return Words.OfRefusal(Array.Find(named, refusal => refusal?.Code == draft.Refused) ?? new(RefusalKind.Invalid, draft.Refused, draft.Refused));
    }

    private static LeavingView Leaving(Draft draft, string author, bool mine, IReadOnlyList<UploadView> files)
    {
        var shown = Markdown.Pictures(draft.Text);
        return new(
            draft.Id, author, mine,
            Markdown.ToHtml(draft.Text, id => files.FirstOrDefault(f => f.Picture == id) is { } file ? $"/uploads/{file.Id}" : null),
            [.. files.Where(f => f.Picture is null || !shown.Contains(f.Picture))]);
    }

    /// <summary>Whom the customer copied last: they expect to read the answer, too.</summary>
    private static async Task<string> Copied(HeliotropeDb db, ConversationDetails details, Organisation organisation)
    {
        var newest = details.Entries.LastOrDefault(e => e is { Kind: EntryKind.Message, Direction: Direction.In, Author: Author.Known });
        if (newest is null or { Cc: "" })
        {
            return "";
        }

        var anyway = await Reply.Anyway(db, details.Customer.Id, details.Filing.OurAddress, organisation);
        return string.Join(", ", Copies.Cc([newest.Cc]).Match(all => all, _ => []).Where(address => !anyway(address)));
    }
}
