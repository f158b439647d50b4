using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Confidence;

/// <summary>What the customer does on the page behind the link. Whoever holds the token is the customer; nothing else is asked.</summary>
internal sealed class AnswerConfidence(Store store, Current<TeamRules> rules, TakeIn reading, TimeProvider time)
{
    private static readonly Refusal Gone = new(RefusalKind.NotFound, "confidence.gone", "This link is unknown or older than 30 days.");

    /// <summary>Both questions answered; from any state, and again when they change their mind.</summary>
    public Task<Result<ConfidenceCheck>> Answer(Actor actor, string token, ConfidenceAnswers answers, CancellationToken cancel) => Change(
        token,
        async (db, check, conversation, now, due) =>
        {
            if (check.Answers == answers && conversation.State == (answers.Confident ? ConversationState.Confirmed : ConversationState.Open))
            {
                return; // the same form sent twice says nothing new
            }

            (check.AnsweredAt, check.Resolved, check.Again, check.Comment) = (now, answers.Resolved, answers.Again, answers.Comment);
            conversation.AnswerConfidence(actor, answers, now, due);
            if (answers.Comment.Length > 0)
            {
                await reading.Read(db, conversation, begins: false, answers.Comment, content: answers.Confident);
                await StopLeaving.Write(db, conversation, now);
            }
        },
        cancel);

    /// <summary>A person, in one action.</summary>
    public Task<Result<ConfidenceCheck>> AskForPerson(Actor actor, string token, CancellationToken cancel) =>
        Change(
            token,
            (_, _, conversation, now, due) =>
            {
                conversation.AskForPerson(actor, now, due);
                return Task.CompletedTask;
            },
            cancel);

    /// <summary>The same behind a link in a mail that a rule wrote.</summary>
    public Task<Result<PersonLink>> AskForPersonByLink(Actor actor, string token, CancellationToken cancel) => store.Write<Result<PersonLink>>(
        async db =>
        {
            var now = time.Now();
            if (await PersonEndpoints.Find(db, token, now) is not { } link || await db.Conversations.FindAsync(link.ConversationNumber) is not { } conversation)
            {
                return Gone;
            }

            conversation.AskForPerson(actor, now, (await rules.Get()).For(conversation));
            return link;
        },
        cancel);

    private Task<Result<ConfidenceCheck>> Change(string token, Func<HeliotropeDb, ConfidenceCheck, Conversation, DateTimeOffset, AnswerRules, Task> change, CancellationToken cancel) =>
        store.Write<Result<ConfidenceCheck>>(
            async db =>
            {
                var now = time.Now();
                var hash = Tokens.Hash(token);

                // The conversation first: whoever changes it between the two reads is told by its version, and this runs again.
                var conversation = await db.Conversations.FirstOrDefaultAsync(c => db.ConfidenceChecks.Any(k => k.TokenHash == hash && k.ConversationNumber == c.Number));
                if (conversation is null || await Find(db, token, now) is not { } check)
                {
                    return Gone;
                }

                await change(db, check, conversation, now, (await rules.Get()).For(conversation));
                return check;
            },
            cancel);

    public static Task<ConfidenceCheck?> Find(HeliotropeDb db, string token, DateTimeOffset now)
    {
        var hash = Tokens.Hash(token);
        return db.ConfidenceChecks.FirstOrDefaultAsync(c => c.TokenHash == hash && c.ExpiresAt > now);
    }
}
