namespace Heliotrope.Mail.Smtp;

/// <summary>What follows MAIL FROM: and RCPT TO: (RFC 5321 section 4.1.2): an address and parameters.</summary>
internal sealed record SmtpPath(string Address, IReadOnlyList<string> Parameters)
{
    // RFC 5321 allows 256; longer ones are seen, and 512 is still harmless.
    private const int MaxAddress = 512;

    public bool NeedsUtf8 => !System.Text.Ascii.IsValid(Address);

    /// <summary>Forgives a blank after the colon, missing angle brackets and a source route; null when there is no usable address.</summary>
    public static SmtpPath? Parse(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = argument[keyword.Length..].TrimStart();
        var bracketed = rest.StartsWith('<');
        if (bracketed) rest = rest[1..];
        var end = EndOfAddress(rest, bracketed);
        if (end < 0) return null;

        var address = rest[..end];
        var parameters = rest[Math.Min(rest.Length, end + 1)..];
        if (bracketed && parameters.Length > 0 && parameters[0] != ' ') return null;
        if (address.StartsWith('@')) address = address[(address.IndexOf(':') + 1)..];
        if (address.Length > MaxAddress || address.Contains('\ufffd') || (!bracketed && address.Length == 0)) return null;
        return new(address, parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Where the address ends, quoted local parts minded; -1 when it does not or holds what only a quoted part may.</summary>
    private static int EndOfAddress(string rest, bool bracketed)
    {
        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (!quoted && bracketed && c == '>') return i;
            else if (!quoted && !bracketed && c == ' ') return i;
            else if (!quoted && (c is ' ' or '<' or '>')) return -1;
        }
        return quoted || bracketed ? -1 : rest.Length;
    }
}
