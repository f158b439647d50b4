using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Acts;

/// <summary>
/// A rule writes to the customer: marked as automatic, never to a machine or a list, never many to one person, with a way to a person in it, and no answer as far as
/// clocks are concerned (docs/method.md, A1, B1 and B3).
/// </summary>
internal sealed class AnswerByRule(ComposeMail compose, PublicAddress publicAddress)
{
    public async Task<Refusal?> Write(HeliotropeDb db, Conversation conversation, string text, Actor rule, DateTimeOffset now)
    {
        var bar = conversation.IsSpam ? "spam" : await AutomaticMail.Bar(db, conversation, now);
        if (bar is not null)
        {
            conversation.Record(bar switch { LifeStops.NotAsked => "not-written.life-event", LifeStops.Stopped => "not-written.stopped", _ => "not-written" }, rule.Name, now);
            return null;
        }

        var organisation = await Organisation.Of(db);
        var entry = conversation.AnswerByRule(rule, text, compose.NewMessageId(conversation, organisation), now);
        if (entry.Refusal is { } refusal)
        {
            return refusal;
        }

        var spoken = await db.Customers.Where(c => c.Id == conversation.CustomerId).Select(c => c.Language).FirstOrDefaultAsync();
        var language = CustomerWords.Languages.Contains(spoken ?? "") ? spoken! : "en";
        var token = Tokens.New();
        db.PersonLinks.Add(new() { TokenHash = Tokens.Hash(token), ConversationNumber = conversation.Number, Language = language, ExpiresAt = now + PersonLink.Lifetime });
        await db.SaveChangesAsync(); // the entry's id
        var below = ConfidenceWords.BelowRule(language, ComposeMail.AsWritten(organisation.Name), publicAddress.For($"/person/{token}"));
        await compose.ByRule(db, conversation, entry.Value, rule, $"{entry.Value.Text}\n\n---\n\n{below}", organisation, now);
        return null;
    }
}
