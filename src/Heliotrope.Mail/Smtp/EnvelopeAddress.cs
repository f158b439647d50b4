using System.Globalization;
using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>An address as MAIL and RCPT carry it (RFC 5321 section 4.1.2, RFC 6531).</summary>
/// <param name="Wire">Between the angle brackets; the domain in ASCII.</param>
/// <param name="NeedsUtf8">The local part goes beyond ASCII, which a server must have offered to take.</param>
internal readonly record struct EnvelopeAddress(string Wire, bool NeedsUtf8)
{
    /// <summary>Null for what could not be written safely: line breaks, brackets, blanks outside quotes, no domain, or too long.</summary>
    public static EnvelopeAddress? From(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || at == address.Length - 1 || address.Length > 320) return null;
        var local = address[..at];
        var quoted = local.Length > 2 && local[0] == '"' && local[^1] == '"';
        if (address.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar)) return null;
        if (local.AsSpan().ContainsAny("<>") || (!quoted && local.Any(c => char.IsWhiteSpace(c) || c == '"'))) return null;
        return Domain(address[(at + 1)..]) is { } domain ? new($"{local}@{domain}", !Ascii.IsValid(local)) : null;
    }

    /// <summary>The domain in ASCII (RFC 5891), or an address literal; null when it is neither.</summary>
    public static string? Domain(string domain)
    {
        if (!Ascii.IsValid(domain))
        {
            try
            {
                domain = new IdnMapping().GetAscii(domain);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
        var literal = domain is ['[', .., ']'];
        var name = literal ? domain[1..^1] : domain;
        return name.Length is > 0 and < 256 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' || (literal && c == ':')) ? domain : null;
    }
}
