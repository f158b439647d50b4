using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.People;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>The faces of the family's page.</summary>
public enum FamilyStage
{
    /// <summary>What can be done.</summary>
    Ask,
    /// <summary>Their words are with a person.</summary>
    Said,
    /// <summary>Nothing was written.</summary>
    Missing,
    /// <summary>What stands where the address belongs cannot be one.</summary>
    Unclear,
    /// <summary>The link is unknown or too old.</summary>
    Gone,
}

/// <summary>The family's page.</summary>
/// <param name="Organisation">With whom they are.</param>
/// <param name="Stage">Which of its faces it shows.</param>
/// <param name="Words">Its words, in their language.</param>
/// <param name="Token">The token of the link; null when it is gone.</param>
/// <param name="Cancelled">Since when everything is cancelled, as a date in their language; null while it is not.</param>
/// <param name="AnswerBy">By when a person answers, in their language; null where nobody waits, or nobody knows to where.</param>
/// <param name="Contact">An address that a person reads; null when none is set.</param>
/// <param name="Reachable">Whether we know where to answer them.</param>
/// <param name="AsksAddress">Whether they may say where to.</param>
/// <param name="Typed">What they have written and could not leave yet.</param>
public sealed record FamilyView(string Organisation, FamilyStage Stage, FamilyWords Words, string? Token, string? Cancelled, string? AnswerBy, string? Contact, bool Reachable = false, bool AsksAddress = false, FamilyTyped? Typed = null);

/// <summary>What stands in the form of the family's page.</summary>
/// <param name="Text">Their words.</param>
/// <param name="Address">Where to answer them; empty where they did not say.</param>
public sealed record FamilyTyped(string Text, string Address);

/// <summary>
/// The page behind the link for whoever looks after somebody's affairs: no sign-in, no cookie, no script, and nothing changes before a form is posted, so that programs that open every link in a mail
/// cancel nothing (docs/decisions/0009). Whoever holds the token is trusted to cancel and to write, and is shown nothing of what was said or bought.
/// </summary>
internal static class FamilyEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/family").AllowAnonymous().LimitRate(RateLimits.Confidence);

        // The random token protects these forms; there is no cookie that another site could make use of.
        pages.MapGet("/{token}", (string token, FamilyDesk desk, HttpContext http) => desk.Show(http, token, FamilyStage.Ask));
        pages.MapPost("/{token}/cancel", async (string token, FamilyDesk desk, HttpContext http) =>
        {
            await desk.Cancel(token, http.RequestAborted);
            return await desk.Show(http, token, FamilyStage.Ask);
        }).DisableAntiforgery();
        pages.MapPost("/{token}/word", async (string token, [FromForm] string? text, [FromForm] string? address, FamilyDesk desk, HttpContext http) =>
        {
            var typed = new FamilyTyped(text ?? "", (address ?? "").Trim());
            return await desk.Show(http, token, await desk.Say(token, typed, http.RequestAborted), typed);
        }).DisableAntiforgery();
    }
}

/// <summary>What is done behind the family's link.</summary>
internal sealed class FamilyDesk(Store store, Current<TeamRules> rules, TimeProvider time)
{
    private const int MostWords = 10_000;

    /// <summary>Cancels everything, in one step; pressed twice it is cancelled once.</summary>
    public Task<bool> Cancel(string token, CancellationToken cancel) => store.Write(
        async db =>
        {
            if (await Find(db, token) is not { } link || await db.LifeEvents.FindAsync([link.LifeEventId], cancel) is not { } life || await db.Conversations.FindAsync([link.ConversationNumber], cancel) is not { } conversation)
            {
                return false;
            }

            await ChangeLifeEvent.Cancel(db, life, conversation, Actor.Customer((await Holder(db, link)).Name), time.Now());
            return true;
        },
        cancel);

    /// <summary>Leaves a word for a person. Whoever holds the link may be anybody: their words are never taken for the customer's.</summary>
    public Task<FamilyStage> Say(string token, FamilyTyped typed, CancellationToken cancel) => store.Write(
        async db =>
        {
            var words = typed.Text.Trim().Storable(MostWords);
            if (words.Length == 0)
            {
                return FamilyStage.Missing;
            }

            if (await Find(db, token) is not { } link || await db.Conversations.FindAsync([link.ConversationNumber], cancel) is not { } conversation)
            {
                return FamilyStage.Gone;
            }

            EmailAddress? said = null;
            var (name, address) = await Holder(db, link);
            if (address.Length == 0 && typed.Address.Length > 0 && !EmailAddress.TryParse(typed.Address, out said))
            {
                return FamilyStage.Unclear;
            }

            var now = time.Now();
            conversation.Receive(
                new(name, address.Length > 0 ? address : said?.Value ?? "", FromCustomer: false, Machine: false, words, "", null, null, null, [], NoAutomaticAnswer: true), now, (await rules.Get()).For(conversation));
            await StopLeaving.Write(db, conversation, now);
            return FamilyStage.Said;
        },
        cancel);

    public Task<IResult> Show(HttpContext http, string token, FamilyStage stage, FamilyTyped? typed = null) => store.Read<IResult>(async db =>
    {
        http.Response.Headers.CacheControl = "no-store";
        var organisation = await Organisation.Of(db);
        var link = await Find(db, token);
        var life = link is null ? null : await db.LifeEvents.FirstOrDefaultAsync(e => e.Id == link.LifeEventId);
        if (link is null || life is null)
        {
            var gone = new FamilyView(organisation.Name, FamilyStage.Gone, new(Asked(http), organisation.Name), null, null, null, organisation.UsualAddress);
            return Shell.Pages.Component<FamilyPage>(new { View = gone }, StatusCodes.Status404NotFound);
        }

        var about = await db.Conversations.Where(c => c.Number == link.ConversationNumber).Select(c => new { c.AnswerDueAt, c.OurAddress }).FirstOrDefaultAsync();
        var (us, due) = (organisation.NameAt(about?.OurAddress ?? ""), about?.AnswerDueAt);
        var words = new FamilyWords(link.Language, us);
        var known = (await Holder(db, link)).Address.Length > 0;
        var reachable = known || (stage is FamilyStage.Said && typed is { Address.Length: > 0 });
        var view = new FamilyView(
            us, stage, words, token, life.CancelledAt is { } at ? Day(at, words) : null, reachable && due > time.Now() ? Moment(due.Value, words) : null, organisation.ContactAt(about?.OurAddress ?? ""),
            reachable, !known, stage is FamilyStage.Said ? null : typed);
        return Shell.Pages.Component<FamilyPage>(new { View = view }, stage is FamilyStage.Missing or FamilyStage.Unclear ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    });

    /// <summary>The link with a token, as long as it leads anywhere.</summary>
    private Task<FamilyLink?> Find(HeliotropeDb db, string token)
    {
        var (hash, now) = (Tokens.Hash(token), time.Now());
        return db.FamilyLinks.FirstOrDefaultAsync(l => l.TokenHash == hash && l.ExpiresAt > now && db.LifeEvents.Any(e => e.Id == l.LifeEventId && e.State != LifeEventState.Dropped));
    }

    /// <summary>For whom the link was made, and where to answer them. Nobody knows who holds one that was made for nobody: surely not whoever died.</summary>
    private static async Task<(string Name, string Address)> Holder(HeliotropeDb db, FamilyLink link) =>
        await db.FamilyContacts.Where(c => c.Id == link.ContactId).Select(c => new { c.Name, c.Address }).FirstOrDefaultAsync() is { } contact
            ? (contact.Name, contact.Address)
            : (new FamilyWords(link.Language, "")["Holder"], "");

    private static string Day(DateTimeOffset at, FamilyWords words) => TimeZoneInfo.ConvertTime(at, Zone.Here).ToString("D", words.Culture);

    private static string Moment(DateTimeOffset at, FamilyWords words) => TimeZoneInfo.ConvertTime(at, Zone.Here).ToString("f", words.Culture);

    private static string Asked(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage.Select(l => l.Value.Value?.Split('-')[0] ?? "").FirstOrDefault(CustomerWords.Languages.Contains) ?? "en";
}
