using System.Globalization;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Drafts;

/// <summary>What happens between a page and the press of its button.</summary>
internal static class Answering
{
    /// <summary>The customer answers their own mail.</summary>
    public static Task<long> Again(this TestServer server, TestMail mail, string text) =>
        server.Receive(mail with { MessageId = $"{Guid.NewGuid():N}@client.example", InReplyTo = mail.MessageId, Text = text });

    /// <summary>The last message that a page of the conversation shows.</summary>
    public static async Task<string> Seen(this Browser browser, long number) =>
        (await browser.Get($"/conversations/{number}")).Document.QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    public static async Task<long> Newest(this TestServer server, long number) => (await server.Api.Entries(number, "message"))[^1].GetProperty("id").GetInt64();

    public static string In(this TestServer server, TimeSpan ahead) => (server.Clock.GetUtcNow() + ahead).ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    /// <summary>Presses a button beside a message that waits.</summary>
    public static async Task<Page> Press(this Browser browser, long number, string act)
    {
        var form = (await browser.Get($"/conversations/{number}")).Document.QuerySelector("form[data-waiting]")!.GetAttribute("action")!;
        return await browser.Submit($"/conversations/{number}", form, ("act", act));
    }
}
