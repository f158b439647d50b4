using System.Net.Security;
using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>The sender's end of a connection: commands out, bounded replies in.</summary>
internal sealed class SmtpLink(Stream stream) : IAsyncDisposable
{
    // RFC 5321 section 4.5.3.1.5 allows 512 a line; a server that sends without end is not listened to without end.
    private const int MaxLine = 4096;
    private const int MaxLines = 200;

    private readonly byte[] _buffer = new byte[MaxLine];
    private int _start;
    private int _end;
    private Stream _stream = stream;

    public bool Tls => _stream is SslStream;

    /// <summary>Nothing was heard that has not been read: what comes next is an answer.</summary>
    public bool Quiet => _start == _end;

    /// <summary>The next reply, its lines joined by LF, without control characters.</summary>
    /// <exception cref="InvalidDataException">What came is not SMTP.</exception>
    public async ValueTask<SmtpReply> Read(CancellationToken cancel)
    {
        var text = new List<string>();
        while (text.Count < MaxLines)
        {
            var line = await ReadLine(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || code is < 200 or > 599 || (line.Length > 3 && line[3] is not (' ' or '-')))
                throw new InvalidDataException("The server's answer is not SMTP.");
            text.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (line.Length == 3 || line[3] == ' ') return new(code, string.Join('\n', text));
        }
        throw new InvalidDataException("The server's answer does not end.");
    }

    /// <exception cref="InvalidDataException">An answer is there that nothing asked for, so the next one could not be told from it.</exception>
    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (!Quiet) throw new InvalidDataException("The server spoke out of turn.");
        await _stream.WriteAsync(bytes, cancel);
        await _stream.FlushAsync(cancel);
    }

    public async ValueTask<SmtpReply> Command(string line, CancellationToken cancel)
    {
        await Write(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);
        return await Read(cancel);
    }

    public async ValueTask StartTls(SslClientAuthenticationOptions options, CancellationToken cancel)
    {
        // Words that came in clear behind the answer to STARTTLS must not be taken for the server's words inside TLS.
        if (!Quiet) throw new InvalidDataException("The server spoke out of turn before TLS began.");
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(options, cancel);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask<string> ReadLine(CancellationToken cancel)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
            }
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length) throw new InvalidDataException("The server's answer has a line without end.");
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancel);
            if (read == 0) throw new IOException("The server closed the connection.");
            _end += read;
        }
    }
}
