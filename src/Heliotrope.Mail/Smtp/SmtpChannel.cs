using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>The server's end of a connection: bounded lines in, replies out, in clear or inside TLS.</summary>
/// <remarks>Replies are sent when the input holds no whole line any more, so that pipelined commands cost one packet (RFC 2920).</remarks>
internal sealed class SmtpChannel : IAsyncDisposable
{
    // RFC 5321 section 4.5.3.1.4 asks for 512 and extensions add to it; a longer line is no command.
    private const int MaxLine = 4096;
    private const int FlushAt = 16 * 1024;

    // Built once a certificate and from what is at hand: looking for its issuers on the network does not belong in a handshake.
    private static readonly ConditionalWeakTable<X509Certificate2, SslStreamCertificateContext> Contexts = [];

    private readonly IDuplexPipe _transport;
    private readonly SmtpListenerOptions _options;
    private readonly CancellationTokenSource _clock = new();
    private readonly CancellationTokenSource _clockOrStop;
    private readonly CancellationToken _stop;
    private PipeReader _in;
    private PipeWriter _out;
    private SslStream? _tls;
    private int _unsent;
    private bool _shakingHands;

    public SmtpChannel(IDuplexPipe transport, SmtpListenerOptions options, CancellationToken stop)
    {
        (_transport, _options, _in, _out, _stop) = (transport, options, transport.Input, transport.Output, stop);
        _clockOrStop = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, stop);
    }

    public bool Tls => _tls is not null && !_shakingHands;

    public async ValueTask<SmtpLine> ReadLine()
    {
        // Once a command, not once a read: a sender that drips bytes gets no more time than a silent one.
        StartClock();
        var tooLong = false;
        while (true)
        {
            var read = await Read(_clockOrStop.Token);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end);
                var parsed = tooLong || line.Length > MaxLine ? SmtpLine.TooLong : SmtpLine.Parse(line);
                _in.AdvanceTo(read.Buffer.GetPosition(1, end));
                return parsed;
            }
            if (read.IsCompleted)
            {
                _in.AdvanceTo(read.Buffer.End);
                return SmtpLine.EndOfInput;
            }
            tooLong |= read.Buffer.Length > MaxLine;
            _in.AdvanceTo(tooLong ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>A message up to its final dot; null when the sender left before it.</summary>
    public async ValueTask<DataBody?> ReadData()
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(_clockOrStop.Token);
        whole.CancelAfter(_options.MessageTimeout);
        var body = new DataBody(_options.MaxMessageBytes);
        while (true)
        {
            StartClock();
            var read = await Read(whole.Token);
            long used = 0;
            foreach (var piece in read.Buffer) used += body.Feed(piece.Span);
            _in.AdvanceTo(read.Buffer.GetPosition(used));
            if (body.Complete) return body;
            if (read.IsCompleted) return null;
        }
    }

    public void Reply(int code, string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            _unsent += (int)Encoding.ASCII.GetBytes($"{code}{(i < lines.Length - 1 ? '-' : ' ')}{lines[i]}\r\n", _out);
        }
    }

    /// <summary>Whoever does not read what is said has no more time than whoever says nothing.</summary>
    public async ValueTask Flush()
    {
        // What was decided when the server stopped is said all the same: when the channel is closed, and for a moment.
        if (_stop.IsCancellationRequested) return;
        _unsent = 0;
        await _out.FlushAsync(_clockOrStop.Token);
    }

    public void StartClock() => _clock.CancelAfter(_options.IdleTimeout);

    /// <summary>Time spent storing a message is not the sender's silence.</summary>
    public void StopClock() => _clock.CancelAfter(Timeout.InfiniteTimeSpan);

    public async ValueTask StartTls(X509Certificate2 certificate, string ready)
    {
        // Whatever was sent along with STARTTLS came in clear and may be another's words: it must never be taken for something said inside TLS.
        if (_in.TryRead(out var early)) _in.AdvanceTo(early.Buffer.End);
        Reply(220, ready);
        await Flush();
        _shakingHands = true;
        _tls = new SslStream(new DuplexPipeStream(_transport));
        var context = Contexts.GetValue(certificate, made => SslStreamCertificateContext.Create(made, _options.CertificateChain, offline: true));
        await _tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context }, _clockOrStop.Token);
        _shakingHands = false;
        _in = PipeReader.Create(_tls);
        _out = PipeWriter.Create(_tls);
    }

    /// <summary>Sends what is left, and takes no long time over it.</summary>
    public async ValueTask Close()
    {
        if (_shakingHands) return;
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _out.FlushAsync(brief.Token);
        if (_tls is not null) await _tls.ShutdownAsync().WaitAsync(brief.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_tls is not null) await _tls.DisposeAsync();
        _clockOrStop.Dispose();
        _clock.Dispose();
    }

    private async ValueTask<ReadResult> Read(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_unsent >= FlushAt) await Flush();
        if (_in.TryRead(out var ready)) return ready;
        if (_unsent > 0) await Flush();
        return await _in.ReadAsync(cancel);
    }
}
