using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Heliotrope.Core.Customers;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Connections;

namespace Heliotrope.Server.Channels;

/// <summary>Marks a connection to the place where LMTP is spoken.</summary>
internal sealed class SpeaksLmtp;

/// <summary>Mail over SMTP and LMTP, each at a place of its own of the same web server. 250 is said only after the commit.</summary>
internal sealed class SmtpIntake(Intake intake, Current<Organisation> current, MailCertificate certificate, IHostApplicationLifetime lifetime, ILogger<SmtpIntake> log) : ConnectionHandler, ISmtpReceiver
{
    /// <summary>Each may hold a whole mail in memory.</summary>
    private const int MostConnections = 100;

    /// <summary>One machine must not keep everybody else's mail out; a mail server opens about twenty at once to another.</summary>
    private const int MostFromOneAddress = 25;

    /// <summary>Behind a Unix socket is the mail server of this machine, with everybody's mail. A rest is left for the network.</summary>
    private const int MostOverUnixSocket = 75;

    private readonly ConcurrentDictionary<string, int> _fromAddress = new();
    private int _connections;

    private readonly SmtpListenerOptions _options = new()
    {
        HostName = Dns.GetHostName(),
        MaxMessageBytes = MailLimit.Bytes,
        ReceiverFailed = e => log.LogError(e, "A mail that came in could not be stored; its sender was asked to try again"),
    };

    private readonly struct Place : IDisposable
    {
        private readonly SmtpIntake _intake;
        private readonly string _address;

        public Place(SmtpIntake intake, string address)
        {
            (_intake, _address) = (intake, address);
            var fromHere = intake._fromAddress.AddOrUpdate(address, 1, (_, count) => count + 1);
            Free = Interlocked.Increment(ref intake._connections) <= MostConnections && fromHere <= (address.Length == 0 ? MostOverUnixSocket : MostFromOneAddress);
        }

        public bool Free { get; }

        public void Dispose()
        {
            Interlocked.Decrement(ref _intake._connections);
            _intake._fromAddress.AddOrUpdate(_address, 0, (_, count) => count - 1);
            _intake._fromAddress.TryRemove(new(_address, 0));
        }
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "";
        using var place = new Place(this, remote);
        if (!place.Free)
        {
            await connection.Transport.Output.WriteAsync("421 4.3.2 Too many connections, try again later\r\n"u8.ToArray());
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, lifetime.ApplicationStopping);
        try
        {
            var shown = certificate.Current;
            var options = _options with { Lmtp = connection.Features.Get<SpeaksLmtp>() is not null, Certificate = shown?.Certificate, CertificateChain = shown?.Chain };
            await SmtpSession.Serve(connection.Transport, remote, this, options, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException or IOException or SocketException)
        {
            log.LogDebug(e, "A mail connection from {Remote} ended early", remote);
        }
    }

    public async ValueTask<SmtpReply> Recipient(string address, CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(address, out var recipient))
        {
            return new(550, "5.1.3 This is not an address we know how to read");
        }

        var organisation = await current.Get();
        return organisation.Accepts(recipient) ? new(250, "2.1.5 Fine") : new(550, "5.1.1 Nobody here has this address");
    }

    public async ValueTask<SmtpReply> Message(SmtpEnvelope envelope, ReadOnlyMemory<byte> raw, CancellationToken cancel)
    {
        await intake.Accept(new(raw, envelope.From, envelope.To, "smtp"), cancel);
        return new(250, "2.0.0 Stored");
    }
}

/// <summary>How large a mail may be, on every way in.</summary>
internal static class MailLimit
{
    public const int Bytes = 50 * 1024 * 1024;
}
