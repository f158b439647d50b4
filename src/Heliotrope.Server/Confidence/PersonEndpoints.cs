using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Confidence;

/// <summary>The way from a mail that nobody wrote to a person: one button, and nothing counts before it is pressed (docs/method.md, B1).</summary>
internal static class PersonEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/person").AllowAnonymous().LimitRate(RateLimits.Confidence);

        // The random token protects the form; there is no cookie that another site could make use of.
        pages.MapGet("/{token}", (string token, Store store, TimeProvider time, HttpContext http) => Show(store, time, token, ConfidenceStage.Ask, http));
        pages.MapPost("/{token}", async (string token, AnswerConfidence answer, Store store, TimeProvider time, HttpContext http) =>
        {
            var who = await store.Read(async db => await Find(db, token, time.Now()) is { } link
                ? await db.Conversations.Where(c => c.Number == link.ConversationNumber).Select(c => c.Customer!.Name).FirstOrDefaultAsync()
                : null);
            await answer.AskForPersonByLink(Actor.Customer(who ?? ""), token, http.RequestAborted);
            return await Show(store, time, token, ConfidenceStage.Person, http);
        }).DisableAntiforgery();
    }

    public static Task<PersonLink?> Find(HeliotropeDb db, string token, DateTimeOffset now)
    {
        var hash = Tokens.Hash(token);
        return db.PersonLinks.FirstOrDefaultAsync(l => l.TokenHash == hash && l.ExpiresAt > now);
    }

    private static Task<IResult> Show(Store store, TimeProvider time, string token, ConfidenceStage stage, HttpContext http) => store.Read<IResult>(async db =>
    {
        http.Response.Headers.CacheControl = "no-store";
        var organisation = await Organisation.Of(db);
        var link = await Find(db, token, time.Now());
        var our = link is null ? null : await db.Conversations.Where(c => c.Number == link.ConversationNumber).Select(c => c.OurAddress).FirstOrDefaultAsync();
        var us = our is null ? organisation.Name : organisation.NameAt(our);
        var texts = ConfidenceWords.Texts(link?.Language ?? ConfidenceEndpoints.Asked(http), us, "", "", "");
        var view = new ConfidenceView(us, link is null ? ConfidenceStage.Gone : stage, texts, link is null ? null : token, Contact: organisation.ContactAt(our ?? ""));
        return Shell.Pages.Component<PersonPage>(new { View = view }, link is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    });
}
