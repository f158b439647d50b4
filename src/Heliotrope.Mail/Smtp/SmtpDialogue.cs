using System.Globalization;
using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Smtp;

/// <summary>What a session has heard so far and how it answers (RFC 5321 section 4.1, RFC 2033 section 4).</summary>
internal sealed partial class SmtpDialogue(SmtpChannel channel, string remoteAddress, ISmtpReceiver receiver, SmtpListenerOptions options, CancellationToken cancel)
{
    // Commands that bring no message nearer; stops a sender from holding a session open with NOOP for ever.
    private const int MaxIdleCommands = 100;

    // A domain name has at most 253 characters.
    private const int MaxName = 255;

    private readonly List<string> _to = [];
    private string? _helo;
    private string? _from;
    private bool _utf8;
    private int _errors;
    private int _idleCommands;

    public async Task Run()
    {
        channel.Reply(220, $"{options.HostName} {(options.Lmtp ? "LMTP" : "ESMTP")} Heliotrope");
        while (true)
        {
            var line = await channel.ReadLine();
            var goesOn = line.Kind switch
            {
                SmtpLineKind.Command => await Obey(line.Verb, line.Argument),
                SmtpLineKind.TooLong => Refuse(500, "5.5.6 Line too long"),
                SmtpLineKind.Malformed => Refuse(500, "5.5.2 Commands hold no control characters"),
                // What follows may be another's words that a careless relay passed on as one line.
                SmtpLineKind.BareLineFeed => Leave(521, "5.5.2 Lines end with CRLF, not with a bare LF"),
                SmtpLineKind.EndOfInput => false,
            };
            if (!goesOn) return;
            if (_errors < options.MaxErrors && _idleCommands < MaxIdleCommands) continue;
            channel.Reply(421, $"4.7.0 {options.HostName} Too many errors, closing");
            return;
        }
    }

    /// <summary>False when the session ends.</summary>
    private async ValueTask<bool> Obey(string verb, string argument)
    {
        switch (verb)
        {
            // Whoever mistakes one for the other would count the answers to a message wrongly.
            case "HELO" or "EHLO" when options.Lmtp: return Refuse(500, "5.5.1 This is LMTP: LHLO comes first");
            case "HELO" or "EHLO": return Hello(argument, extended: verb == "EHLO");
            case "LHLO" when options.Lmtp: return Hello(argument, extended: true);
            case "MAIL": return Mail(argument);
            case "RCPT": return await Rcpt(argument);
            case "DATA": return await Data(argument);
            case "RSET": Forget(); return Idle(250, "2.0.0 Forgotten");
            case "NOOP": return Idle(250, "2.0.0 Still here");
            case "VRFY": return Idle(252, "2.5.0 Not told here, but mail is tried");
            case "HELP": return Idle(214, $"2.0.0 {(options.Lmtp ? "LHLO" : "EHLO HELO")} MAIL RCPT DATA RSET NOOP QUIT VRFY STARTTLS");
            case "STARTTLS": return await StartTls(argument);
            case "QUIT": return Leave(221, $"2.0.0 {options.HostName} Goodbye");
            case "EXPN" or "TURN" or "ETRN" or "BDAT" or "AUTH": return Refuse(502, "5.5.1 Not offered here");
            // A web browser or proxy that was tricked into speaking to this port must not get as far as a message.
            case "GET" or "POST" or "PUT" or "HEAD" or "CONNECT" or "OPTIONS": return Leave(421, "4.7.0 This is not a web server");
            default: return Refuse(500, "5.5.1 Unknown command");
        }
    }

    private bool Hello(string name, bool extended)
    {
        if (name.Length is 0 or > MaxName) return Refuse(501, "5.5.4 Who are you? Give a host name");
        Forget();
        _helo = name;
        if (!extended) return Idle(250, options.HostName);
        var startTls = options.Certificate is not null && !channel.Tls ? "\nSTARTTLS" : "";
        return Idle(250, $"{options.HostName}\nPIPELINING\nSIZE {options.MaxMessageBytes.ToString(CultureInfo.InvariantCulture)}\n8BITMIME\nSMTPUTF8\nENHANCEDSTATUSCODES{startTls}\nHELP");
    }

    private bool Mail(string argument)
    {
        if (_helo is null) return Refuse(503, $"5.5.1 {(options.Lmtp ? "LHLO" : "EHLO or HELO")} comes first");
        if (_from is not null) return Refuse(503, "5.5.1 One sender a message; RSET begins anew");
        if (SmtpPath.Parse(argument, "FROM:") is not { } path) return Refuse(501, "5.1.7 Write MAIL FROM:<address>");

        var utf8 = false;
        foreach (var parameter in path.Parameters)
        {
            switch (parameter.ToUpperInvariant().Split('=', 2))
            {
                case ["SIZE", var size] when long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes):
                    if (bytes > options.MaxMessageBytes) return Refuse(552, TooLarge);
                    break;
                case ["BODY", "7BIT" or "8BITMIME"]: break;
                case ["SMTPUTF8"]: utf8 = true; break;
                default: return Refuse(555, "5.5.4 Unknown parameter of MAIL");
            }
        }
        if (path.NeedsUtf8 && !utf8) return Refuse(553, "5.6.7 This address needs SMTPUTF8");
        (_from, _utf8) = (path.Address, utf8);
        return Answer(250, "2.1.0 Sender ok");
    }

    private async ValueTask<bool> Rcpt(string argument)
    {
        if (_from is null) return Refuse(503, "5.5.1 MAIL comes first");
        if (SmtpPath.Parse(argument, "TO:") is not { Address.Length: > 0 } path) return Refuse(501, "5.1.3 Write RCPT TO:<address>");
        if (path.Parameters.Count > 0) return Refuse(555, "5.5.4 Unknown parameter of RCPT");
        if (path.NeedsUtf8 && !_utf8) return Refuse(553, "5.6.7 This address needs SMTPUTF8");
        if (_to.Count >= options.MaxRecipients) return Answer(452, "4.5.3 Enough recipients for one message");

        var reply = await Ask(() => receiver.Recipient(path.Address, cancel));
        if (reply.Code is >= 200 and < 300) _to.Add(path.Address);
        // With LMTP nobody guesses: a mail server of ours hands over what it has, all of it over one connection.
        return Pass(reply, "1.5", counts: !options.Lmtp);
    }

    private async ValueTask<bool> Data(string argument)
    {
        if (argument.Length > 0) return Refuse(501, "5.5.4 DATA stands alone");
        if (_from is null || _to.Count == 0) return Refuse(503, "5.5.1 MAIL and an accepted RCPT come first");

        channel.Reply(354, "End with a dot on a line of its own");
        if (await channel.ReadData() is not { } body) return false;
        var envelope = new SmtpEnvelope(_from, [.. _to], remoteAddress, _helo ?? "", channel.Tls);
        Forget();
        if (!body.TooLarge) channel.StopClock();
        var reply = body.TooLarge ? new SmtpReply(552, TooLarge) : await Ask(() => receiver.Message(envelope, body.Bytes, cancel));
        channel.StartClock();
        if (!body.TooLarge) _idleCommands = 0;
        Pass(reply, "0.0", times: options.Lmtp ? envelope.To.Count : 1);
        await channel.Flush();
        return true;
    }

    private async ValueTask<bool> StartTls(string argument)
    {
        if (options.Certificate is not { } certificate || channel.Tls) return Refuse(503, "5.5.1 STARTTLS is not offered now");
        if (argument.Length > 0) return Refuse(501, "5.5.4 STARTTLS stands alone");
        await channel.StartTls(certificate, "2.0.0 Begin");
        Forget();
        _helo = null;
        return true;
    }

    private string TooLarge => $"5.3.4 At most {options.MaxMessageBytes.ToString(CultureInfo.InvariantCulture)} bytes a message";

    private void Forget()
    {
        (_from, _utf8) = (null, false);
        _to.Clear();
    }

    private async ValueTask<SmtpReply> Ask(Func<ValueTask<SmtpReply>> question)
    {
        try
        {
            return await question();
        }
        catch (Exception e)
        {
            // Whatever broke in the receiver, the sender keeps the message and comes back.
            options.ReceiverFailed?.Invoke(e);
            return new SmtpReply(451, "4.3.0 Something went wrong here, please try again");
        }
    }

    /// <summary>The receiver's words on the wire: an answer's code, an enhanced code (RFC 2034) and nothing that could be taken for a second answer.</summary>
    /// <param name="reply">What was decided.</param>
    /// <param name="detail">For an acceptance without an enhanced code of its own.</param>
    /// <param name="times">LMTP wants the answer once for each recipient it goes for; it is one refusal all the same.</param>
    /// <param name="counts">Whether a refusal is one of those that end the session when there are too many.</param>
    private bool Pass(SmtpReply reply, string detail, int times = 1, bool counts = true)
    {
        var code = reply.Code is (>= 200 and < 300) or (>= 400 and < 600) ? reply.Code : 451;
        var text = NotPlain().Replace(reply.Text, " ").Trim();
        if (text.Length > 400) text = text[..400];
        if (!EnhancedCode().IsMatch(text)) text = $"{code / 100}.{(code < 300 ? detail : "0.0")} {text}";
        for (var i = 1; i < times; i++) channel.Reply(code, text);
        return counts && code >= 500 ? Refuse(code, text) : Answer(code, text);
    }

    private bool Answer(int code, string text)
    {
        channel.Reply(code, text);
        return true;
    }

    private bool Leave(int code, string text)
    {
        channel.Reply(code, text);
        return false;
    }

    private bool Idle(int code, string text)
    {
        _idleCommands++;
        return Answer(code, text);
    }

    private bool Refuse(int code, string text)
    {
        _errors++;
        return Answer(code, text);
    }

    [GeneratedRegex("[^ -~]+")]
    private static partial Regex NotPlain();

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3} ")]
    private static partial Regex EnhancedCode();
}
