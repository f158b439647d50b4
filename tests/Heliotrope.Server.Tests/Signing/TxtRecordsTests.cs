using System.Net;
using DnsClient;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Signing;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Signing;

/// <summary>Against a real DNS server, and against none.</summary>
[Collection("mail servers")] // one after the other: each brings servers of its own
public sealed class TxtRecordsTests
{
    private static TxtRecords At(int port, TimeSpan? patience = null)
    {
        var options = AskDns.Settled(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, port)));
        options.Timeout = patience ?? options.Timeout;
        return TxtRecords.From(new LookupClient(options));
    }

    [Fact]
    public async Task A_name_without_records_is_told_from_a_server_that_does_not_say()
    {
        var port = Ports.Free(1)[0];
        await using var dns = new MailDaemon(
            [
                "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", $"--port={port}", "--listen-address=127.0.0.1", "--bind-interfaces", "--user=", "--pid-file=",
                "--local=/client.example/", "--txt-record=key.client.example,v=DKIM1; k=rsa; ,p=abc",
            ],
            [],
            "");
        await Ports.Opened(port, dns.Over).WaitAsync(Patience.Limit);
        var records = At(port);
        Assert.Equal(["v=DKIM1; k=rsa; p=abc"], await records.Of("key.client.example", default));
        Assert.Empty((await records.Of("nothing.client.example", default))!);
        Assert.Null(await records.Of("elsewhere.example", default)); // refused, as it asks nobody else
    }

    [Fact]
    public async Task A_server_that_is_away_says_nothing() =>
        Assert.Null(await At(Ports.Free(1)[0], TimeSpan.FromMilliseconds(100)).Of("key.client.example", default));
}
