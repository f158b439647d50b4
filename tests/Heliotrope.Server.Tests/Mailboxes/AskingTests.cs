using System.Net;
using System.Text;
using DnsClient;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>The lookups themselves, against a real DNS server, a real web server and a real mail server.</summary>
[Collection(WithMailServers.Two)]
public sealed class AskingTests
{
    [Fact]
    public async Task Dns_is_asked_for_mx_and_srv()
    {
        var port = Ports.Free(1)[0];
        await using var dns = new MailDaemon(
            [
                "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", $"--port={port}", "--listen-address=127.0.0.1", "--bind-interfaces", "--user=", "--pid-file=",
                "--local=/client.example/", "--mx-host=client.example,second.client.example,20", "--mx-host=client.example,First.client.example,10",
                "--srv-host=_imaps._tcp.client.example,imap.client.example,993,5,7", "--srv-host=_imap._tcp.client.example",
            ],
            [],
            "");
        await Ports.Opened(port, dns.Over).WaitAsync(Patience.Limit);
        Assert.False(dns.Over.IsCompleted, dns.Said);
        var ask = new AskDns(new LookupClient(AskDns.Settled(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, port)))));
        Assert.Equal(["first.client.example", "second.client.example"], await ask.Mx("client.example", default));
        Assert.Equal([new("imap.client.example.", 993, 5, 7)], await ask.Srv("_imaps._tcp.client.example", default));
        Assert.Equal(".", Assert.Single(await ask.Srv("_imap._tcp.client.example", default)).Target);
        Assert.Empty(await ask.Mx("nothing.client.example", default));

        var found = await new FindServers(new(ask.Mx, ask.Srv, (_, _) => Task.FromResult<byte[]?>(null), (_, _, _) => Task.FromResult(Knock.Nobody))).Find("ada@client.example", default);
        Assert.Equal(new MailServer("imap.client.example", 993, MailTls.Implicit, "ada@client.example"), found!.Incoming);
    }

    [Fact]
    public async Task A_dns_server_that_is_away_says_nothing()
    {
        var options = AskDns.Settled(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, Ports.Free(1)[0])));
        options.Timeout = TimeSpan.FromMilliseconds(100);
        var ask = new AskDns(new LookupClient(options));
        Assert.Empty(await ask.Mx("client.example", default));
        Assert.Empty(await ask.Srv("_imaps._tcp.client.example", default));
        Assert.Empty(await ask.Mx(new string('x', 400), default));
    }

    [Fact]
    public async Task A_file_on_the_web_is_fetched_within_bounds()
    {
        await using var web = await Web();
        using var fetch = new FetchAutoconfig(from => IPAddress.IsLoopback(from.Address));
        Assert.Equal("<clientConfig/>", Encoding.UTF8.GetString((await fetch.Get(new(web.Urls.First() + "/config"), default))!));
        Assert.NotNull(await fetch.Get(new(web.Urls.First() + "/hop/2"), default));
        Assert.Null(await fetch.Get(new(web.Urls.First() + "/hop/9"), default));
        Assert.Null(await fetch.Get(new(web.Urls.First() + "/large"), default));
        Assert.Null(await fetch.Get(new(web.Urls.First() + "/missing"), default));
        Assert.Null(await fetch.Get(new("https://no-such-server.invalid/"), default));
    }

    [Fact]
    public async Task Nothing_is_fetched_from_our_own_network_not_even_by_a_redirect()
    {
        await using var web = await Web();
        var url = web.Urls.First();
        using var careful = FetchAutoconfig.FromTheWeb();
        Assert.Null(await careful.Get(new(url + "/config"), default));

        var tried = new List<IPEndPoint>();
        using var first = new FetchAutoconfig(from =>
        {
            tried.Add(from);
            return tried.Count == 1 || PublicInternet.Includes(from.Address);
        });
        Assert.Null(await first.Get(new(url + "/elsewhere"), default));
        Assert.Equal(2, tried.Count);
    }

    [Fact]
    public async Task A_mail_server_is_known_when_it_is_knocked_at()
    {
        await using var dovecot = await DovecotServer.Start();
        var (imaps, imap) = (dovecot.Ports.Imaps, dovecot.Ports.Imap);
        Assert.Equal(Knock.Untrusted, await KnockAtServer.Try(new("localhost", imaps, MailTls.Implicit, "ada"), true, default));
        Assert.Equal(Knock.Untrusted, await KnockAtServer.Try(new("localhost", imap, MailTls.StartTls, "ada"), true, default));
        Assert.Equal(Knock.Nobody, await KnockAtServer.Try(new("localhost", imap, MailTls.Implicit, "ada"), true, default));
        Assert.Equal(Knock.Nobody, await KnockAtServer.Try(new("localhost", imap, MailTls.StartTls, "ada"), false, default));
        await dovecot.Stop();
        Assert.Equal(Knock.Nobody, await KnockAtServer.Try(new("localhost", imaps, MailTls.Implicit, "ada"), true, default));
        await using var bare = await DovecotServer.Start(new() { Tls = false });
        Assert.Equal(Knock.Fine, await KnockAtServer.Try(new("localhost", bare.Ports.Imap, MailTls.WhenOffered, "ada"), true, default));
    }

    private static async Task<WebApplication> Web()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        web.MapGet("/config", () => Results.Text("<clientConfig/>", "text/xml"));
        web.MapGet("/hop/{left:int}", (int left) => Results.Redirect(left == 0 ? "/config" : $"/hop/{left - 1}"));
        web.MapGet("/large", () => Results.Bytes(new byte[ReadAutoconfig.MostBytes + 1]));
        // Another name of the same place: a connection of its own.
        web.MapGet("/elsewhere", (HttpRequest request) => Results.Redirect($"http://localhost:{request.Host.Port}/config"));
        await web.StartAsync();
        return web;
    }
}
