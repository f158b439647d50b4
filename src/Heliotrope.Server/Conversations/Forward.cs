using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A question about a conversation to somebody else than its customer.</summary>
/// <param name="To">Whom: a mail address, or several apart by commas; not the customer's.</param>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="Entries">The ids of the messages that they are shown; null or empty for none. Notes are never shown.</param>
/// <param name="Attachments">The ids of the files of this conversation that go along.</param>
/// <param name="Files">Other files that go along: at most 20 with those, of at most 25 MB in all.</param>
public sealed record ForwardBody(
    string? To, string? Text, IReadOnlyList<long>? Entries = null, IReadOnlyList<long>? Attachments = null, IReadOnlyList<FileBody>? Files = null);

/// <summary>
/// Asks somebody else about a conversation. The customer hears nothing of it and waits as they did, the one who is asked sees what was chosen and nothing else,
/// and their answer comes back into the same conversation (docs/decisions/0034).
/// </summary>
internal sealed class Forward(Store store, ComposeMail compose, GetAttachment attachments, OutboxBell bell, TimeProvider time)
{
    private const int MostQuoted = 100;

    public async Task<Refusal?> Run(Actor actor, long number, ForwardBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var files = Files.Read(body.Files);
        if (files.Refusal is { } refusal)
        {
            return refusal;
        }

        var letter = new Letter((body.Text ?? "").Storable(int.MaxValue), [], [], files.Value);
        var refused = await store.Write(actor, db => Write(db, actor, number, [body.To ?? ""], letter, body.Entries ?? [], body.Attachments ?? []), cancel);
        bell.Ring();
        return refused;
    }

    /// <summary>The same within a transaction that does more, such as ending the draft that this was.</summary>
    public async Task<Refusal?> Write(HeliotropeDb db, Actor actor, long number, IReadOnlyList<string> to, Letter letter, IReadOnlyList<long> quotes, IReadOnlyList<long> carried)
    {
        if (await db.Conversations.FindAsync(number) is not { } conversation)
        {
            return Refusal.NoConversation(number);
        }

        var whom = await To(db, number, to);
        Result<string> quoted = whom.Refusal is { } nobody ? nobody : await Quoted(db, number, quotes);
        if (quoted.Refusal is { } refusal)
        {
            return refusal;
        }

        var files = await Carried(db, actor, number, carried);
        if ((files.Refusal ?? Files.TooMuch([.. letter.Files, .. files.Value])) is { } not)
        {
            return not;
        }

        var (now, organisation) = (time.Now(), await Organisation.Of(db));
        var sent = new Letter(letter.Text, [], [], [.. letter.Files, .. files.Value]); // made anew: pictures come first
        var entry = conversation.Forward(actor, new(sent.Text, [], [], sent.Attachments), whom.Value, quoted.Value, compose.NewMessageId(conversation, organisation), now);
        if (entry.Refusal is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(); // the entry's id
        await compose.Forward(db, conversation, entry.Value, sent.Parts, actor, organisation, whom.Value, now);
        await db.SaveChangesAsync();
        return null;
    }

    /// <summary>Whom it goes to: never the customer, who would be shown as somebody else, and never us.</summary>
    public static async Task<Result<IReadOnlyList<EmailAddress>>> To(HeliotropeDb db, long number, IReadOnlyList<string> typed)
    {
        var read = Copies.Forward(typed);
        if (read.Refusal is not null)
        {
            return read;
        }

        var (organisation, addresses) = (await Organisation.Of(db), read.Value.Select(address => address.Value).ToList());
        var theirs = await db.CustomerAddresses.Where(a => addresses.Contains(a.Address) && db.Conversations.Any(c => c.Number == number && c.CustomerId == a.CustomerId)).Select(a => a.Address).FirstOrDefaultAsync();
        return theirs is not null ? Refusal.Invalid("forward.customer", $"{theirs} is the customer's own address.", "to") with { About = theirs }
            : read.Value.FirstOrDefault(organisation.IsOurs) is { } ours ? Refusal.Invalid("forward.ours", $"{ours.Value} is an address of ours.", "to") with { About = ours.Value }
            : read;
    }

    /// <summary>The words of the chosen messages, oldest first, as mail programs quote. Of a message its own words alone: what it quotes itself was chosen by nobody.</summary>
    private static async Task<Result<string>> Quoted(HeliotropeDb db, long number, IReadOnlyList<long> ids)
    {
        var wanted = ids.Distinct().Take(MostQuoted).ToList();
        var chosen = await db.Entries.AsNoTracking().Where(e => wanted.Contains(e.Id) && e.ConversationNumber == number && e.Kind == EntryKind.Message)
            .OrderBy(e => e.Id).Select(e => new { e.FromName, e.At, e.Text }).ToListAsync();
        return chosen.Count < wanted.Count
            ? Refusal.Invalid("forward.unknown-entry", "One of these entries is no message of this conversation.", "entries")
            : string.Join("\n\n", chosen.Select(e => $"{e.FromName}, {TimeZoneInfo.ConvertTime(e.At, Zone.Here).ToString("yyyy-MM-dd H:mm", CultureInfo.InvariantCulture)}\n{AsQuote(e.Text)}"));
    }

    private static string AsQuote(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}".TrimEnd()));

    private async Task<Result<IReadOnlyList<OutgoingAttachment>>> Carried(HeliotropeDb db, Actor actor, long number, IReadOnlyList<long> ids)
    {
        var wanted = ids.Distinct().Take(Files.Most + 1).ToList();
        var known = await db.Attachments.Where(a => wanted.Contains(a.Id) && db.Entries.Any(e => e.Id == a.EntryId && e.ConversationNumber == number && e.Kind == EntryKind.Message))
            .OrderBy(a => a.Id).Select(a => new { a.Id, a.Type, a.Size }).ToListAsync();
        if (known.Count < wanted.Count)
        {
            return Refusal.Invalid("forward.unknown-file", "One of these files is none of this conversation.", "attachments");
        }

        if (Files.TooMuch(known.Count, known.Sum(file => file.Size)) is { } refusal)
        {
            return refusal;
        }

        var files = new List<OutgoingAttachment>(known.Count);
        foreach (var file in known)
        {
            var read = await attachments.Run(actor, file.Id, number, CancellationToken.None);
            if (read.Refusal is { } gone)
            {
                return gone;
            }

            files.Add(Files.Of(read.Value.Name, file.Type, read.Value.Content));
        }

        return files;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/forward",
            async (long number, ForwardBody body, Forward forward, HttpContext http) => await http.Shown(number, await forward.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("forward").WithSummary("Ask somebody else about a conversation").WithMetadata(new RequestSizeLimitAttribute(Files.LargestRequest)).Answers<ConversationDetails>();
}
