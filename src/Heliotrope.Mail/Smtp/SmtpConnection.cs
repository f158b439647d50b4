using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>One connection to a smarthost, from the first packet to QUIT. Each step answers null to go on, or the outcome.</summary>
internal sealed class SmtpConnection(Smarthost smarthost, string heloName, SmtpSenderOptions options) : IAsyncDisposable
{
    private readonly Dictionary<string, string> _offers = new(StringComparer.OrdinalIgnoreCase);
    private Socket? _socket;
    private SmtpLink? _link;

    /// <summary>Messages that were tried over it.</summary>
    public int Messages { get; set; }

    /// <summary>When it was last put aside, as <see cref="Environment.TickCount64"/> counts.</summary>
    public long IdleSince { get; set; }

    /// <summary>Answers and questions are in step, and the server has not said that it closes.</summary>
    public bool Sound { get; private set; }

    /// <summary>Nothing has come since the last answer, not even the end of the connection.</summary>
    public bool Quiet => Sound && Link.Quiet && !_socket!.Poll(0, SelectMode.SelectRead);

    private SmtpLink Link => _link ?? throw new InvalidOperationException("Not connected yet.");

    /// <summary>Connects, encrypts and signs in.</summary>
    public async Task<SendResult?> Open(SmtpClock clock)
    {
        clock.Begin("connecting", options.Total);
        var stream = await SmtpDialler.Connect(smarthost.Host, smarthost.Port, options.Connect, clock.Token);
        (_socket, _link, Sound) = (stream.Socket, new SmtpLink(stream), true);
        if (smarthost.Tls is MailTls.Implicit) await StartTls(clock);
        clock.Begin("waiting for the greeting", options.Reply);
        var greeting = await Answer(clock);
        if (greeting.Code / 100 != 2) return Wait(greeting);
        return await Hello(clock) ?? await Encrypt(clock) ?? await SignIn(clock);
    }

    public bool Offers(string extension) => _offers.ContainsKey(extension);

    /// <summary>What stood behind an extension's name; empty when nothing did.</summary>
    public string Offered(string extension) => _offers.GetValueOrDefault(extension, "");

    public async Task<SmtpReply> Say(SmtpClock clock, string line, string? shown = null)
    {
        clock.Begin($"waiting for the answer to {shown ?? line}", options.Reply);
        await Write(clock, Encoding.UTF8.GetBytes(line + "\r\n"));
        return await Answer(clock);
    }

    public async Task Write(SmtpClock clock, ReadOnlyMemory<byte> bytes)
    {
        Sound = false; // until its answer is there
        await Link.Write(bytes, clock.Token);
    }

    /// <param name="clock">Begun already.</param>
    /// <param name="more">Answers that are still to come after this one.</param>
    public async Task<SmtpReply> Answer(SmtpClock clock, int more = 0)
    {
        Sound = false;
        var reply = await Link.Read(clock.Token);
        Sound = more == 0 && reply.Code != 421;
        return reply;
    }

    /// <summary>Lets the server forget a message that came to nothing; it is not sound afterwards when the server does not.</summary>
    public async Task Reset(SmtpClock clock)
    {
        clock.Begin("beginning anew", SmtpClock.Brief);
        await Write(clock, "RSET\r\n"u8.ToArray());
        if ((await Answer(clock)).Code / 100 != 2) Abandon();
    }

    /// <summary>It is to be closed without another word.</summary>
    public void Abandon() => Sound = false;

    /// <summary>Takes leave when there is somebody to take leave of.</summary>
    public async Task Quit()
    {
        if (!Sound) return;
        using var clock = new SmtpClock(CancellationToken.None);
        clock.Begin("leaving", SmtpClock.Brief);
        try
        {
            await Link.Command("QUIT", clock.Token);
        }
        catch (Exception e) when (IsTrouble(e) || e is OperationCanceledException)
        {
            // The outcome is known already; how the server takes leave does not change it.
            return;
        }
        finally
        {
            Sound = false;
        }
    }

    public ValueTask DisposeAsync() => _link?.DisposeAsync() ?? default;

    public static bool IsTrouble(Exception e) => e is IOException or SocketException or AuthenticationException or InvalidDataException;

    private async Task<SendResult?> Hello(SmtpClock clock)
    {
        _offers.Clear();
        var reply = await Say(clock, $"EHLO {heloName}", "EHLO");
        if (reply.Code / 100 == 5) reply = await Say(clock, $"HELO {heloName}", "HELO");
        else
        {
            foreach (var line in reply.Text.Split('\n').Skip(1))
            {
                // Some old servers write AUTH=LOGIN.
                var words = line.Split([' ', '='], 2);
                _offers.TryAdd(words[0], words.Length > 1 ? words[1] : "");
            }
        }
        return reply.Code / 100 == 2 ? null : Wait(reply);
    }

    private async Task<SendResult?> Encrypt(SmtpClock clock)
    {
        if (Link.Tls) return null;
        if (!Offers("STARTTLS")) return NoTls(null, "The server offered no encryption (STARTTLS)");
        var ready = await Say(clock, "STARTTLS");
        // A server may offer what it cannot do just now. Without a secret to protect, mail in clear is what it would have got before.
        if (ready.Code != 220) return NoTls(ready.Code, $"The server offered encryption (STARTTLS) and then would not begin it: {ready.OneLine()}");
        await StartTls(clock);
        return await Hello(clock);
    }

    private SendResult? NoTls(int? code, string why)
    {
        if (smarthost is { HasSecret: false, Tls: MailTls.WhenOffered }) return null;
        var kept = smarthost.HasSecret ? "so the password was not sent and neither was the message" : "so the message was not sent";
        return new(SendOutcome.Temporary, code, $"{why}, {kept}.") { Trouble = SendTrouble.NoTls };
    }

    private async Task StartTls(SmtpClock clock)
    {
        clock.Begin("starting TLS", options.Reply);
        var mustBeValid = smarthost.HasSecret || smarthost.Tls is not MailTls.WhenOffered;
        string? invalid = null;
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = smarthost.Host,
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
            {
                if (!mustBeValid || (options.CertificateCheck?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None)) return true;
                invalid = SmtpCertificate.Explain(smarthost.Host, certificate, chain, errors);
                return false;
            },
        };
        Sound = false;
        try
        {
            await Link.StartTls(tls, clock.Token);
        }
        catch (AuthenticationException) when (invalid is not null)
        {
            throw new SmtpTroubleException(SendTrouble.Certificate, invalid);
        }
        Sound = true;
    }

    private async Task<SendResult?> SignIn(SmtpClock clock)
    {
        if (!smarthost.HasSecret) return null;
        clock.Begin("signing in", options.Reply);
        Sound = false;
        var refused = await SmtpSignIn.Run(Link, smarthost, Offered("AUTH"), clock.Token);
        Sound = refused?.Code != 421;
        return refused;
    }

    private static SendResult Wait(SmtpReply reply) => new(SendOutcome.Temporary, reply.Code, reply.OneLine()) { Trouble = SendTrouble.Other };
}
