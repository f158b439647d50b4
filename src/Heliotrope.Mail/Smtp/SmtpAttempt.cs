using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Heliotrope.Mail.Smtp;

/// <summary>One connection and one message. Each step answers null to go on, or the outcome.</summary>
internal sealed class SmtpAttempt(Smarthost smarthost, string heloName, SmtpSenderOptions options, CancellationToken total) : IAsyncDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, string> _offers = new(StringComparer.OrdinalIgnoreCase);
    private CancellationTokenSource _clock = new();
    private SmtpLink? _link;
    private string _doing = "";
    private bool _dotSent;

    private SmtpLink Link => _link ?? throw new InvalidOperationException("Not connected yet.");

    public async Task<SendResult> Send(SmtpParcel parcel, CancellationToken cancel)
    {
        try
        {
            var result = await Connect() ?? await SignIn() ?? await Envelope(parcel) ?? await HandOver(parcel);
            await Quit();
            return result;
        }
        catch (OperationCanceledException) when (_dotSent || !cancel.IsCancellationRequested)
        {
            return Lost(cancel.IsCancellationRequested ? "the attempt was cancelled" : "the server took too long");
        }
        catch (Exception e) when (IsTrouble(e))
        {
            return Lost(e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_link is not null) await _link.DisposeAsync();
        _clock.Dispose();
    }

    private async Task<SendResult?> Connect()
    {
        Begin("connecting", options.Total);
        _link = new SmtpLink(await SmtpDialler.Connect(smarthost.Host, smarthost.Port, options.Connect, _clock.Token));
        if (smarthost.ImplicitTls) await StartTls();
        Begin("waiting for the greeting", options.Reply);
        var greeting = await Link.Read(_clock.Token);
        if (greeting.Code / 100 != 2) return Wait(greeting);
        if (await Hello() is { } refused) return refused;
        if (Link.Tls || !_offers.ContainsKey("STARTTLS")) return null;

        var ready = await Say("STARTTLS");
        // A server may offer what it cannot do just now. Without a secret to protect, mail in clear is what it would have got before.
        if (ready.Code != 220) return null;
        await StartTls();
        return await Hello();
    }

    private async Task<SendResult?> Hello()
    {
        _offers.Clear();
        var reply = await Say($"EHLO {heloName}", "EHLO");
        if (reply.Code / 100 == 5) reply = await Say($"HELO {heloName}", "HELO");
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

    private async Task StartTls()
    {
        Begin("starting TLS", options.Reply);
        var mustBeValid = smarthost.User is not null || smarthost.ImplicitTls;
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = smarthost.Host,
            RemoteCertificateValidationCallback = mustBeValid ? options.CertificateCheck : (_, _, _, errors) => !mustBeValid || errors == SslPolicyErrors.None,
        };
        await Link.StartTls(tls, _clock.Token);
    }

    private async Task<SendResult?> SignIn()
    {
        if (smarthost.User is not { } user || smarthost.Password is not { } password) return null;
        if (!Link.Tls) return new(SendOutcome.Temporary, null, "The server offered no encryption (STARTTLS), so the password was not sent and neither was the message.");
        Begin("signing in", options.Reply);
        return await SmtpSignIn.Run(Link, user, password, _offers.GetValueOrDefault("AUTH", ""), _clock.Token);
    }

    private async Task<SendResult?> Envelope(SmtpParcel parcel)
    {
        if (parcel.NeedsUtf8 && !_offers.ContainsKey("SMTPUTF8"))
            return new(SendOutcome.Permanent, null, "An address has letters beyond ASCII before the @, and the server does not take such addresses (SMTPUTF8).");
        var size = parcel.Message.Length.ToString(CultureInfo.InvariantCulture);
        if (long.TryParse(_offers.GetValueOrDefault("SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 && parcel.Message.Length > most)
            return new(SendOutcome.Permanent, null, $"The message has {size} bytes, and the server takes at most {most.ToString(CultureInfo.InvariantCulture)}.");

        var parameters = (_offers.ContainsKey("SIZE") ? $" SIZE={size}" : "")
            + (parcel.HasEightBits && _offers.ContainsKey("8BITMIME") ? " BODY=8BITMIME" : "")
            + (parcel.NeedsUtf8 ? " SMTPUTF8" : "");
        var mail = await Say($"MAIL FROM:<{parcel.From.Wire}>{parameters}", "MAIL");
        return mail.Code / 100 == 2 ? null : Refusal(mail);
    }

    private async Task<SendResult> HandOver(SmtpParcel parcel)
    {
        var refused = new List<RefusedRecipient>();
        foreach (var to in parcel.To)
        {
            var reply = await Say($"RCPT TO:<{to.Wire}>", "RCPT");
            if (reply.Code / 100 == 2) continue;
            refused.Add(new(to.Wire, reply.Code, reply.OneLine()));
            if (reply.Code == 421) return Refusal(reply);
        }
        // One that may be taken later is reason enough to come back.
        if (refused.Count == parcel.To.Count) return Refusal(refused.OrderBy(one => one.Code).Select(one => new SmtpReply(one.Code, one.Text)).First());

        var data = await Say("DATA");
        if (data.Code != 354) return Refusal(data);
        if (await Transfer(parcel) is { } early) return early;

        Begin("waiting for the answer to the message", options.Final);
        _dotSent = true;
        await Link.Write(".\r\n"u8.ToArray(), _clock.Token);
        var final = await Link.Read(_clock.Token);
        return final.Code / 100 == 2 ? new SendResult(SendOutcome.Accepted, final.Code, final.OneLine()) { Refused = refused } : Refusal(final);
    }

    /// <summary>The bytes before the final dot. A server that will not take so many may say so and hang up; its words are better than ours.</summary>
    private async Task<SendResult?> Transfer(SmtpParcel parcel)
    {
        Begin("handing over the message", options.Transfer);
        try
        {
            await Link.Write(DotStuffing.Stuff(parcel.Message.Span), _clock.Token);
            return null;
        }
        catch (IOException)
        {
            return Refusal(await Link.Read(_clock.Token));
        }
    }

    private async Task Quit()
    {
        try
        {
            Begin("leaving", Goodbye);
            await Link.Command("QUIT", _clock.Token);
        }
        catch (Exception e) when (IsTrouble(e) || e is OperationCanceledException)
        {
            // The outcome is known already; how the server takes leave does not change it.
            return;
        }
    }

    private async Task<SmtpReply> Say(string line, string? shown = null)
    {
        Begin($"waiting for the answer to {shown ?? line}", options.Reply);
        return await Link.Command(line, _clock.Token);
    }

    private void Begin(string doing, TimeSpan limit)
    {
        _doing = doing;
        _clock.Dispose();
        _clock = CancellationTokenSource.CreateLinkedTokenSource(total);
        _clock.CancelAfter(limit);
    }

    private SendResult Lost(string why) => new(_dotSent ? SendOutcome.InDoubt : SendOutcome.Temporary, null, $"While {_doing}: {why.ReplaceLineEndings(" ")}");

    private static SendResult Wait(SmtpReply reply) => new(SendOutcome.Temporary, reply.Code, reply.OneLine());

    private static SendResult Refusal(SmtpReply reply) => (reply.Code / 100) switch
    {
        5 => new SendResult(SendOutcome.Permanent, reply.Code, reply.OneLine()),
        4 => new SendResult(SendOutcome.Temporary, reply.Code, reply.OneLine()),
        _ => throw new InvalidDataException($"The server gave an answer that does not fit here: {reply.Code} {reply.OneLine()}"),
    };

    private static bool IsTrouble(Exception e) => e is IOException or SocketException or AuthenticationException or InvalidDataException;
}
