using System.IO.Pipelines;
using System.Net.Security;
using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public sealed class SmtpStartTlsTests
{
    private static readonly SmtpListenerOptions Options = Wire.Options with { Certificate = TestCertificate.SelfMade };
    private readonly Recorder _receiver = new();

    [Fact]
    public async Task A_message_comes_inside_TLS_and_the_envelope_says_so()
    {
        var (client, server) = Wire.Connect();
        var session = Wire.Serve(server, _receiver, Options);
        await Send(client, $"{Wire.Hello}STARTTLS\r\n");
        Assert.Contains("250-STARTTLS\r\n", await Until(client, "220 2.0.0 Begin\r\n"), StringComparison.Ordinal);

        await using var tls = await Secure(client);
        using var said = new StreamReader(tls, leaveOpen: true);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"{Wire.Hello}STARTTLS\r\n{Wire.Envelope}DATA\r\nsafe\r\n.\r\nQUIT\r\n"));
        var answers = await said.ReadToEndAsync();
        await session;

        Assert.DoesNotContain("STARTTLS", answers.Replace("STARTTLS is not offered", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("250 503 250 250 354 250 221", Wire.Codes(answers));
        Assert.True(Assert.Single(_receiver.Messages).Envelope.Tls);
    }

    [Fact]
    public async Task What_was_sent_in_clear_behind_STARTTLS_is_never_taken_for_words_inside_TLS()
    {
        var (client, server) = Wire.Connect();
        await Send(client, $"{Wire.Hello}{Wire.Envelope}STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@client.example>\r\nRCPT TO:<boss@desk.example>\r\n");
        var session = Wire.Serve(server, _receiver, Options);
        await Until(client, "220 2.0.0 Begin\r\n");

        await using var tls = await Secure(client);
        using var said = new StreamReader(tls, leaveOpen: true);
        await tls.WriteAsync("DATA\r\nMAIL FROM:<a@b.example>\r\nQUIT\r\n"u8.ToArray());
        Assert.Equal("503 503 221", Wire.Codes(await said.ReadToEndAsync()));
        await session;
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task A_handshake_of_garbage_ends_the_session_quietly()
    {
        var (client, server) = Wire.Connect();
        var session = Wire.Serve(server, _receiver, Options);
        await Send(client, $"{Wire.Hello}STARTTLS\r\n");
        await Until(client, "220 2.0.0 Begin\r\n");
        await Send(client, "MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n");
        await session;
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task Garbage_within_TLS_ends_the_session_quietly()
    {
        var (client, server) = Wire.Connect();
        var session = Wire.Serve(server, _receiver, Options);
        await Send(client, $"{Wire.Hello}STARTTLS\r\n");
        await Until(client, "220 2.0.0 Begin\r\n");
        await using var tls = await Secure(client);
        await client.Output.WriteAsync(Enumerable.Repeat((byte)'x', 1000).ToArray());
        await session;
        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task A_handshake_that_never_comes_is_not_waited_for()
    {
        var (client, server) = Wire.Connect();
        await Send(client, $"{Wire.Hello}STARTTLS\r\n");
        await Wire.Serve(server, _receiver, Options with { IdleTimeout = TimeSpan.FromMilliseconds(50) });
        Assert.Empty(_receiver.Messages);
    }

    private static async Task Send(IDuplexPipe client, string text) => await client.Output.WriteAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<SslStream> Secure(IDuplexPipe client)
    {
        var tls = new SslStream(new PipeStream(client));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == TestCertificate.SelfMade.Thumbprint,
        });
        return tls;
    }

    private static async Task<string> Until(IDuplexPipe client, string end)
    {
        while (true)
        {
            var read = await client.Input.ReadAsync();
            var text = Encoding.ASCII.GetString(read.Buffer);
            var done = text.EndsWith(end, StringComparison.Ordinal);
            client.Input.AdvanceTo(done ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (done) return text;
            Assert.False(read.IsCompleted, text);
        }
    }

    /// <summary>The client's end as a stream for its TLS.</summary>
    private sealed class PipeStream(IDuplexPipe pipe) : Stream
    {
        private readonly Stream _in = pipe.Input.AsStream();
        private readonly Stream _out = pipe.Output.AsStream();

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _in.ReadAsync(buffer, cancellationToken);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _out.WriteAsync(buffer, cancellationToken);
        public override Task FlushAsync(CancellationToken cancellationToken) => _out.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
