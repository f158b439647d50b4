using Heliotrope.Core.Brands;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Confidence;

/// <summary>Asks the two questions, in the transaction of the resolving answer (docs/method.md, A1).</summary>
internal sealed class AskConfidence(ComposeMail compose, PublicAddress publicAddress)
{
    // "after" is the resolving reply, which must arrive first; without one it is whatever still waits to leave.
    public async Task Write(HeliotropeDb db, Conversation conversation, Actor by, Organisation organisation, OutboxMail? after, DateTimeOffset now)
    {
        // Whoever never heard from us has nothing to be confident about, a machine feels nothing, and spam gets no mail of ours by itself.
        if (conversation.IsSpam || conversation.LastAnswerAt is null || conversation.HappinessStartedAt is null)
        {
            return;
        }

        if (await AutomaticMail.Bar(db, conversation, now) is { } bar)
        {
            conversation.Record(bar, "", now);
            return;
        }

        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == conversation.CustomerId);
        var language = CustomerWords.Languages.Contains(customer.Language ?? "") ? customer.Language! : "en";
        var byName = by.Kind is ActorKind.Person ? by.Name : "";
        var token = Tokens.New();
        db.ConfidenceChecks.Add(new()
        {
            ConversationNumber = conversation.Number,
            TokenHash = Tokens.Hash(token),
            Language = language,
            ByName = byName,
            CreatedAt = now,
            ExpiresAt = now + ConfidenceCheck.Lifetime,
        });

        // The words of strangers stand in this mail of ours: in its HTML they must not become links or pictures.
        var link = publicAddress.For($"/confidence/{token}");
        var us = organisation.NameAt(conversation.OurAddress);
        var (subject, text) = ConfidenceWords.Mail(language, us, customer.Name, byName, conversation.Subject, link);
        var (_, marked) = ConfidenceWords.Mail(
            language, ComposeMail.AsWritten(us), ComposeMail.AsWritten(customer.Name), ComposeMail.AsWritten(byName), ComposeMail.AsWritten(conversation.Subject), link);
        if (await OwnWords.Of(db, organisation.BrandOf(conversation.OurAddress), TemplateKind.Confidence, language, new(us, customer.Name, byName, conversation.Subject, conversation.Number, link)) is { } own)
        {
            (subject, text, marked) = (own.Subject ?? subject, own.Text ?? text, own.Text is null ? marked : own.Marked);
        }

        await db.SaveChangesAsync(); // the reply's id in the outbox
        var alone = after is null;
        after ??= await db.Outbox
            .Where(o => o.ConversationNumber == conversation.Number && (o.State == OutboxState.Waiting || o.State == OutboxState.Sending))
            .OrderByDescending(o => o.Id)
            .FirstOrDefaultAsync();

        var mail = await compose.Automatic(db, conversation, "confidence", by, subject, text, marked, organisation, now);
        mail.AfterId = after?.Id;
        var soonest = alone ? now.AddSeconds(organisation.UndoSeconds) : now; // resolving can be taken back as long as a reply can
        mail.NextTryAt = customer is { Zone: { } zone, ZoneIsGuess: false } ? TheirTime.Daytime(zone, soonest) : soonest;
    }
}
