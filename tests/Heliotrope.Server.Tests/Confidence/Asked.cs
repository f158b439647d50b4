using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Confidence;

/// <summary>A customer who has been answered, with the resolving reply and the confidence check on their way.</summary>
internal sealed partial record Asked(TestServer Server, TestMail Mail, long Number, string ReplyId, string Raw)
{
    public string Words => MailReader.Read(Encoding.ASCII.GetBytes(Raw)).Text;

    /// <summary>The path of the link in the mail.</summary>
    public string Path => new Uri(Link().Match(Words).Value).AbsolutePath;

    public static async Task<Asked> On(TestServer server, string words = "Hello, my grinder does not start. What can I do with it?")
    {
        var mail = TestMail.FromSomebodyNew() with { Text = words };
        var number = await server.Receive(mail);
        var details = (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable.", resolve = true })).Is(200).Json;
        Assert.Equal("resolved", details.Text("state"));
        var reply = details.Items("entries").Single(e => e.Text("direction") == "out").Text("messageId");
        return new(server, mail, number, reply, await server.Api.OutboxRaw(Assert.Single(await server.Api.Outbox(number, "confidence"))));
    }

    public Task<JsonElement> Conversation() => Server.Api.Conversation(Number);

    /// <summary>Posts the form as a browser without cookies does.</summary>
    public async Task<Page> Answer(string resolved, string again, string comment = "")
    {
        using var browser = Server.NewBrowser();
        return await browser.Post(Path, ("resolved", resolved), ("again", again), ("comment", comment));
    }

    [GeneratedRegex(@"http://\S+/confidence/\S+")]
    private static partial Regex Link();
}
