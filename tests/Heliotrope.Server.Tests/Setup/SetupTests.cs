using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Setup;

public sealed class SetupTests
{
    private static readonly (string, string)[] Form = [("organisation", "Morrow Coffee"), ("name", "Priya Nair"), ("email", "priya@morrow.example"), ("password", Browser.Password)];

    [Theory, EveryDatabase]
    public async Task The_link_makes_one_administrator_and_then_setup_is_closed_for_good(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        string path;
        await using (var server = await TestServer.Start(database))
        {
            path = (await server.SetupPath())!;
            using var browser = server.NewBrowser();
            Assert.Equal("/conversations", (await browser.Submit(path, path, Form)).Location);
            Assert.Equal(200, (await browser.Get("/settings")).Status); // signed in, as an administrator

            using var late = server.NewBrowser();
            Assert.Equal(404, (await late.Get(path)).Status);
            Assert.Null(await server.SetupPath());
            using var again = server.NewBrowser();
            await again.SignIn("priya@morrow.example");
        }

        await using var restarted = await TestServer.Start(database);
        Assert.Null(await restarted.SetupPath());
        using var afterwards = restarted.NewBrowser();
        Assert.Equal(404, (await afterwards.Get(path)).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_new_start_prints_a_new_link_and_the_old_one_stops_working(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var first = (await server.SetupPath())!;
        var second = (await server.SetupPath())!;
        using var browser = server.NewBrowser();
        Assert.Equal(404, (await browser.Get(first)).Status);
        Assert.Equal(200, (await browser.Get(second)).Status);
        Assert.Equal(404, (await browser.Get("/setup/guess")).Status);
        Assert.DoesNotContain(second.Split('/')[^1], string.Join(' ', await server.Store.Read(db => db.Settings.Select(s => s.Value).ToListAsync())), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_who_post_at_once_one_becomes_the_administrator(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var path = (await server.SetupPath())!;
        var browsers = Enumerable.Range(0, 4).Select(_ => server.NewBrowser()).ToArray();
        var pages = await Task.WhenAll(browsers.Select((browser, i) => browser.Submit(path, path, [.. Form[..2], ("email", $"number{i}@morrow.example"), Form[3]])));
        Assert.Single(pages, p => p.Location == "/conversations");
        Assert.All(pages.Where(p => p.Location is null), p => Assert.Equal(404, p.Status));
        Assert.Equal(1, await server.Store.Read(db => db.Users.CountAsync()));
        Array.ForEach(browsers, b => b.Dispose());
    }

    [Theory, EveryDatabase]
    public async Task An_account_made_on_the_command_line_closes_setup_too(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var path = (await server.SetupPath())!;
        await server.AddUser("first@morrow.example", role: Role.Admin);
        using var browser = server.NewBrowser();
        Assert.Equal(404, (await browser.Get(path)).Status);
        Assert.Equal(400, (await browser.Post(path, Form)).Status);
        Assert.Null(await server.SetupPath());
    }

    [Theory, EveryDatabase]
    public async Task An_account_that_administers_nothing_leaves_setup_open(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var path = (await server.SetupPath())!;
        await server.AddUser("agent@morrow.example");
        using var browser = server.NewBrowser();
        Assert.Equal("/conversations", (await browser.Submit(path, path, Form)).Location);
    }

    [Theory]
    [EveryDatabase("password", "elevenchars")]
    [EveryDatabase("password", "password1234")]
    [EveryDatabase("password", "qwertyuiop12")]
    [EveryDatabase("password", "priya@morrow.example")]
    [EveryDatabase("email", "nobody")]
    [EveryDatabase("name", " ")]
    [EveryDatabase("organisation", "")]
    public async Task A_form_that_cannot_be_taken_says_so_beside_the_field_and_keeps_what_was_typed(Engine engine, string field, string value)
    {
        await using var server = await TestServer.Start(engine);
        var path = (await server.SetupPath())!;
        using var browser = server.NewBrowser();
        var page = await browser.Submit(path, path, [.. Form.Select(f => f.Item1 == field ? (field, value) : f)]);
        Assert.Equal(422, page.Status);
        var input = page.Document.QuerySelector($"input[name={field}]")!;
        Assert.NotNull(input.GetAttribute("aria-describedby"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(field == "email" ? value : "priya@morrow.example", page.Document.QuerySelector("input[name=email]")!.GetAttribute("value"));
        Assert.DoesNotContain(Browser.Password, page.Html, StringComparison.Ordinal);
        Assert.Equal("/conversations", (await browser.Submit(path, path, Form)).Location); // and nothing was used up
    }

    [Theory, EveryDatabase]
    public async Task Nobody_can_sign_in_before_setup(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var browser = server.NewBrowser();
        foreach (var (email, password) in new[] { ("admin", "admin"), ("admin@example.org", "admin"), ("", "") })
        {
            Assert.Equal(422, (await browser.TrySignIn(email, password)).Status);
        }
    }
}
