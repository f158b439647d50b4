using System.Net;
using System.Text;
using Heliotrope.Mail.Smtp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>Our sender against our session, over a real socket, the way the server runs it.</summary>
public sealed class SmtpEndToEndTests
{
    private readonly Recorder _receiver = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_sent_is_what_is_received(bool tls)
    {
        await using var server = await Start(Wire.Options with { Certificate = tls ? TestCertificate.SelfMade : null });
        var message = "Subject: x\r\n\r\n.\r\n..\r\n.dot\r\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $".line {i}\r\n"));

        await using var sender = Sender(server);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => sender
            .Send("a@client.example", [$"r{i}@desk.example", "both@desk.example"], Encoding.ASCII.GetBytes(message), default)));

        Assert.All(results, result => Assert.Equal(SendOutcome.Accepted, result.Outcome));
        Assert.Equal(8, _receiver.Messages.Count);
        Assert.All(_receiver.Messages, received => Assert.Equal((message, tls, "a@client.example"), (received.Text, received.Envelope.Tls, received.Envelope.From)));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"r{i}@desk.example").Order(), _receiver.Messages.Select(received => received.Envelope.To[0]).Order());
    }

    [Fact]
    public async Task A_refusal_by_the_receiver_reaches_the_caller()
    {
        _receiver.OnRecipient = address => address == "help@desk.example" ? new(250, "Ok") : new(550, "5.1.1 Unknown here");
        _receiver.OnMessage = () => throw new InvalidOperationException("disk full");
        await using var server = await Start(Wire.Options);
        await using var sender = Sender(server);
        Assert.Equal(new SendResult(SendOutcome.Permanent, 550, "5.1.1 Unknown here") { Trouble = SendTrouble.Other }, await sender.Send("", ["nobody@desk.example"], "x\r\n"u8.ToArray(), default));
        var later = await sender.Send("", ["help@desk.example"], "x\r\n"u8.ToArray(), default);
        Assert.Equal((SendOutcome.Temporary, 451), (later.Outcome, later.Code));
    }

    [Fact]
    public async Task What_leads_from_the_certificate_to_an_authority_is_sent_along()
    {
        var chain = TestCertificate.Chain();
        await using var server = await Start(Wire.Options with { Certificate = chain[2], CertificateChain = [chain[1]] });
        var shown = new List<string>();
        await using var sender = new SmtpSender(new Smarthost("127.0.0.1", Address(server).Port, MailTls.StartTls, null, null), "client.example", new()
        {
            CertificateCheck = (_, certificate, built, _) =>
            {
                shown.AddRange([certificate!.Subject, .. built!.ChainPolicy.ExtraStore.Select(extra => extra.Subject)]);
                return certificate.GetCertHashString() == chain[2].Thumbprint;
            },
        });
        Assert.Equal(SendOutcome.Accepted, (await sender.Send("", ["help@desk.example"], "x\r\n"u8.ToArray(), default)).Outcome);
        Assert.Equal("CN=mail.desk.example", shown[0]);
        Assert.Contains("CN=issuer.example", shown);
    }

    [Fact]
    public async Task Stopping_the_server_ends_a_session_that_waits()
    {
        var server = await Start(Wire.Options);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(Address(server));
        using var said = new StreamReader(client.GetStream());
        Assert.StartsWith("220 ", await said.ReadLineAsync(), StringComparison.Ordinal);
        var stopping = server.StopAsync();
        Assert.StartsWith("421 4.3.2 ", await said.ReadLineAsync(), StringComparison.Ordinal);
        await stopping;
        await server.DisposeAsync();
    }

    private async Task<WebApplication> Start(SmtpListenerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(connection => SmtpSession.Serve(
            connection.Transport,
            connection.RemoteEndPoint?.ToString() ?? "",
            _receiver,
            options,
            listen.ApplicationServices.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping))));
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }

    private static IPEndPoint Address(WebApplication server)
        => new(IPAddress.Loopback, new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port);

    private static SmtpSender Sender(WebApplication server)
        => new(new Smarthost("127.0.0.1", Address(server).Port, MailTls.WhenOffered, null, null), "client.example");
}
