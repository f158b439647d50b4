using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.People;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Browser.Tests;

/// <summary>An administrator connects mailboxes, and sees how they fare: on real mail servers.</summary>
public class MailboxPages(Chromium chromium) : IClassFixture<Chromium>
{
    private const string User = DovecotServer.User;
    private const string AtProvider = "desk@example.test";

    /// <summary>Without a mail server: every page there is, with a mailbox that nobody answers for.</summary>
    internal static async Task Seen(Journey journey, IPage page, Inspection inspect)
    {
        await inspect.See(page, "/settings/mailboxes", "Mailboxes");
        await inspect.See(page, "/settings/mailboxes/new", "Connect a mailbox");
        journey.Expect("status of 409");
        await inspect.See(page, "/settings/mailboxes/signed-in", "Nothing was changed.");
        var id = await journey.Server.Store.Write(
            async db =>
            {
                var secret = journey.Server.Services.GetRequiredService<MailboxSecrets>().Lock("a secret");
                var mailbox = new Mailbox { Address = "away@coffee.example", ImapHost = "localhost", ImapPort = 1, UserName = "away", Secret = secret, CreatedAt = journey.Server.Clock.GetUtcNow().AddHours(-1) };
                db.Mailboxes.Add(mailbox);
                await db.SaveChangesAsync();
                db.MailboxStates.Add(new() { MailboxId = mailbox.Id });
                return mailbox.Id;
            },
            CancellationToken.None);
        journey.Server.Services.GetRequiredService<MailboxBell>().Ring();
        await page.GotoAsync($"/settings/mailboxes/{id}");
        await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("nobody listens on port 1");
        await inspect.Of(page, "a mailbox");
        await inspect.See(page, $"/settings/mailboxes/{id}/conversations", "What away@coffee.example brought");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task A_mailbox_is_connected_by_its_address_is_seen_to_work_and_to_break(int width)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        await dovecot.Append(User, Enumerable.Range(0, 3).Select(i => Plain($"Old {i}")));
        await Journey.Walk(chromium, async journey =>
        {
            var inspect = new Inspection();
            var page = await journey.SignIn(width: width);
            await Connects(journey, page, inspect, dovecot);
            await GoesRound(journey, page, inspect);
            await Breaks(journey, page, inspect, dovecot);
            inspect.FoundNothing();
        }, $"A_mailbox_{width}", replace: services => Replace(services, dovecot, postfix));
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1440)]
    public async Task A_mailbox_is_connected_by_signing_in_at_its_provider(int width)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        await using var fake = await FakeProvider.Start(dovecot.Tokens);
        await dovecot.AddUser(AtProvider, "nobody knows it");
        fake.User = AtProvider;
        await Journey.Walk(chromium, async journey =>
        {
            var inspect = new Inspection();
            var page = await journey.SignIn(width: width);
            fake.Redirects.Add(new Uri(journey.Server.Url, "/settings/mailboxes/signed-in").ToString());
            await Found(journey, page, AtProvider);
            await Expect(page.GetByText("has to be registered there once")).ToBeVisibleAsync();
            await inspect.Of(page, "mailboxes, a provider that is not registered");
            await page.GetByRole(AriaRole.Link, new() { Name = "Say how it is known at Fake Mail" }).ClickAsync();
            await page.Locator("#provider-fake summary").ClickAsync();
            await inspect.Of(page, "mailboxes, registering a provider");
            await page.GetByLabel("Client ID").FillAsync(FakeProvider.ClientId);
            await page.GetByLabel("Client secret").FillAsync(FakeProvider.ClientSecret);
            await page.Locator("#provider-fake button").ClickAsync();
            await Expect(page.Locator("#provider-fake summary")).ToContainTextAsync("registered");
            await Expect(page.Locator("#provider-fake summary")).Not.ToContainTextAsync("not registered");

            await Found(journey, page, AtProvider);
            await page.RouteAsync("**/authorize?*", route => route.AbortAsync("aborted")); // as when somebody presses Escape: one stays where one was
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Fake Mail" }).ClickAsync();
            await Expect(page.Locator(".lead")).ToContainTextAsync("You are being taken to Fake Mail.");
            await inspect.Of(page, "mailboxes, on the way to a provider");
            await page.UnrouteAllAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Go on to Fake Mail" }).ClickAsync();
            await Expect(page.Heading()).ToHaveTextAsync(AtProvider);
            await Expect(page.Locator(".test-steps")).ToContainTextAsync("It came back after");

            fake.TakeAway();
            journey.Server.Clock.Advance(TimeSpan.FromMinutes(61));
            await dovecot.Doveadm("kick", AtProvider);
            await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("does not let us in any more");
            await inspect.Of(page, "mailboxes, access taken away");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Fake Mail again" }).ClickAsync();
            await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("all is well");
            inspect.FoundNothing();
        }, $"A_mailbox_at_a_provider_{width}", replace: services =>
        {
            Replace(services, dovecot, postfix, mx: "aspmx.l.google.com");
            services.AddSingleton<IReadOnlyList<OAuthProvider>>([fake.For(dovecot, postfix)]);
        });
    }

    private static async Task Connects(Journey journey, IPage page, Inspection inspect, DovecotServer dovecot)
    {
        await inspect.See(page, "/settings/mailboxes", "Mailboxes");
        await Expect(page.Locator(".empty")).ToContainTextAsync("No mailbox is connected yet.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Connect a mailbox" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Connect a mailbox");
        await inspect.Of(page, "mailboxes, new");

        await Found(journey, page, "ada@nothing.test");
        await Expect(page.GetByText("No servers were found for this address.")).ToBeVisibleAsync();
        await inspect.Of(page, "mailboxes, nothing found");

        await Found(journey, page, User);
        await Expect(page.GetByText("The domain itself names these servers in its DNS.")).ToBeVisibleAsync();
        await inspect.Of(page, "mailboxes, found");
        await Try(journey, page, "wr0ng-w0rd");
        await Expect(page.Locator(".trial")).ToContainTextAsync("There is no server by the name mail.example.test.");
        await inspect.Of(page, "mailboxes, no such server");

        await page.Locator("#mailbox-imapHost").FillAsync("localhost");
        await page.Locator("#mailbox-smtpHost").FillAsync("localhost");
        await Try(journey, page, "wr0ng-w0rd");
        await Expect(page.Locator(".trial-line").First).ToContainTextAsync("localhost does not accept this user name and this password together.");
        await Expect(page.Locator("#mailbox-password")).ToHaveValueAsync("");
        await Expect(page.Locator("#mailbox-imapPort")).ToHaveValueAsync(dovecot.Ports.Imaps.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain("wr0ng-w0rd", await page.ContentAsync(), StringComparison.Ordinal);
        await inspect.Of(page, "mailboxes, a wrong password");
        await page.Locator("#mailbox-password").FillAsync(DovecotServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it and save" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync(User);
    }

    private static async Task GoesRound(Journey journey, IPage page, Inspection inspect)
    {
        await page.MustStay();
        await Expect(page.Locator(".test-steps")).ToContainTextAsync("It came back after");
        await Expect(page.Locator(".test-steps")).ToContainTextAsync("answers find their conversation by it");
        await page.HasStayed();
        await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("all is well");
        await inspect.Of(page, "mailboxes, old mail");

        var old = page.Locator("#old-mail");
        await Expect(old.GetByRole(AriaRole.Heading)).ToHaveTextAsync("3 mails were here before");
        await inspect.See(page, "/settings/mailboxes", "Mailboxes");
        await page.GetByRole(AriaRole.Link, new() { Name = "3 mails were here before. What is to become of them?" }).ClickAsync();
        await page.MustStay();
        await Change(journey, state => state.OldChoice = OldMailChoice.Leave);
        await Expect(old.GetByLabel("Leave it where it is")).ToBeCheckedAsync();
        await old.GetByLabel("Fetch all of it").CheckAsync();
        await Change(journey, state => (state.QuotaUsed, state.QuotaLimit) = (97, 100));
        await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("full"); // the page was renewed around what is chosen and not sent yet
        await page.HasStayed();
        await Expect(old.GetByLabel("Fetch all of it")).ToBeCheckedAsync();
        await Change(journey, state => (state.QuotaUsed, state.QuotaLimit) = (null, null));
        await old.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".mailbox-numbers")).ToContainTextAsync("Mails fetched3");
        await Expect(old).Not.ToContainTextAsync("still to be fetched");
        await page.Locator("#change-servers summary").First.ClickAsync();
        await page.Locator("#mailbox-more summary").ClickAsync();
        await inspect.Of(page, "mailboxes, well");
    }

    private static Task<bool> Change(Journey journey, Action<MailboxState> change) => journey.Server.Store.Write(
        async db =>
        {
            change(await db.MailboxStates.SingleAsync());
            db.Touched.Add(Heliotrope.Server.Live.LiveChange.Settings);
            return true;
        },
        default);

    private static async Task Breaks(Journey journey, IPage page, Inspection inspect, DovecotServer dovecot)
    {
        var id = long.Parse(new Uri(page.Url).AbsolutePath.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await dovecot.Stop();
        await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("It cannot be read at this moment.");
        await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("nobody listens on port");
        await journey.Server.Store.Write(
            db =>
            {
                var now = journey.Server.Clock.GetUtcNow();
                db.SetAsideMails.AddRange(
                    new() { MailboxId = id, Uid = 900, Size = 151_000_000, ArrivedAt = now.AddHours(-2), Reason = "too-large", Since = now },
                    new() { MailboxId = id, Uid = 901, Size = 4_711, ArrivedAt = now.AddMinutes(-20), Reason = "failed", Words = "Internal error occurred. Refer to server log for more information.", Tries = 2, NextTryAt = now.AddMinutes(2), Since = now });
                return Task.FromResult(true);
            },
            CancellationToken.None);
        journey.Server.Clock.Advance(TimeSpan.FromMinutes(4));
        await page.ReloadAsync();
        await Expect(page.Locator(".mailbox-health")).ToContainTextAsync("Customers write, and nobody sees it.");
        await Expect(page.Locator("#aside")).ToContainTextAsync("too large to be stored");
        await inspect.Of(page, "mailboxes, broken");
        await inspect.See(page, $"/settings/mailboxes/{id}/conversations", $"What {User} brought");
        await Expect(page.Locator(".ledger-what").First).ToBeVisibleAsync();
        await inspect.See(page, "/settings/mailboxes", "Mailboxes");
        await Expect(page.Locator(".alarm")).ToContainTextAsync("A mailbox has stopped");
        await inspect.Of(page, "mailboxes, all with a broken one");
        await inspect.See(page, "/conversations", "Needs a person");
        var agent = await journey.SignIn("Tom Weaver", Role.Agent, page.ViewportSize!.Width);
        await Expect(agent.Locator(".alarm")).ToContainTextAsync("The administrators have been written to.");
        await inspect.Of(agent, "mailboxes, the alarm of an agent");
    }

    /// <summary>Types an address and has its servers found.</summary>
    private static async Task Found(Journey journey, IPage page, string address)
    {
        journey.Expect("status of 422");
        await page.GotoAsync("/settings/mailboxes/new");
        await page.Locator("#mailbox-address").FillAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find its servers" }).ClickAsync();
        await Expect(page.Locator("#found-heading")).ToHaveTextAsync(address);
    }

    private static async Task Try(Journey journey, IPage page, string password)
    {
        journey.Expect("status of 422");
        await page.Locator("#mailbox-password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it and save" }).ClickAsync();
    }

    /// <summary>DNS that knows one domain, and trust in the servers of the test.</summary>
    private static void Replace(IServiceCollection services, DovecotServer dovecot, PostfixServer postfix, string? mx = null)
    {
        var authority = Path.Combine(dovecot.Folder, "authority.pem");
        File.WriteAllText(authority, dovecot.Authority.Certificate.ExportCertificatePem());
        var settings = (ServerSettings)services.Last(service => service.ServiceType == typeof(ServerSettings)).ImplementationInstance!;
        services.AddSingleton(settings with { MailAuthority = authority });
        services.AddSingleton(new ServerLookups(
            (domain, _) => Task.FromResult<IReadOnlyList<string>>(domain == "example.test" && mx is not null ? [mx] : []),
            (name, _) => Task.FromResult<IReadOnlyList<ServiceRecord>>(name switch
            {
                "_imaps._tcp.example.test" => [new("mail.example.test", dovecot.Ports.Imaps, 0, 0)],
                "_submission._tcp.example.test" => [new("mail.example.test", postfix.Ports.StartTls, 0, 0)],
                _ => [],
            }),
            (_, _) => Task.FromResult<byte[]?>(null),
            (_, _, _) => Task.FromResult(Knock.Nobody)));
    }

    private static byte[] Plain(string subject) => System.Text.Encoding.ASCII.GetBytes(
        $"Message-ID: <{Guid.NewGuid():N}@client.example>\r\nFrom: Ines <ines@client.example>\r\nTo: <{User}>\r\nSubject: {subject}\r\n\r\nWhere is my order?\r\n");
}
