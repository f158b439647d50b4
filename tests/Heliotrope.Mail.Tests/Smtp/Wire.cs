using System.IO.Pipelines;
using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>Runs a session over given bytes and shows everything it said.</summary>
internal static class Wire
{
    public const string Hello = "EHLO client.example\r\n";
    public const string Envelope = "MAIL FROM:<ada@client.example>\r\nRCPT TO:<help@desk.example>\r\n";

    public static readonly SmtpListenerOptions Options = new() { HostName = "desk.example" };

    public static Task<string> Say(string bytes, Recorder receiver, SmtpListenerOptions? options = null)
        => Say([Encoding.Latin1.GetBytes(bytes)], receiver, options ?? Options);

    /// <summary>Each piece arrives by itself; then the sender hangs up.</summary>
    public static async Task<string> Say(IEnumerable<byte[]> pieces, Recorder receiver, SmtpListenerOptions options, CancellationToken cancel = default)
    {
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var transport = new Ends(PipeReader.Create(new PieceStream(pieces)), output.Writer);
        await SmtpSession.Serve(transport, "192.0.2.1", receiver, options, cancel);
        await output.Writer.CompleteAsync();
        using var said = new StreamReader(output.Reader.AsStream());
        return await said.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>A session as a server runs it: the connection is closed when it ends.</summary>
    public static async Task Serve(IDuplexPipe server, Recorder receiver, SmtpListenerOptions options)
    {
        await SmtpSession.Serve(server, "192.0.2.1", receiver, options, default);
        await server.Output.CompleteAsync();
        await server.Input.CompleteAsync();
    }

    /// <summary>The reply codes in order, the first of each line.</summary>
    public static string Codes(string said)
        => string.Join(' ', said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line[3] == ' ').Select(line => line[..3]));

    /// <summary>Both ends of a connection within the process.</summary>
    /// <param name="unread">How many bytes of the server's are on their way at most.</param>
    public static (IDuplexPipe Client, IDuplexPipe Server) Connect(int unread = 64 * 1024)
    {
        Pipe there = new(), back = new(new PipeOptions(pauseWriterThreshold: unread, resumeWriterThreshold: unread / 2));
        return (new Ends(back.Reader, there.Writer), new Ends(there.Reader, back.Writer));
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>Gives one piece a read.</summary>
    private sealed class PieceStream(IEnumerable<byte[]> pieces) : Stream
    {
        private readonly Queue<byte[]> _pieces = new(pieces.SelectMany(piece => piece.Chunk(4096)));

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!_pieces.TryDequeue(out var piece)) return 0;
            piece.CopyTo(buffer, offset);
            return piece.Length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_pieces.TryDequeue(out var piece)) return new(0);
            piece.CopyTo(buffer);
            return new(piece.Length);
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
