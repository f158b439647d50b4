using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Help;
using Heliotrope.Server.Macros;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.NextQuestion;

/// <summary>The page of what people ask next.</summary>
/// <param name="Groups">By the driver that they had.</param>
/// <param name="Articles">What an answer can be.</param>
/// <param name="MayLead">Whether the viewer answers.</param>
/// <param name="Form">What was typed, and what is wrong with it; null when nothing is.</param>
/// <param name="Asked">The driver that was answered wrongly.</param>
public sealed record NextQuestionsView(IReadOnlyList<IGrouping<NamedRef, NextQuestionDetails>> Groups, IReadOnlyList<ArticleRow> Articles, bool MayLead, FormState? Form, long? Asked);

/// <summary>The page of what people ask next, its forms, and what the composer asks for. All of it works without a script.</summary>
internal static class NextQuestionEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/next-questions", (NextQuestionPages next, HttpContext http) => next.List(http, null, null));
        desk.MapPost("/next-questions/{driver:long}", (long driver, IFormCollection form, NextQuestionPages next, HttpContext http) => next.Answer(http, driver, form));
        desk.MapGet("/next-questions/{from:long}/{to:long}/conversations", (long from, long to, string? figure, long? before, NextQuestionPages next, HttpContext http) => next.Behind(http, from, to, figure, before));

        // For the page's script, and for a button without one.
        var talk = desk.MapGroup("/conversations/{number:long}/next-questions/{driver:long}");
        talk.MapGet("/fill", async (long number, long driver, OfferNextQuestion offer, HttpContext http) => (await offer.Show(http.Actor(), number, driver)).ToApi());
        talk.MapPost("/insert", Insert).WithMetadata(DraftForm.Limit);
    }

    private static async Task<IResult> Insert(long number, long driver, OfferNextQuestion offer, AddUploads add, HttpContext http)
    {
        var (form, used) = (await DraftForm.Read(http, number), await offer.Show(http.Actor(), number, driver));
        if (used.Refusal is { } unknown)
        {
            return Pages.Refused(unknown);
        }

        var kept = await add.Run(http.Actor(), FillWords.Behind(form.Body, used.Value.Text) with { Answered = $"{form.Body.Answered} {driver}" }, form.Age, form.Files, http.RequestAborted);
        return kept.Refusal is { Kind: not RefusalKind.Conflict } refusal ? Pages.Refused(refusal) : Results.LocalRedirect($"/conversations/{number}");
    }
}

/// <summary>Reads what the page of next questions shows.</summary>
internal sealed class NextQuestionPages(ListNextQuestions list, AnswerNextQuestion answer, ListArticles articles, Pages pages)
{
    public async Task<IResult> List(HttpContext http, FormState? form, long? asked)
    {
        var actor = http.Actor();
        var (found, help) = (await list.Run(actor), await articles.Run(actor, null, null));
        return (found.Refusal ?? help.Refusal) is { } refusal
            ? Pages.Refused(refusal)
            : Pages.Form<NextQuestionsPage>(
                new { Viewer = pages.Viewer(http), View = new NextQuestionsView([.. found.Value.GroupBy(pair => pair.From)], help.Value, actor.MayLead, form, asked) }, form is not null);
    }

    public async Task<IResult> Answer(HttpContext http, long driver, IFormCollection form)
    {
        var (article, text) = (form["article"].ToString(), form["text"].ToString());
        var body = new NextAnswerBody(long.TryParse(article, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, text);
        var written = await answer.Run(http.Actor(), driver, body, http.RequestAborted);
        return written.Refusal switch
        {
            null => Results.LocalRedirect("/next-questions"),
            { Kind: RefusalKind.NotFound or RefusalKind.Forbidden } refusal => Pages.Refused(refusal),
            var refusal => await List(http, Pages.Again(refusal, ("article", article), ("text", text)), driver),
        };
    }

    public async Task<IResult> Behind(HttpContext http, long from, long to, string? figure, long? before)
    {
        var known = figure is not null && ListNextQuestions.Figures.Contains(figure) ? figure : "after";
        return (await list.Behind(http.Actor(), from, to, known, before)).Match(
            found => Pages.Component<BehindPage>(new
            {
                Viewer = pages.Viewer(http),
                Title = Words.T("next.behind." + known, found.From.Name, found.To.Name),
                Section = "next",
                found.Rows,
                Back = "/next-questions",
                BackWords = Words.T("next.title"),
                Address = Figure(from, to, known),
            }),
            Pages.Refused);
    }

    /// <summary>The conversations behind a number.</summary>
    public static string Figure(long from, long to, string figure) => string.Create(CultureInfo.InvariantCulture, $"/next-questions/{from}/{to}/conversations?figure={figure}");
}
