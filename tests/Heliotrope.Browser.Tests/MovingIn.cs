using System.Text;
using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>Bringing what another desk held: the files, what would happen, what has happened, and back again.</summary>
public class MovingIn(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly FilePayload Tickets = new()
    {
        Name = "export.json",
        MimeType = "application/json",
        Buffer = Encoding.UTF8.GetBytes("""
            {"id":101,"subject":"The grinder does not start","status":"closed","created_at":"2025-03-03T09:00:00Z","requester":{"id":7001,"name":"Ada Lovelace","email":"ada@client.example"},"assignee":{"id":8001,"name":"Jonas Weber","email":"jonas@old-desk.example"},"tags":["grinder"],"comments":[{"id":1,"author_id":7001,"body":"The grinder does not start. What can I do?","created_at":"2025-03-03T09:00:00Z"},{"id":2,"author_id":8001,"body":"Check the fuse first.","created_at":"2025-03-03T10:00:00Z"}]}
            {"id":102,"subject":
            {"id":103,"subject":"Nothing at all","status":"open","created_at":"2025-03-03T09:00:00Z","requester":{"id":7001}}
            """),
    };

    private static readonly FilePayload Table = new() { Name = "kunden.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("Nr;Vorname;Nachname;E-Mail\n1;Ada;Lovelace;ada@client.example\n2;Grace;Hopper;\n") };

    /// <summary>Looks at the pages with a file that has been read and waits for a word.</summary>
    internal static async Task Seen(IPage page, Inspection inspect)
    {
        await inspect.See(page, "/settings/imports", "Moving in");
        await page.Locator("#import-file").SetInputFilesAsync(Tickets);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring and read" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Let it come in" })).ToBeVisibleAsync();
        await inspect.Of(page, "import, read");
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public Task One_sees_what_would_happen_before_it_does_and_can_take_it_back(int width, ColorScheme scheme) => Journey.Walk(chromium, async journey =>
    {
        var inspect = new Inspection();
        var page = await journey.SignIn(width: width, scheme: scheme);
        await inspect.See(page, "/settings/imports", "Moving in");
        await page.Locator("#import-file").SetInputFilesAsync(Tickets);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring and read" }).ClickAsync();

        // Read by a worker; the page hears of it by itself.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Let it come in" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Jonas Weber")).ToBeVisibleAsync();
        await page.GetByText("Cannot be read").ClickAsync();
        await Expect(page.GetByText("export.json:2")).ToBeVisibleAsync();
        await inspect.Of(page, "import, what will happen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it come in" }).ClickAsync();
        await Expect(page.GetByText("All of it is in.")).ToBeVisibleAsync();
        await inspect.Of(page, "import, done");

        await page.Open(await journey.Server.Store.Read(db => Task.FromResult(db.Conversations.Single(c => c.Subject == "The grinder does not start").Number)));
        await Expect(page.Entries()).ToContainTextAsync("Check the fuse first.");
        await Expect(page.Entries()).ToContainTextAsync("2025");
        await page.GotoAsync("/settings/imports");
        await page.GetByRole(AriaRole.Link, new() { Name = "export.json" }).ClickAsync();
        await page.Locator("#import-remove summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back now" }).ClickAsync();
        await Expect(page.GetByText("It was taken back.")).ToBeVisibleAsync();
        await inspect.Of(page, "import, taken back");

        await page.GotoAsync("/settings/imports");
        await page.Locator("#import-file").SetInputFilesAsync(Table);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring and read" }).ClickAsync();
        await Expect(page.GetByLabel("What Vorname means")).ToHaveValueAsync("FirstName");
        await inspect.Of(page, "import, a table");
        await page.GetByLabel("What E-Mail means").SelectOptionAsync("Ignored");
        journey.Expect("status of 422");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await Expect(page.GetByText("One of the columns holds the mail addresses.")).ToBeVisibleAsync();
        await inspect.Of(page, "import, a table refused");
        inspect.FoundNothing();
    }, $"Moving_in_{width}");
}
