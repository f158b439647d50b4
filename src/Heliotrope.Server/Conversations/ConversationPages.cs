using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>The conversation's page, as it stands and after something was done.</summary>
internal sealed class ConversationPages(Store store, GetConversation get, Queues queues, CoachReply coach, Pages pages)
{
    public async Task<IResult> Show(HttpContext http, long number, FormState? form)
    {
        var actor = http.Actor();
        var found = await get.Run(actor, number, file => $"/conversations/{number}/attachments/{file.Id}/picture");
        if (found.Refusal is { } refusal)
        {
            return Pages.Refused(refusal);
        }

        var details = found.Value;
        var viewer = pages.Viewer(http);
        var (customer, people, askedAt) = await store.Read(actor, db => Around(db, details));
        var filing = await store.Read(actor, db => Filing.Of(db, details));
        var writing = await store.Read(actor, db => DraftViews.Of(db, details, actor.Id!.Value));
        if (form is null && http.Request.Query["check"] == "yes")
        {
            writing = writing with { Coached = (await coach.Run(actor, number, writing.Reply.Text, null, http.RequestAborted)).Match<Coached?>(coached => coached, _ => null) };
        }

        var page = new ConversationView(
            number, details.Subject, Name(details.State), Name(details.Channel), customer, details.Assignee?.Id.ToString(CultureInfo.InvariantCulture), people,
            [.. details.Entries.Select(e => EntryViews.Of(e, viewer))], ClockOf(details, askedAt), await queues.Page(actor, QueueRequest.Of(http.Request.Query) with { After = null }), form, filing, writing)
        {
            Reading = details.Reading,
            Promises = details.Promises,
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

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static async Task<(CustomerView Customer, IReadOnlyList<PersonChoice> People, DateTimeOffset? AskedAt)> Around(HeliotropeDb db, ConversationDetails details)
    {
        var id = details.Customer.Id;
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        var earlier = await db.Conversations.WithoutSpam()
            .Where(c => c.CustomerId == id && c.Number != details.Number)
            .OrderByDescending(c => c.LastActivityAt)
            .Take(10)
            .Select(c => new { c.Number, c.Subject, c.LastActivityAt, c.HappinessEnd })
            .ToListAsync();
        var people = await db.Users.OrderBy(u => u.Name).Take(200).Select(u => new { u.Id, u.Name }).ToListAsync();
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
            },
            people.ConvertAll(u => new PersonChoice(u.Id.ToString(CultureInfo.InvariantCulture), u.Name)),
            asked);
    }

    private static ClockView ClockOf(ConversationDetails details, DateTimeOffset? askedAt)
    {
        var (started, ended, kind, _, answers) = details.Happiness;
        return new(
            started ?? details.Entries[0].At, ended, kind?.ToString().ToLowerInvariant(), askedAt,
            answers?.Resolved, answers?.Again, answers is { Comment.Length: > 0 } ? answers.Comment : null);
    }
}
