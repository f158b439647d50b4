using System.Globalization;
using System.Text;
using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>A desk that is registered with a provider, whose tokens open mailboxes on real servers.</summary>
internal sealed class OAuthRoom : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _own = [];

    public required MailRoom Room { get; init; }

    public required DovecotServer Dovecot { get; init; }

    public required PostfixServer Postfix { get; init; }

    public required FakeProvider Fake { get; init; }

    /// <summary>In which an administrator is signed in.</summary>
    public required Browser Browser { get; init; }

    public string ReturnAddress => new Uri(Room.Server.Url, "/settings/mailboxes/signed-in").ToString();

    public static async Task<OAuthRoom> Open(Engine engine, TimeSpan? patience = null, DovecotServer? dovecot = null, FakeProvider? also = null)
    {
        var imap = dovecot ?? await DovecotServer.Start();
        var postfix = await PostfixServer.Start(imap);
        var fake = await FakeProvider.Start(imap.Tokens);
        var room = await MailRoom.Open(engine, imap, services =>
        {
            IReadOnlyList<OAuthProvider> providers = also is null ? [fake.For(imap, postfix)] : [fake.For(imap, postfix), also.For(imap, postfix, "slow")];
            services.AddSingleton(providers);
            if (patience is { } limit)
            {
                services.AddHttpClient(OAuthTokens.Client, client => client.Timeout = limit);
            }
        });
        var at = new OAuthRoom { Room = room, Dovecot = imap, Postfix = postfix, Fake = fake, Browser = await room.Server.SignedIn(Role.Admin) };
        at._own.AddRange([room, fake, postfix]);
        if (dovecot is null)
        {
            at._own.Add(imap);
        }

        foreach (var (name, provider) in (IEnumerable<(string, FakeProvider)>)[("fake", fake), .. also is null ? Array.Empty<(string, FakeProvider)>() : [("slow", also)]])
        {
            provider.Redirects.Add(at.ReturnAddress);
            var action = $"/settings/mailboxes/providers/{name}";
            Assert.Equal("/settings/mailboxes", (await at.Browser.Submit("/settings/mailboxes", action, ("clientId", FakeProvider.ClientId), ("clientSecret", FakeProvider.ClientSecret))).Location);
        }

        return at;
    }

    /// <summary>Where the provider's sign-in is.</summary>
    public async Task<string> Begin(string page = "/settings/mailboxes/new", string form = "/settings/mailboxes/find", string provider = "fake", string address = DovecotServer.User)
    {
        var leaving = (await Browser.Submit(page, form, $"/settings/mailboxes/sign-in/{provider}", ("address", address))).Is(200);
        return leaving.Document.QuerySelector("main a")!.GetAttribute("href")!;
    }

    /// <summary>Signs in there, and gives the address to which the provider sends the browser back.</summary>
    public async Task<string> ToProviderAndBack(string page = "/settings/mailboxes/new", string form = "/settings/mailboxes/find", string provider = "fake", string address = DovecotServer.User)
    {
        using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await there.GetAsync(new Uri(await Begin(page, form, provider, address)));
        Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
        Assert.StartsWith(ReturnAddress + "?", answer.Headers.Location.OriginalString, StringComparison.Ordinal);
        return answer.Headers.Location.PathAndQuery;
    }

    /// <summary>The whole way; gives the mailbox.</summary>
    public async Task<long> SignIn(string page = "/settings/mailboxes/new", string form = "/settings/mailboxes/find", string provider = "fake", string address = DovecotServer.User)
    {
        var done = (await Browser.Get(await ToProviderAndBack(page, form, provider, address))).Is(302);
        return long.Parse(done.Location!.Split('/')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>No page, answer of the API, line of the log or of the audit tells a secret, and none is written down in clear.</summary>
    public async Task NothingTold(long id)
    {
        var told = new StringBuilder(Room.Server.Log.All);
        foreach (var path in (string[])["/settings/mailboxes", $"/settings/mailboxes/{id}", "/settings/mailboxes/new", "/outbox", "/settings"])
        {
            told.Append((await Browser.Get(path)).Is(200).Html);
        }

        foreach (var path in (string[])["/api/v1/mailboxes", $"/api/v1/mailboxes/{id}", "/api/v1/outbox"])
        {
            told.Append((await Room.Server.Api.Get(path)).Is(200).Body);
        }

        told.Append(await Room.Server.Store.Read(async db => JsonSerializer.Serialize(new
        {
            audit = await db.Audit.ToListAsync(),
            settings = await db.Settings.ToListAsync(),
            mailboxes = await db.Mailboxes.ToListAsync(),
            states = await db.MailboxStates.ToListAsync(),
            outbox = await db.Outbox.Select(o => o.LastError).ToListAsync(),
        })));
        var all = told.ToString();
        Assert.All(Fake.Secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        foreach (var one in _own)
        {
            await one.DisposeAsync();
        }
    }
}
