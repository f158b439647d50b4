using System.Globalization;
using System.Text.RegularExpressions;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Core.Plays;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Plays;

/// <summary>Suggests a reply as a play: somebody who works here found that it went well.</summary>
internal sealed partial class SuggestPlay(Store store, TimeProvider time)
{
    private const int LongestTitle = 70;

    /// <summary>Less is a greeting or a name.</summary>
    private const int FewestInTitle = 4;

    /// <param name="actor">Who suggests it.</param>
    /// <param name="number">The conversation.</param>
    /// <param name="entry">The reply in it.</param>
    /// <param name="cancel">Stops before it is stored.</param>
    /// <returns>The play's id; of one that was made of this reply before, its.</returns>
    public async Task<Result<long>> Run(Actor actor, long number, long entry, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<long>>(
            actor,
            async db =>
            {
                if (await db.Conversations.FindAsync([number], cancel) is not { } conversation)
                {
                    return Refusal.NoConversation(number);
                }

                var said = await Replies(db).Where(e => e.ConversationNumber == number && e.Id == entry).Select(e => new { e.Text, e.FromName }).FirstOrDefaultAsync(cancel);
                if (said is null)
                {
                    return new Refusal(RefusalKind.NotFound, "play.no-reply", "There is no such reply of a colleague's.");
                }

                if (await db.Plays.FirstOrDefaultAsync(p => p.EntryId == entry, cancel) is { } before)
                {
                    before.State = before.State is PlayState.Dropped ? PlayState.Suggested : before.State; // a person says what the desk's own idea was not worth
                    return before.Id;
                }

                if (await db.Plays.CountAsync(cancel) >= Play.MostInAll)
                {
                    return WritePlay.TooMany;
                }

                var now = time.Now();
                var complaint = await db.Readings.AnyAsync(r => r.ConversationNumber == number && r.Complaint, cancel);
                var words = await Nameless(db, conversation.CustomerId, said.Text, said.FromName);
                var play = db.Plays.Add(Of(conversation, entry, words, complaint, now)).Entity;
                (play.AuthorId, play.AuthorName) = (actor.Person, actor.Name);
                await db.SaveChangesAsync(cancel); // the id
                db.Audit.Add(AuditLine.Of(actor, "play.suggested", string.Create(CultureInfo.InvariantCulture, $"{play.Id} #{number}"), now));
                return play.Id;
            },
            cancel);
    }

    /// <summary>What people of ours said to customers.</summary>
    public static IQueryable<Entry> Replies(HeliotropeDb db) =>
        db.Entries.Where(e => e.Kind == EntryKind.Message && e.Direction == Direction.Out && e.UserId != null && e.RuleId == null && e.ForwardedTo == "" && e.Text != "");

    /// <summary>A reply without the names in it.</summary>
    public static async Task<string> Nameless(HeliotropeDb db, long customer, string text, string author)
    {
        var name = await db.Customers.Where(c => c.Id == customer).Select(c => c.Name).SingleAsync();
        var addresses = await db.CustomerAddresses.Where(a => a.CustomerId == customer).OrderBy(a => a.Id).Select(a => a.Address).ToListAsync();
        return Core.Plays.Nameless.Of(text, name, addresses.Select(address => $"{address}"), author).Trim();
    }

    /// <summary>What is suggested of a reply, for a lead to look at.</summary>
    public static Play Of(Conversation conversation, long entry, string words, bool complaint, DateTimeOffset now) => new()
    {
        Title = TitleOf(words),
        State = PlayState.Suggested,
        DriverId = conversation.DriverId,
        Mood = complaint ? PlayMood.Complaint : null,
        Words = words.Storable(Play.MaxWords),
        ConversationNumber = conversation.Number,
        EntryId = entry,
        CreatedAt = now,
        LookedAt = now,
        Demo = conversation.Demo,
    };

    /// <summary>Its first words that are no greeting, until a lead finds a better one.</summary>
    private static string TitleOf(string words)
    {
        var lines = words.Split('\n').Select(line => Field().Replace(Greeting().Replace(WritePlay.OneLine(line), ""), "…")).ToList();
        var line = lines.Find(line => Likeness.Words(line) >= FewestInTitle) ?? lines.Find(line => line.Length > 0) ?? "…";
        line = string.Concat(char.ToUpperInvariant(line[0]).ToString(), line.AsSpan(1));
        return line.Length <= LongestTitle ? line : line[..(line.LastIndexOf(' ', LongestTitle) is > 20 and var at ? at : LongestTitle)].Storable(LongestTitle) + "…";
    }

    [GeneratedRegex(@"^[^.!?]{0,30}\{\{customer\.[^{}]+\}\}\s*[,:.!]\s*", RegexOptions.None, 1000)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"\{\{[^{}]+\}\}", RegexOptions.None, 1000)]
    private static partial Regex Field();
}
