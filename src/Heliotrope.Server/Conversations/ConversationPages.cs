using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>The conversation's page, as it stands and after something was done.</summary>
internal sealed class ConversationPages(Store store, Current<Organisation> current, GetConversation get, Queues queues, CoachReply coach, GetLifeEvent lives, Pages pages)
{
    /// <summary>What was found is read with what was said just before it.</summary>
    private const int BeforeHit = 6;

    public async Task<IResult> Show(HttpContext http, long number, FormState? form)
    {
        var actor = http.Actor();
        var query = http.Request.Query;
        var words = (query["find"].FirstOrDefault() ?? "").Storable(FindWithin.LongestWords).Trim();
        var within = words.Length == 0 ? null : await store.Read(actor, db => FindWithin.Of(db, number, words, int.TryParse(query["hit"], out var hit) ? hit : null));
        var from = within?.Entry ?? (long.TryParse(query["from"], out var first) ? first : null);
        var part = await store.Read(actor, db => Timeline.Of(db, number, from, within is null ? 0 : BeforeHit));
        var newest = await store.Read(actor, db => Crossings.Newest(db, number)); // before the rest: what comes meanwhile is shown, and asked for once too often
        var found = await get.Run(actor, number, file => $"/conversations/{number}/attachments/{file.Id}/picture", part);
        if (found.Refusal is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var details = found.Value;
        var viewer = pages.Viewer(http);
        var (customer, people, askedAt) = await store.Read(actor, db => Around(db, details, viewer.Now));
        var organisation = await current.Get();
        var filing = await store.Read(actor, db => Filing.Of(db, details, organisation.ShownBrands));
        var writing = await store.Read(actor, db => DraftViews.Of(db, details, actor.Id!.Value, viewer.Now));
        if (form is null && http.Request.Query["check"] == "yes")
        {
            writing = writing with { Coached = (await coach.Run(actor, number, writing.Reply.Text, null, http.RequestAborted)).Match<Coached?>(coached => coached, _ => null) };
        }

        writing = await store.Read(actor, db => DraftViews.WithMacros(db, actor, writing, number));
        writing = writing with { Signed = Signed.Of(organisation, details.Filing.OurAddress, actor) };
        writing = await store.Read(actor, db => DraftViews.WithOffers(db, actor, writing, number, viewer.Now));
        if (form is null && http.Request.Query["preview"] == "yes")
        {
            writing = writing with { Preview = PreviewReply.Html(writing.Reply.Text, writing.Reply.Files, writing.Signed) };
        }

        var page = new ConversationView(
            number, details.Subject, Name(details.State), Name(details.Channel), customer, details.Assignee?.Id.ToString(CultureInfo.InvariantCulture), people,
            [.. details.Entries.Select(e => EntryViews.Of(e, viewer)).Select(e => e with { IsReply = e.IsReply && IsWorthAPlay(details) })], ClockOf(details, askedAt), await queues.Page(actor, QueueRequest.Of(http.Request.Query), number), form, filing, writing)
        {
            Reading = details.Reading,
            Life = await lives.Around(actor, details.Customer.Id),
            Figures = new(details.Recovery, details.Moment, details.Friction),
            Promises = details.Promises,
            Answers = long.TryParse(http.Request.Query["answer"], CultureInfo.InvariantCulture, out var asked)
                ? details.Entries.FirstOrDefault(e => e.Id == asked && e is { Direction: Direction.In, Author: Author.SomebodyElse })?.From.Address ?? "" : "",
            Newest = part.Later is null ? newest : details.Entries.Where(e => e.Kind is EntryKind.Message).Select(e => e.Id).DefaultIfEmpty().Max(),
            Earlier = part.Earlier,
            Later = part.Later,
            Found = within,
            Follow = Name(await store.Read(actor, db => FollowConversation.Of(db, actor.Id!.Value, number))),
        };
        return Pages.Component<ConversationPage>(new { Viewer = viewer, View = page }, form is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Back to the conversation; or its page again with what to change, and everything that was typed.</summary>
    public async Task<IResult> After(HttpContext http, long number, Refusal? refused, params (string Name, string? Value)[] typed) =>
        refused switch
        {
            null => Results.LocalRedirect($"/conversations/{number}"),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
            { Kind: RefusalKind.Conflict } when typed.Length == 0 => Results.LocalRedirect($"/conversations/{number}"), // somebody else was quicker; the page shows it
            var refusal => await Show(http, number, Pages.Again(refusal with { Field = "text" }, typed)),
        };

    /// <summary>The same, with the way back of what was done.</summary>
    public Task<IResult> After(HttpContext http, long number, Done done, params (string Name, string? Value)[] typed)
    {
        http.Tell(done);
        return After(http, number, done.Refusal, typed);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static async Task<(CustomerView Customer, IReadOnlyList<PersonChoice> People, DateTimeOffset? AskedAt)> Around(HeliotropeDb db, ConversationDetails details, DateTimeOffset now)
    {
        var id = details.Customer.Id;
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        var earlier = await db.Conversations.WithoutSpam()
            .Where(c => c.CustomerId == id && c.Number != details.Number)
            .OrderByDescending(c => c.LastActivityAt)
            .Take(10)
            .Select(c => new { c.Number, c.Subject, c.LastActivityAt, c.HappinessEnd })
            .ToListAsync();
        var people = await db.Users.Where(u => u.LeftAt == null && u.Role != Role.Light).OrderBy(u => u.Name).Take(200).ToListAsync();
        const int mostPromises = 500;
        var promises = await db.Promises.Where(p => p.CustomerId == id).OrderByDescending(p => p.Id).Take(mostPromises).Select(p => p.State).ToListAsync();
        promises.Reverse();
        var asked = await db.ConfidenceChecks.Where(c => c.ConversationNumber == details.Number).MaxAsync(c => (DateTimeOffset?)c.CreatedAt);
        return (
            new(
                id.ToString(CultureInfo.InvariantCulture),
                customer.Name == details.Customer.Email ? null : customer.Name,
                details.Customer.Email,
                customer.Language is { } language ? Words.OfLanguage(language) : null,
                customer.CreatedAt,
                earlier.ConvertAll(c => new EarlierConversation(c.Number, c.Subject, c.LastActivityAt, c.HappinessEnd?.ToString().ToLowerInvariant())))
            {
                Promises = promises,
                Known = await GetCustomer.Read(db, id, now, alone: true),
                Bought = await Profile.Bought(db, id),
            },
            people.ConvertAll(u => new PersonChoice(u.Id.ToString(CultureInfo.InvariantCulture), u.Name, u.IsAtWork(now))),
            asked);
    }

    /// <summary>A play is made of what has been said, not while somebody waits for an answer; and nobody makes one of a hard day.</summary>
    private static bool IsWorthAPlay(ConversationDetails details) => details.State is not ConversationState.Open && details.Reading?.LifeEvent is null;

    private static ClockView ClockOf(ConversationDetails details, DateTimeOffset? askedAt)
    {
        var (started, ended, kind, _, answers) = details.Happiness;
        return new(
            started ?? (details.Entries is [var first, ..] ? first.At : details.LastActivityAt), ended, kind?.ToString().ToLowerInvariant(), askedAt,
            answers?.Resolved, answers?.Again, answers is { Comment.Length: > 0 } ? answers.Comment : null);
    }
}
