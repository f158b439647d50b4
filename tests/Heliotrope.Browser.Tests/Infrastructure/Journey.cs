using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Heliotrope.Core.People;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>One way through the product: a server of its own, the windows that are open, and what the browser complained about.</summary>
internal sealed class Journey : IAsyncDisposable
{
    public const string Password = "a kettle of warm rain";

    private readonly Chromium _chromium;
    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<string> _expected = [];

    private readonly List<string> _tolerated = [];
    private readonly TestDatabase _database;

    private Journey(Chromium chromium, TestDatabase database, TestServer server) => (_chromium, _database, Server) = (chromium, database, server);

    public TestServer Server { get; private set; }

    /// <summary>
    /// Walks a journey on a server of its own, fresh or with a copy of a desk that has been in use. It fails as well when the browser complained on the way, be it a script's error or
    /// something that the content security policy stopped; and then leaves a picture of each window in artifacts/.
    /// </summary>
    public static async Task Walk(Chromium chromium, Func<Journey, Task> walk, [CallerMemberName] string name = "", Lazy<Task<byte[]>>? desk = null, Action<IServiceCollection>? replace = null)
    {
        var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        if (desk is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(database.Folder, "heliotrope.db"), await desk.Value);
        }

        await using var journey = new Journey(chromium, database, await TestServer.Start(database, replace: replace));
        var arrived = false;
        try
        {
            await walk(journey);
            Assert.Empty(journey.Unexpected());
            Assert.Empty(journey.Server.Log.Errors);
            arrived = true;
        }
        finally
        {
            if (!arrived)
            {
                await journey.KeepPictures(name);
            }
        }
    }

    /// <summary>A page of a browser that was never here: no cookies, no memory.</summary>
    public async Task<IPage> NewVisitor(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, bool scripts = true, bool offline = false)
    {
        var context = await _chromium.Browser.NewContextAsync(new()
        {
            BaseURL = Server.Url.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
            ServiceWorkers = offline ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block, // it would answer before routes that a test puts in the way
        });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds / 2);
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Service Worker registration blocked by Playwright", StringComparison.Ordinal))
            {
                _complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => _complaints.Enqueue(error.Error);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>A colleague who signed in and looks at the inbox.</summary>
    public async Task<IPage> SignIn(string name = "Priya Nair", Role role = Role.Admin, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await NewVisitor(width, scheme: scheme);
        await SignIn(page, name, role);
        return page;
    }

    /// <summary>The same in a window that is open already.</summary>
    public async Task SignIn(IPage page, string name = "Priya Nair", Role role = Role.Admin)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@desk.example";
        await Server.AddUser(email, name, role, Password);
        await page.SignIn(email);
    }

    /// <summary>A mail over SMTP, and the number of the conversation it is in.</summary>
    public async Task<long> Receive(TestMail mail)
    {
        var answer = await Server.Smtp(mail);
        Assert.True(answer.Outcome is Heliotrope.Mail.Smtp.SendOutcome.Accepted, answer.ToString());
        var items = (await Server.Api.Get("/api/v1/conversations?limit=100")).Is(200).Json.Items("items");
        return items.First(item => item.GetProperty("customer").Text("email") == mail.Author).GetProperty("number").GetInt64();
    }

    /// <summary>The link in the confidence mail of a conversation.</summary>
    public async Task<string> ConfidenceLink(long conversation)
    {
        var raw = await Server.Api.OutboxRaw((await Server.Api.Outbox(conversation, "confidence"))[^1]);
        return new Regex(@"/confidence/[A-Za-z0-9_\-]+").Match(raw).Value;
    }

    /// <summary>The browser will complain about this, and must.</summary>
    public void Expect(string complaint) => _expected.Add(complaint);

    /// <summary>The browser may complain about this, as often as it likes.</summary>
    public void Tolerate(string complaint) => _tolerated.Add(complaint);

    public Task StopServer() => Server.DisposeAsync().AsTask();

    /// <summary>The server again, at the same address, with the same database.</summary>
    public async Task StartServer() => Server = await TestServer.Start(_database, at: Server.Url);

    /// <summary>Another server at the same address with the same database, as a process that can be killed; it takes the place of this one.</summary>
    public async Task<TestProcess> ServeApart()
    {
        await StopServer();
        return await TestProcess.Serve(_database, null, "env", $"HELIOTROPE_URLS={Server.Url.GetLeftPart(UriPartial.Authority)}");
    }

    private List<string> Unexpected()
    {
        var left = _complaints.Where(complaint => !_tolerated.Any(tolerated => complaint.Contains(tolerated, StringComparison.Ordinal))).ToList();
        foreach (var expected in _expected)
        {
            var found = left.FindIndex(complaint => complaint.Contains(expected, StringComparison.Ordinal));
            Assert.True(found >= 0, $"The browser did not complain: {expected}");
            left.RemoveAt(found);
        }

        return left;
    }

    private async Task KeepPictures(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Checkout.Root, "artifacts", "browser")).FullName;
        var pages = _contexts.SelectMany(context => context.Pages).ToList();
        for (var i = 0; i < pages.Count; i++)
        {
            await pages[i].ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{i + 1}.png") });
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}-{i + 1}.html"), await pages[i].ContentAsync());
        }

        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.log"), string.Join('\n', [.. _complaints, "", Server.Log.All]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        await Server.DisposeAsync();
        await _database.DisposeAsync();
    }
}
