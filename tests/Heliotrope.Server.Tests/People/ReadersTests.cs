using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.People;

/// <summary>What somebody of the role light finds at the desk.</summary>
public sealed class ReadersTests
{
    [Theory, EveryDatabase]
    public async Task Whoever_only_reads_writes_notes_and_is_offered_nothing_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn(Role.Light, "Lia Reads");
        var page = (await desk.Get($"/conversations/{number}")).Is(200).Document;
        var actions = page.QuerySelectorAll("form[method=post]").Select(form => form.GetAttribute("action")).Where(action => action!.StartsWith("/conversations/", StringComparison.Ordinal)).Distinct();
        Assert.Equal([$"/conversations/{number}/follow", $"/conversations/{number}/note"], actions.Order(StringComparer.Ordinal));

        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/note", ("text", "Seen this before, ask Tom."))).Status);
        Assert.Contains(await server.Api.Entries(number, "note"), note => note.GetProperty("from").Text("name") == "Lia Reads");
    }
}
