using System.Buffers;
using System.Text;

namespace Heliotrope.Mail.Smtp;

internal enum SmtpLineKind { Command, TooLong, Malformed, EndOfInput }

/// <summary>A line a sender wrote where a command was expected.</summary>
internal readonly record struct SmtpLine(SmtpLineKind Kind, string Verb, string Argument)
{
    public static readonly SmtpLine TooLong = new(SmtpLineKind.TooLong, "", "");
    public static readonly SmtpLine EndOfInput = new(SmtpLineKind.EndOfInput, "", "");

    /// <summary>The bytes before a LF. Without a CR before it, or with other control characters, the line is no command (RFC 5321 section 2.3.8).</summary>
    public static SmtpLine Parse(ReadOnlySequence<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (!text.EndsWith('\r') || text.AsSpan(0, text.Length - 1).ContainsAnyInRange('\0', '\u001f') || text.Contains('\u007f'))
            return new(SmtpLineKind.Malformed, "", "");
        text = text.TrimEnd();
        var space = text.IndexOf(' ');
        return space < 0
            ? new(SmtpLineKind.Command, text.ToUpperInvariant(), "")
            : new(SmtpLineKind.Command, text[..space].ToUpperInvariant(), text[(space + 1)..].TrimStart());
    }
}
