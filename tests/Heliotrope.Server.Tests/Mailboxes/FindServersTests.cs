using System.Collections.Concurrent;
using System.Text;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Mailboxes;

namespace Heliotrope.Server.Tests.Mailboxes;

public sealed class FindServersTests
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly Dictionary<string, string[]> _mx = [];
    private readonly Dictionary<string, ServiceRecord[]> _srv = [];
    private readonly Dictionary<string, string> _web = [];
    private readonly Dictionary<(string Host, int Port), Knock> _servers = [];

    [Theory]
    [InlineData("ada@gmail.com", "imap.gmail.com", "ada@gmail.com", "smtp.gmail.com", 465)]
    [InlineData("Ada@GMX.de", "imap.gmx.net", "Ada@gmx.de", "mail.gmx.net", 465)]
    [InlineData("ada@web.de", "imap.web.de", "ada", "smtp.web.de", 465)]
    [InlineData("ada@icloud.com", "imap.mail.me.com", "ada", "smtp.mail.me.com", 587)]
    [InlineData("ada@hotmail.com", "outlook.office365.com", "ada@hotmail.com", "smtp-mail.outlook.com", 587)]
    public async Task A_provider_that_we_know_is_found_without_asking_anybody(string address, string imap, string user, string smtp, int port)
    {
        var found = await Find(address);
        Assert.Equal(new MailServer(imap, 993, MailTls.Implicit, user), found!.Incoming);
        Assert.Equal((smtp, port), (found.Outgoing!.Host, found.Outgoing.Port));
        Assert.Equal(FoundBy.Domain, found.By);
        Assert.NotNull(ProviderHelp.For(found.Provider));
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("aspmx.l.google.com", "google", "imap.gmail.com")]
    [InlineData("client-example.mail.protection.outlook.com", "microsoft-365", "outlook.office365.com")]
    [InlineData("client-example.a-v1.mx.microsoft", "microsoft-365", "outlook.office365.com")]
    [InlineData("in1-smtp.messagingengine.com", "fastmail", "imap.fastmail.com")]
    [InlineData("mx.zoho.eu", "zoho", "imappro.zoho.eu")]
    [InlineData("mx00.ionos.de", "ionos", "imap.ionos.de")]
    [InlineData("smtpin.rzone.de", "strato", "imap.strato.de")]
    public async Task A_domain_whose_mail_goes_to_a_provider_that_we_know_has_its_servers(string mx, string provider, string imap)
    {
        _mx["client.example"] = [mx];
        var found = await Find("ada@client.example");
        Assert.Equal((provider, imap, FoundBy.Mx), (found!.Provider, found.Incoming!.Host, found.By));
        Assert.Equal("ada@client.example", found.Incoming.UserName);
    }

    [Fact]
    public async Task Whose_provider_lets_nobody_in_is_told_so()
    {
        _mx["client.example"] = ["mail.protonmail.ch"];
        var found = await Find("ada@client.example");
        Assert.Null(found!.Incoming);
        Assert.Equal(SignIn.Nobody, ProviderHelp.For(found.Provider)!.SignIn);
    }

    [Fact]
    public async Task A_domain_that_only_ends_like_a_provider_is_another_one()
    {
        _mx["client.example"] = ["mx.notgoogle.com"];
        Assert.Null(await Find("ada@client.example"));
    }

    [Fact]
    public async Task The_domains_own_file_counts_before_the_database_and_dns()
    {
        _web["https://autoconfig.client.example/mail/config-v1.1.xml?emailaddress=ada%40client.example"] = Config("own.client.example");
        _web["https://client.example/.well-known/autoconfig/mail/config-v1.1.xml"] = Config("second.client.example");
        _web["https://autoconfig.thunderbird.net/v1.1/client.example"] = Config("database.client.example");
        _srv["_imaps._tcp.client.example"] = [new("srv.client.example", 993, 0, 0)];
        Assert.Equal(("own.client.example", FoundBy.Autoconfig), await Incoming());
        _web.Remove("https://autoconfig.client.example/mail/config-v1.1.xml?emailaddress=ada%40client.example");
        Assert.Equal(("second.client.example", FoundBy.Autoconfig), await Incoming());
        _web.Remove("https://client.example/.well-known/autoconfig/mail/config-v1.1.xml");
        Assert.Equal(("database.client.example", FoundBy.PublicDatabase), await Incoming());
        _web.Clear();
        _servers[("smtp.client.example", 465)] = Knock.Fine;
        Assert.Equal(("srv.client.example", FoundBy.Srv), await Incoming());
    }

    [Fact]
    public async Task The_database_is_asked_for_the_hoster_too()
    {
        _mx["client.example"] = ["mx1.mail.hoster.example"];
        _web["https://autoconfig.thunderbird.net/v1.1/hoster.example"] = Config("imap.hoster.example");
        Assert.Equal(("imap.hoster.example", FoundBy.PublicDatabase), await Incoming());
    }

    [Fact]
    public async Task Dns_says_where_by_priority_and_weight_and_what_is_not_offered()
    {
        _srv["_imaps._tcp.client.example"] = [new(".", 0, 0, 0)];
        _srv["_imap._tcp.client.example"] = [new("third.client.example", 143, 20, 0), new("second.client.example", 143, 10, 1), new("first.client.example", 1143, 10, 9)];
        _srv["_submissions._tcp.client.example"] = [new("send.client.example", 465, 0, 0)];
        _srv["_submission._tcp.client.example"] = [new("other.client.example", 587, 0, 0)];
        var found = await Find("ada@client.example");
        Assert.Equal(new MailServer("first.client.example", 1143, MailTls.StartTls, "ada@client.example"), found!.Incoming);
        Assert.Equal(new MailServer("send.client.example", 465, MailTls.Implicit, "ada@client.example"), found.Outgoing);
    }

    [Fact]
    public async Task What_dns_leaves_out_is_tried()
    {
        _srv["_imaps._tcp.client.example"] = [new("in.client.example", 993, 0, 0)];
        _servers[("mail.client.example", 587)] = Knock.Fine;
        var found = await Find("ada@client.example");
        Assert.Equal(("in.client.example", "mail.client.example", FoundBy.Srv), (found!.Incoming!.Host, found.Outgoing!.Host, found.By));
    }

    [Fact]
    public async Task Usual_names_are_tried_at_last_and_one_with_a_fine_certificate_is_preferred()
    {
        _mx["client.example"] = ["mx.hoster.example"];
        _servers[("imap.client.example", 993)] = Knock.Untrusted;
        _servers[("mx.hoster.example", 993)] = Knock.Fine;
        _servers[("mail.client.example", 465)] = Knock.Untrusted;
        var found = await Find("ada@client.example");
        Assert.Equal(new MailServer("mx.hoster.example", 993, MailTls.Implicit, "ada@client.example"), found!.Incoming);
        Assert.Equal("mail.client.example", found.Outgoing!.Host);
        Assert.Equal(FoundBy.Guess, found.By);
    }

    [Fact]
    public async Task Servers_of_a_provider_are_recognised_however_they_were_found()
    {
        _srv["_imaps._tcp.client.example"] = [new("imap.fastmail.com", 993, 0, 0)];
        _srv["_submissions._tcp.client.example"] = [new("smtp.fastmail.com", 465, 0, 0)];
        var found = await Find("ada@client.example");
        Assert.Equal(("fastmail", FoundBy.Srv), (found!.Provider, found.By));
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_is() => Assert.Null(await Find("ada@client.example"));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@client.example")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@client..example")]
    [InlineData("ada@client.example/../x")]
    [InlineData("ada@client.example:25")]
    [InlineData("ada@client.example?x=1")]
    [InlineData("ada\r\n@client.example")]
    [InlineData("a b@client.example")]
    public async Task What_is_no_address_asks_nobody(string text)
    {
        Assert.Null(await Find(text));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_domain_with_other_letters_is_asked_for_in_ascii()
    {
        _srv["_imaps._tcp.xn--mller-kva.example"] = [new("imap.client.example", 993, 0, 0)];
        _servers[("smtp.xn--mller-kva.example", 465)] = Knock.Fine;
        Assert.Equal("ada@xn--mller-kva.example", (await Find("ada@Müller.example"))!.Incoming!.UserName);
    }

    [Fact]
    public async Task Who_asked_can_stop_it()
    {
        using var stop = new CancellationTokenSource();
        var endless = new TaskCompletionSource<IReadOnlyList<string>>();
        var finder = new FindServers(new(
            async (_, cancel) =>
            {
                await stop.CancelAsync();
                return await endless.Task.WaitAsync(cancel);
            },
            Srv,
            Fetch,
            Try));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finder.Find("ada@client.example", stop.Token));
    }

    private async Task<(string, FoundBy)> Incoming()
    {
        var found = await Find("ada@client.example");
        return (found!.Incoming!.Host, found.By);
    }

    private Task<MailServers?> Find(string address) => new FindServers(new(Mx, Srv, Fetch, Try)).Find(address, default);

    private Task<IReadOnlyList<string>> Mx(string domain, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>(Asked(_mx, domain) ?? []);

    private Task<IReadOnlyList<ServiceRecord>> Srv(string name, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ServiceRecord>>(Asked(_srv, name) ?? []);

    private Task<byte[]?> Fetch(Uri address, CancellationToken cancel) => Task.FromResult(Asked(_web, address.AbsoluteUri) is { } text ? Encoding.UTF8.GetBytes(text) : null);

    private Task<Knock> Try(MailServer server, bool imap, CancellationToken cancel)
    {
        Assert.Equal(imap, server.Port is 993 or 143);
        return Task.FromResult(Asked(_servers, (server.Host, server.Port)));
    }

    private TValue? Asked<TKey, TValue>(Dictionary<TKey, TValue> answers, TKey key)
        where TKey : notnull
    {
        _asked.Enqueue($"{key}");
        return answers.GetValueOrDefault(key);
    }

    private static string Config(string host) => $"""
        <clientConfig version="1.1"><emailProvider id="x">
        <incomingServer type="imap"><hostname>{host}</hostname><port>993</port><socketType>SSL</socketType></incomingServer>
        <outgoingServer type="smtp"><hostname>{host}</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>
        </emailProvider></clientConfig>
        """;
}
