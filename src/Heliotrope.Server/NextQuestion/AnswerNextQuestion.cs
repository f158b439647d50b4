using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.NextQuestion;

/// <summary>What is said about a driver before anybody asks.</summary>
/// <param name="Article">The article whose words it is; null or 0 for words of its own.</param>
/// <param name="Text">Words of its own, in Markdown, with merge fields: up to 4,000 characters. Without an article and without words the driver has no answer any more.</param>
public sealed record NextAnswerBody(long? Article = null, string? Text = null);

/// <summary>Gives a driver its answer, for when it is the next question.</summary>
internal sealed class AnswerNextQuestion(Store store, TimeProvider time)
{
    public async Task<Result<NextAnswerDetails?>> Run(Actor actor, long driver, NextAnswerBody body, CancellationToken cancel)
    {
        if (!actor.MayLead)
        {
            return Refusal.NotAllowed;
        }

        var (article, text) = (body.Article is > 0 ? body.Article : null, (body.Text ?? "").ReplaceLineEndings("\n").Trim());
        if (text.Length > NextAnswer.MaxText)
        {
            return Refusal.Invalid("next-question.too-long", $"The words have more than {NextAnswer.MaxText} characters.", "text");
        }

        if (MacroText.Unknown(text) is { } unknown)
        {
            return Refusal.Invalid("next-question.unknown-field", $"There is no field {unknown}.", "text") with { About = unknown };
        }

        return await store.Write<Result<NextAnswerDetails?>>(
            actor,
            async db =>
            {
                if (await db.Drivers.FirstOrDefaultAsync(d => d.Id == driver, cancel) is not { } about)
                {
                    return ListNextQuestions.Unknown(driver);
                }

                var title = article is null ? null : await db.Articles.Where(a => a.Id == article).Select(a => a.Title).FirstOrDefaultAsync(cancel);
                if (article is not null && title is null)
                {
                    return Refusal.Invalid("next-question.article", "There is no such article.", "article");
                }

                var (now, answer) = (time.Now(), await db.NextAnswers.FirstOrDefaultAsync(a => a.DriverId == driver, cancel));
                db.Audit.Add(AuditLine.Of(actor, "next-question.answered", string.Create(CultureInfo.InvariantCulture, $"{about.Name}"), now));
                if (article is null && text.Length == 0)
                {
                    if (answer is not null)
                    {
                        db.NextAnswers.Remove(answer);
                    }

                    return (NextAnswerDetails?)null;
                }

                answer ??= db.NextAnswers.Add(new() { DriverId = driver }).Entity;
                (answer.ArticleId, answer.Text, answer.AuthorName, answer.WrittenAt) = (article, article is null ? text.Storable(NextAnswer.MaxText) : "", actor.Name, now);
                return new NextAnswerDetails(article is { } id ? new NamedRef(id, title!) : null, answer.Text, answer.AuthorName, now);
            },
            cancel);
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/next-questions/{driver:long}/answer", async (long driver, NextAnswerBody body, AnswerNextQuestion answer, HttpContext http) => (await answer.Run(http.Actor(), driver, body, http.RequestAborted)).ToApi())
            .WithName("answerNextQuestion").WithSummary("Say what is told about a driver before anybody asks; for leads and administrators").Answers<NextAnswerDetails>();
}
