using System.Buffers;
using System.Text;

namespace Heliotrope.Mail.Smtp;

internal enum SmtpLineKind { Command, TooLong, Malformed, BareLineFeed, EndOfInput }

/// <summary>A line a sender wrote where a command was expected.</summary>
internal readonly record struct SmtpLine(SmtpLineKind Kind, string Verb, string Argument)
{
    public static readonly SmtpLine TooLong = new(SmtpLineKind.TooLong, "", "");
    private static readonly SmtpLine Malformed = new(SmtpLineKind.Malformed, "", "");
    private static readonly SmtpLine BareLineFeed = new(SmtpLineKind.BareLineFeed, "", "");
    public static readonly SmtpLine EndOfInput = new(SmtpLineKind.EndOfInput, "", "");

    /// <summary>The bytes before a LF. Only CRLF ends a command (RFC 5321 section 2.3.8), and none holds other control characters.</summary>
    public static SmtpLine Parse(ReadOnlySequence<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (!text.EndsWith('\r')) return BareLineFeed;
        if (text.AsSpan(0, text.Length - 1).ContainsAnyInRange('\0', '\u001f') || text.Contains('\u007f')) return Malformed;
        text = text.TrimEnd();
        var space = text.IndexOf(' ');
        return space < 0
            ? new(SmtpLineKind.Command, text.ToUpperInvariant(), "")
            : new(SmtpLineKind.Command, text[..space].ToUpperInvariant(), text[(space + 1)..].TrimStart());
    }
}
