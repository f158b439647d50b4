using System.Globalization;
using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>One message over one connection.</summary>
internal sealed class SmtpAttempt(SmtpConnection connection, SmtpParcel parcel, SmtpSenderOptions options, SmtpClock clock)
{
    // Commands sent before their answers are read. More could fill the network both ways, and then neither side would read on.
    private const int MostPipelined = 50;

    private readonly List<RefusedRecipient> _refused = [];
    private bool _mailAnswered;
    private bool _dotSent;

    /// <summary>Null when the connection, kept from an earlier message, turned out to be gone before the server had heard of this one.</summary>
    /// <param name="cancel">The caller's own wish, apart from the clock.</param>
    public async Task<SendResult?> Run(CancellationToken cancel)
    {
        var kept = connection.Messages > 0;
        try
        {
            if (!kept && await connection.Open(clock) is { } closed) return closed with { BeforeMail = true };
            connection.Messages++;
            var result = Unfit() ?? await Converse();
            if (_mailAnswered || result.Code != 421) return result;
            return kept ? null : result with { BeforeMail = true };
        }
        catch (Exception e) when (kept && !_mailAnswered && !clock.Over && (SmtpConnection.IsTrouble(e) || e is OperationCanceledException))
        {
            return null;
        }
        catch (Exception e) when (SmtpConnection.IsTrouble(e) || (e is OperationCanceledException && (_dotSent || !cancel.IsCancellationRequested)))
        {
            connection.Abandon();
            return clock.Lost(e, _dotSent ? SendOutcome.InDoubt : SendOutcome.Temporary, cancel) with { BeforeMail = !_mailAnswered };
        }
    }

    /// <summary>What the server's offers rule out. The connection is none the worse for it.</summary>
    private SendResult? Unfit()
    {
        if (parcel.NeedsUtf8 && !connection.Offers("SMTPUTF8"))
            return Never("An address has letters beyond ASCII before the @, and the server does not take such addresses (SMTPUTF8).");
        var size = parcel.Message.Length;
        if (long.TryParse(connection.Offered("SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 && size > most)
            return Never(string.Create(CultureInfo.InvariantCulture, $"The message has {size} bytes, and the server takes at most {most}."));
        return null;

        static SendResult Never(string why) => new(SendOutcome.Permanent, null, why) { Trouble = SendTrouble.Other };
    }

    private async Task<SendResult> Converse()
    {
        var commands = Commands();
        var atOnce = connection.Offers("PIPELINING") ? MostPipelined : 1;
        var answered = 0;
        SendResult? refusal = null;
        SmtpReply? data = null;
        try
        {
            while (answered < commands.Count && refusal is null)
            {
                var group = commands.GetRange(answered, Math.Min(atOnce, commands.Count - answered));
                Begin(group[0]);
                await connection.Write(clock, Encoding.UTF8.GetBytes(string.Concat(group.Select(command => command + "\r\n"))));
                for (var i = 0; i < group.Count; i++)
                {
                    Begin(group[i]);
                    var reply = await connection.Answer(clock, more: group.Count - 1 - i);
                    if (answered == commands.Count - 1) data = reply;
                    // The first refusal is what the others follow from, as "503 MAIL comes first" does; they are only read.
                    var judged = Judge(answered++, reply);
                    refusal ??= judged;
                    if (reply.Code == 421) return refusal ?? Refusal(reply);
                }
            }
        }
        catch (Exception e) when (refusal is not null && (SmtpConnection.IsTrouble(e) || e is OperationCanceledException))
        {
            connection.Abandon();
            return refusal;
        }

        if (refusal is null) return await HandOver();
        await CallOff(data);
        return refusal;
    }

    private List<string> Commands()
    {
        var parameters = (connection.Offers("SIZE") ? string.Create(CultureInfo.InvariantCulture, $" SIZE={parcel.Message.Length}") : "")
            + (parcel.HasEightBits && connection.Offers("8BITMIME") ? " BODY=8BITMIME" : "")
            + (parcel.NeedsUtf8 ? " SMTPUTF8" : "");
        return [$"MAIL FROM:<{parcel.From.Wire}>{parameters}", .. parcel.To.Select(to => $"RCPT TO:<{to.Wire}>"), "DATA"];
    }

    private SendResult? Judge(int command, SmtpReply reply)
    {
        if (command == 0)
        {
            if (reply.Code != 421) _mailAnswered = true;
            return reply.Code / 100 == 2 ? null : Refusal(reply);
        }
        if (command > parcel.To.Count) return reply.Code == 354 ? null : Refusal(reply);
        if (reply.Code / 100 != 2) _refused.Add(new(parcel.To[command - 1].Wire, reply.Code, reply.OneLine()));
        // One that may be taken later is reason enough to come back.
        return _refused.Count < parcel.To.Count ? null : Refusal(_refused.OrderBy(one => one.Code).Select(one => new SmtpReply(one.Code, one.Text)).First());
    }

    private async Task<SendResult> HandOver()
    {
        if (await Transfer() is { } early) return early;

        clock.Begin("waiting for the answer to the message", options.Final);
        _dotSent = true;
        await connection.Write(clock, ".\r\n"u8.ToArray());
        var final = await connection.Answer(clock);
        if (final.Code / 100 == 2) return new SendResult(SendOutcome.Accepted, final.Code, final.OneLine()) { Refused = _refused };
        var refusal = Refusal(final);
        await CallOff(null);
        return refusal;
    }

    /// <summary>The bytes before the final dot. A server that will not take so many may say so and hang up; its words are better than ours.</summary>
    private async Task<SendResult?> Transfer()
    {
        clock.Begin("handing over the message", options.TransferOf(parcel.Message.Length));
        try
        {
            await connection.Write(clock, DotStuffing.Stuff(parcel.Message.Span));
            return null;
        }
        catch (IOException)
        {
            return Refusal(await connection.Answer(clock, more: 1));
        }
    }

    /// <summary>After a refusal the connection is made ready for the next message, or given up. The outcome is known and stays.</summary>
    private async Task CallOff(SmtpReply? data)
    {
        if (!connection.Sound) return;
        try
        {
            // DATA went out together with what was refused, and the server waits for a message: an empty one for nobody ends it (RFC 2920 section 3.1).
            if (data?.Code == 354)
            {
                if (_refused.Count < parcel.To.Count)
                {
                    // Somebody would get it: the server took recipients for a sender it refuses.
                    connection.Abandon();
                    return;
                }
                await connection.Say(clock, ".", "the empty message");
            }
            await connection.Reset(clock);
        }
        catch (Exception e) when (SmtpConnection.IsTrouble(e) || e is OperationCanceledException)
        {
            return;
        }
    }

    private void Begin(string command) => clock.Begin($"waiting for the answer to {command.Split(' ')[0]}", options.Reply);

    private static SendResult Refusal(SmtpReply reply) => (reply.Code / 100) switch
    {
        5 => new SendResult(SendOutcome.Permanent, reply.Code, reply.OneLine()) { Trouble = SendTrouble.Other },
        4 => new SendResult(SendOutcome.Temporary, reply.Code, reply.OneLine()) { Trouble = SendTrouble.Other },
        _ => throw new InvalidDataException($"The server gave an answer that does not fit here: {reply.Code} {reply.OneLine()}"),
    };
}
