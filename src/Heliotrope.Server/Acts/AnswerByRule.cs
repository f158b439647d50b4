using Heliotrope.Core;
using Heliotrope.Core.Brands;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Brands;
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

        var customer = await db.Customers.Where(c => c.Id == conversation.CustomerId).Select(c => new { c.Name, c.Language }).SingleAsync();
        var language = CustomerWords.Languages.Contains(customer.Language ?? "") ? customer.Language! : "en";
        var token = Tokens.New();
        db.PersonLinks.Add(new() { TokenHash = Tokens.Hash(token), ConversationNumber = conversation.Number, Language = language, ExpiresAt = now + PersonLink.Lifetime });
        await db.SaveChangesAsync(); // the entry's id
        var (us, link) = (organisation.NameAt(conversation.OurAddress), publicAddress.For($"/person/{token}"));
        var own = await OwnWords.Of(db, organisation.BrandOf(conversation.OurAddress), TemplateKind.Rule, language, new(us, customer.Name, "", conversation.Subject, conversation.Number, link));
        var below = own?.Text ?? ConfidenceWords.BelowRule(language, us, link);
        var marked = own is { Text: not null } ? own.Marked : ConfidenceWords.BelowRule(language, ComposeMail.AsWritten(us), link);
        await compose.ByRule(db, conversation, entry.Value, rule, below, marked, organisation, now);
        return null;
    }
}
