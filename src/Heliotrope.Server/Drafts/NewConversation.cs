using Heliotrope.Core.Conversations;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>The page on which a conversation is begun.</summary>
/// <param name="Draft">What is written so far.</param>
/// <param name="Unfinished">The viewer's other ones that have not left, latest words first.</param>
/// <param name="Leaving">It leaves in a few seconds; null while it is being written.</param>
/// <param name="UndoSeconds">For how long it can be taken back; 0 for not at all.</param>
/// <param name="Form">What to change, and what was typed, after an answer that could not be taken.</param>
/// <param name="Coached">What the coach says of it, where a button asked; a script asks by itself.</param>
public sealed record NewConversationView(
    DraftView Draft, IReadOnlyList<UnfinishedView> Unfinished, LeavingView? Leaving, int UndoSeconds, FormState? Form = null, Coached? Coached = null)
{
    /// <summary>The addresses of ours that it may leave from, the usual one first, each with who we are there.</summary>
    public IReadOnlyList<FromChoice> From { get; init; } = [];
}

/// <summary>An address of ours that somebody may write from.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">Who we are there.</param>
public sealed record FromChoice(string Address, string Name);

/// <summary>A conversation that somebody has begun to write.</summary>
/// <param name="Draft">The draft's id.</param>
/// <param name="Recipient">To whom, as it was typed; may be empty.</param>
/// <param name="Subject">The subject so far; may be empty.</param>
public sealed record UnfinishedView(long Draft, string Recipient, string Subject);

/// <summary>Shows the page on which a conversation is begun.</summary>
internal sealed class NewConversationPages(Store store, Queues queues, CoachReply coach, Pages pages)
{
    private const int MostUnfinished = 20;

    public async Task<IResult> Show(HttpContext http, long? id, long? customer, FormState? form)
    {
        var actor = http.Actor();
        var (found, sent) = await store.Read(actor, db => Read(db, actor.Id!.Value, actor.Name, id, customer, typed: form is not null));
        if (found is null)
        {
            // It has left: what somebody began last is where they want to be.
            return Results.LocalRedirect(sent is { } number ? $"/conversations/{number}" : "/conversations");
        }

        var view = found with { From = await store.Read(actor, Choices) };
        if (form is null && http.Request.Query["check"] == "yes")
        {
            view = view with { Coached = (await coach.Run(actor, null, view.Draft.Text, view.Draft.Recipient, http.RequestAborted)).Match<Coached?>(coached => coached, _ => null) };
        }

        return Pages.Component<NewConversationPage>(
            new { Viewer = pages.Viewer(http), View = view with { Form = form }, Queue = await queues.Page(actor, new()) },
            form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IReadOnlyList<FromChoice>> Choices(HeliotropeDb db)
    {
        var organisation = await Organisation.Of(db);
        return [.. organisation.AddressesBut(db.HiddenTeams).Select(address => new FromChoice(address, organisation.NameAt(address)))];
    }

    private static async Task<(NewConversationView? View, long? Sent)> Read(HeliotropeDb db, long user, string name, long? id, long? customer, bool typed)
    {
        var undo = (await Organisation.Of(db)).UndoSeconds;
        var unfinished = await db.Drafts.Where(d => d.UserId == user && d.Kind == DraftKind.New && d.SendAt == null && d.Id != id)
            .OrderByDescending(d => d.UpdatedAt).Take(MostUnfinished).Select(d => new UnfinishedView(d.Id, d.Recipient, d.Subject)).ToListAsync();
        var draft = id is null ? null : await db.Drafts.FirstOrDefaultAsync(d => d.Id == id && d.UserId == user && d.Kind == DraftKind.New);
        if (draft is null && (id is null || typed)) // words that were typed are shown, also where their draft is gone
        {
            var to = await db.CustomerAddresses.Where(a => a.CustomerId == customer).OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefaultAsync();
            return (new(DraftView.Empty with { Recipient = to ?? "" }, unfinished, null, undo), null);
        }

        if (draft is not null)
        {
            return (new(await DraftViews.Of(db, draft), unfinished, draft.SendAt is null ? null : await DraftViews.Leaving(db, draft, name), undo), null);
        }

        var mine = await db.Entries.Where(e => e.UserId == user && e.Kind == EntryKind.Message && e.Direction == Direction.Out)
            .OrderByDescending(e => e.Id).Select(e => (long?)e.ConversationNumber).FirstOrDefaultAsync();
        return (null, mine);
    }
}
