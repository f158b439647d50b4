using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Confidence;

/// <summary>
/// The page behind the link: no cookies, no script, and nothing counts before the form is posted, so that programs that open
/// every link in a mail answer nothing (docs/decisions/0009).
/// </summary>
internal static class ConfidenceEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/confidence").AllowAnonymous().LimitRate(RateLimits.Confidence);

        // The random token protects these forms; there is no cookie that another site could make use of.
        pages.MapGet("/{token}", (string token, Store store, TimeProvider time, HttpContext http) => Show(store, time, token, null, http));
        pages.MapPost("/{token}", Answer).DisableAntiforgery();
        pages.MapPost("/{token}/person", AskForPerson).DisableAntiforgery();
    }

    private static async Task<IResult> Answer(
        string token, [FromForm] string? resolved, [FromForm] string? again, [FromForm] string? comment, AnswerConfidence answer, Store store, TimeProvider time, HttpContext http)
    {
        if (resolved is not ("yes" or "no") || again is not ("yes" or "no"))
        {
            return await Show(store, time, token, new(null, resolved, again, comment, Missing: true), http);
        }

        var answers = new ConfidenceAnswers(resolved == "yes", again == "yes", (comment ?? "").Trim().Storable(ConfidenceAnswers.MaxComment));
        await answer.Answer(await Who(store, time, token), token, answers, http.RequestAborted);
        return await Show(store, time, token, new(answers.Confident ? ConfidenceStage.Thanks : ConfidenceStage.Reopened, resolved, again, comment), http);
    }

    private static async Task<IResult> AskForPerson(string token, AnswerConfidence answer, Store store, TimeProvider time, HttpContext http)
    {
        await answer.AskForPerson(await Who(store, time, token), token, http.RequestAborted);
        return await Show(store, time, token, new(ConfidenceStage.Person, null, null, null), http);
    }

    private static Task<Actor> Who(Store store, TimeProvider time, string token) => store.Read(async db =>
    {
        var check = await AnswerConfidence.Find(db, token, time.Now());
        var name = check is null ? null : await db.Conversations.Where(c => c.Number == check.ConversationNumber).Select(c => c.Customer!.Name).FirstOrDefaultAsync();
        return Actor.Customer(name ?? "");
    });

    private sealed record Posted(ConfidenceStage? Stage, string? Resolved, string? Again, string? Comment, bool Missing = false);

    private static Task<IResult> Show(Store store, TimeProvider time, string token, Posted? posted, HttpContext http) => store.Read<IResult>(async db =>
    {
        http.Response.Headers.CacheControl = "no-store";
        var organisation = await Organisation.Of(db);
        var check = await AnswerConfidence.Find(db, token, time.Now());
        if (check is null)
        {
            var gone = ConfidenceWords.Texts(Asked(http), organisation.Name, "", "", "");
            return Render(new(organisation.Name, ConfidenceStage.Gone, gone, null, Contact: organisation.UsualAddress), StatusCodes.Status404NotFound);
        }

        var about = await db.Conversations.Where(c => c.Number == check.ConversationNumber).Select(c => new { c.Subject, c.OurAddress, c.Customer!.Name }).SingleAsync();
        var us = organisation.NameAt(about.OurAddress);
        var texts = ConfidenceWords.Texts(check.Language, us, about.Name, check.ByName, about.Subject);
        var view = new ConfidenceView(
            us,
            posted?.Stage ?? ConfidenceStage.Ask,
            texts,
            token,
            posted?.Resolved ?? YesNo(check.Resolved),
            posted?.Again ?? YesNo(check.Again),
            posted?.Comment ?? check.Comment,
            posted is { Missing: true } ? $"{texts.ResolvedQuestion} {texts.AgainQuestion}" : null,
            organisation.ContactAt(about.OurAddress));
        return Render(view, posted is { Missing: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    });

    /// <summary>The language that a visitor's browser asks for; one that we have words for.</summary>
    public static string Asked(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage.Select(l => l.Value.Value?.Split('-')[0] ?? "").FirstOrDefault(CustomerWords.Languages.Contains) ?? "en";

    private static string? YesNo(bool? answer) => answer is { } given ? (given ? "yes" : "no") : null;

    private static IResult Render(ConfidenceView view, int status) => Shell.Pages.Component<ConfidencePage>(new { View = view }, status);
}
