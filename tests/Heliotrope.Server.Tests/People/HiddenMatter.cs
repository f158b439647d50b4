using System.Globalization;
using System.Text.RegularExpressions;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.People;

/// <summary>A conversation of a private team with everything that may hang on one, and its ids. Its mark stands in each of its texts and nowhere else.</summary>
internal sealed partial record HiddenMatter(long Number, long Team, long Customer, long Entry, long Attachment, long Mail, long Promise)
{
    public const string Mark = "Zinnober";

    /// <summary>Nearly all of the mark: what says again what it was asked for does not hold all of it, and what was found does.</summary>
    private const string Beginning = "Zinnobe";

    /// <summary>Asks for it in every way in which an address can ask.</summary>
    public string Query => string.Create(
        CultureInfo.InvariantCulture, $"words={Beginning}&q={Beginning}&text={Beginning}&name={Beginning}&conversation={Number}&number={Number}&customer={Customer}&team={Team}&find={Beginning}&into={Number}&draft=1&view=all&by={Beginning}");

    public object Body => new { conversation = Number, into = Number, to = Number, numbers = new[] { Number }, customer = Customer, text = "Hello", user = (string?)null };

    public (string Name, string Value)[] Form =>
        [("conversation", Text(Number)), ("into", Text(Number)), ("to", Text(Number)), ("number", Text(Number)), ("numbers", Text(Number)), ("customer", Text(Customer)), ("text", "Hello")];

    public static async Task<HiddenMatter> On(TestServer server)
    {
        var team = (await server.Api.Post("/api/v1/teams", new { name = "Trust", @private = true })).Is(200).Json.EnumerateArray().Single(t => t.Text("name") == "Trust").GetProperty("id").GetInt64();
        var number = await server.Receive(new TestMail
        {
            From = $"{Mark} <{Mark}@client.example>",
            Subject = $"{Mark} matter",
            More = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"],
            Text = $"--b\nContent-Type: text/html\n\n<p>{Mark} I am very angry, this is unacceptable!</p>\n--b\nContent-Type: image/gif\nContent-Disposition: attachment; filename={Mark}.gif\nContent-Transfer-Encoding: base64\n\nR0lGODlhAQABAAAAACwAAAAAAQABAAA=\n--b--",
        });
        var owner = (await server.AddUser($"{Guid.NewGuid():N}@desk.example")).Id;
        var address = $"/api/v1/conversations/{number}";
        (await server.Api.Post($"{address}/tags", new { add = new[] { Mark } })).Is(200);
        (await server.Api.Post($"{address}/notes", new { text = $"{Mark} note" })).Is(200);
        (await server.Api.Post($"{address}/promises", new { text = $"{Mark} promise", due = server.Clock.GetUtcNow().AddDays(2), owner })).Is(200);
        (await server.Api.Post($"{address}/replies", new { text = $"{Mark} reply", resolve = true })).Is(200);
        (await server.Api.Post($"{address}/reopen")).Is(200);
        (await server.Api.Post($"{address}/team", new { team = "Trust" })).Is(200);

        // The first life event there is, so that its id is the one that addresses are tried with.
        var life = (await server.Api.Post("/api/v1/life-events", new { kind = "illness", conversation = number })).Is(200).Json.GetProperty("id").GetInt64();
        Assert.Equal(1, life);
        (await server.Api.Post($"/api/v1/life-events/{life}/contacts", new { name = $"{Mark} daughter", address = $"{Mark}@family.example", relation = Mark })).Is(200);
        (await server.Api.Post($"/api/v1/life-events/{life}/steps", new { step = "card", note = Mark })).Is(200);
        return await server.Store.Read(async db =>
        {
            var entry = await db.Entries.Where(e => e.ConversationNumber == number && e.RawMailId != null).Select(e => e.Id).FirstAsync();
            return new HiddenMatter(
                number, team, await db.Conversations.Where(c => c.Number == number).Select(c => c.CustomerId).SingleAsync(), entry,
                await db.Attachments.Where(a => a.EntryId == entry).Select(a => a.Id).SingleAsync(),
                await db.Outbox.Where(o => o.ConversationNumber == number).Select(o => o.Id).FirstAsync(),
                await db.Promises.Where(p => p.ConversationNumber == number).Select(p => p.Id).SingleAsync());
        });
    }

    /// <summary>The address with its ids where they belong.</summary>
    public string Fill(string pattern) => Parameter().Replace(pattern, parameter =>
    {
        var before = pattern[..parameter.Index];
        var name = parameter.Groups[1].Value;
        var id = name is "number" or "n" or "conversation" ? Number
            : before.EndsWith("/entries/", StringComparison.Ordinal) ? Entry
            : before.EndsWith("/attachments/", StringComparison.Ordinal) ? Attachment
            : before.EndsWith("/outbox/", StringComparison.Ordinal) ? Mail
            : before.EndsWith("/promises/", StringComparison.Ordinal) ? Promise
            : before.EndsWith("/customers/", StringComparison.Ordinal) ? Customer
            : 1;
        return Text(id);
    });

    /// <summary>Whether a text holds something of it.</summary>
    public static bool Shows(string body) => body.Contains(Mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>The words around the first place, to be read.</summary>
    public static string Around(string body)
    {
        var from = Math.Max(0, body.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) - 120);
        return body.Substring(from, Math.Min(240, body.Length - from));
    }

    /// <summary>How far it and everything that hangs on it has come.</summary>
    public Task<string> Versions(TestServer server) => server.Store.Read(async db => string.Join(
        ' ',
        await db.Conversations.Where(c => c.Number == Number).Select(c => c.Version).SingleAsync(),
        await db.Entries.CountAsync(e => e.ConversationNumber == Number),
        await db.ConversationTags.CountAsync(t => t.ConversationNumber == Number),
        await db.Promises.Where(p => p.ConversationNumber == Number).Select(p => p.State).SingleAsync(),
        await db.Drafts.CountAsync(d => d.ConversationNumber == Number),
        await db.Outbox.CountAsync(o => o.ConversationNumber == Number),
        await db.LifeEvents.Where(e => e.ConversationNumber == Number).Select(e => e.Version).SingleAsync()));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
