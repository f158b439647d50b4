using Heliotrope.Core;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>Puts supplied words into the reply that somebody writes, to be changed and sent by them; nothing sends them by itself.</summary>
internal sealed class SayWords(Store store, PublicAddress publicAddress, TimeProvider time)
{
    /// <param name="actor">Who writes.</param>
    /// <param name="id">The life event.</param>
    /// <param name="number">The conversation in which they write.</param>
    /// <param name="wording">What is to be said.</param>
    /// <param name="contact">For whom a link is; null for whoever wrote.</param>
    /// <param name="cancel">Given up.</param>
    public async Task<Refusal?> Run(Actor actor, long id, long number, LifeWording wording, long? contact, CancellationToken cancel)
    {
        if (!actor.MayWork || actor is not { Kind: ActorKind.Person, Id: { } user })
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Refusal?>(
            actor,
            async db =>
            {
                if (await db.LifeEvents.Include(e => e.Contacts).FirstOrDefaultAsync(e => e.Id == id, cancel) is not { } life)
                {
                    return GetLifeEvent.Unknown(id);
                }

                if (await db.Conversations.FindAsync([number], cancel) is not { } conversation || conversation.CustomerId != life.CustomerId)
                {
                    return Refusal.NoConversation(number);
                }

                var draft = await OpenDraft.Find(db, user, new(DraftKind.Reply, number, null, null));
                if (draft is { SendAt: not null })
                {
                    return OpenDraft.Sent;
                }

                // Asked for with the words, and not where they could not be put down.
                var now = time.Now();
                if (wording is LifeWording.Proof && ChangeLifeEvent.AskProof(life, conversation, actor, now) is { } asked)
                {
                    return asked;
                }

                var customer = await db.Customers.Where(c => c.Id == life.CustomerId).Select(c => new { c.Name, c.Language }).SingleAsync(cancel);
                var spoken = await db.Readings.Where(r => r.ConversationNumber == number).Select(r => r.Language).FirstOrDefaultAsync(cancel) ?? customer.Language ?? "en";
                var language = CustomerWords.Languages.Contains(spoken) ? spoken : "en";
                var person = life.Contacts.FirstOrDefault(c => c.Id == contact) ?? (life.Contacts.Count > 0 ? life.Contacts[0] : null);
                var to = person?.Name ?? (life.Kind is LifeEvent.Bereavement ? "" : customer.Name);
                var link = wording is LifeWording.Link ? NewLink(db, life, contact is null ? null : person, number, language, now) : "";
                var words = new FamilyWords(language, (await Organisation.Of(db)).NameAt(conversation.OurAddress), to, link);
                await OneOfAKind.Tell(db, life, number, conversation.TeamId);
                draft ??= OpenDraft.Begin(db, user, new(DraftKind.Reply, number, null, null));
                var text = words.Of(wording, life.Kind);
                draft.Text = draft.Text.Trim().Length == 0 ? $"{words.Hello}\n\n{text}" : $"{draft.Text.TrimEnd()}\n\n{char.ToUpper(text[0], words.Culture)}{text[1..]}";
                draft.UpdatedAt = now;
                draft.Version++;
                return null;
            },
            cancel);
    }

    private string NewLink(HeliotropeDb db, CustomerLifeEvent life, FamilyContact? contact, long number, string language, DateTimeOffset now)
    {
        var token = Tokens.New();
        db.FamilyLinks.Add(new() { TokenHash = Tokens.Hash(token), LifeEventId = life.Id, ContactId = contact?.Id, ConversationNumber = number, Language = language, ExpiresAt = now + FamilyLink.Lifetime });
        return publicAddress.For($"/family/{token}");
    }
}
