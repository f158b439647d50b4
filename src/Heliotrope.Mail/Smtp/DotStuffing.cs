using System.Buffers;

namespace Heliotrope.Mail.Smtp;

/// <summary>The transparency of DATA on the sending side (RFC 5321 section 4.5.2).</summary>
internal static class DotStuffing
{
    /// <summary>The message as it goes over the wire, without the final dot: every line ends in CRLF, lines that begin with a dot have one more.</summary>
    /// <remarks>A bare CR or LF becomes CRLF first: a server that takes one for a line end would otherwise see lines, and an end of the message, that were never stuffed.</remarks>
    public static ReadOnlyMemory<byte> Stuff(ReadOnlySpan<byte> message)
    {
        var wire = new ArrayBufferWriter<byte>(message.Length + 64);
        while (!message.IsEmpty)
        {
            if (message[0] == '.') wire.Write("."u8);
            var end = message.IndexOfAny((byte)'\r', (byte)'\n');
            wire.Write(end < 0 ? message : message[..end]);
            wire.Write("\r\n"u8);
            if (end < 0) break;
            var pair = message[end] == '\r' && end + 1 < message.Length && message[end + 1] == '\n';
            message = message[(end + (pair ? 2 : 1))..];
        }
        return wire.WrittenMemory;
    }
}
