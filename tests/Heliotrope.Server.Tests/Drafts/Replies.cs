using Heliotrope.Core.Conversations;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

/// <summary>Replies from the desk, and what of them is said.</summary>
internal static class Replies
{
    public static Task<Page> Reply(this Browser browser, long number, string text, params (string Name, string Value)[] more) =>
        browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", [("text", text), .. more]);

    public static Task<string[]> Said(this TestServer server, long number) => server.Store.Read(db =>
        db.Entries.Where(e => e.ConversationNumber == number && e.Direction == Direction.Out).OrderBy(e => e.Id).Select(e => e.Text).ToArrayAsync());
}
