using System.Globalization;
using System.Net;

namespace Heliotrope.Server.Mailboxes;

/// <summary>A mailbox's address, as far as its servers depend on it.</summary>
/// <param name="Local">What is before the @.</param>
/// <param name="Domain">What is after it: in ASCII and small letters, with at least one dot.</param>
internal sealed record AddressParts(string Local, string Domain)
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>As it is written to sign in.</summary>
    public string Whole => $"{Local}@{Domain}";

    /// <summary>Null for what is no address on the internet.</summary>
    public static AddressParts? Read(string text)
    {
        var trimmed = text.Trim();
        var at = trimmed.LastIndexOf('@');
        if (at < 1 || at > 64 || trimmed.AsSpan(0, at).ContainsAny(' ', '\t', '"') || trimmed.Any(char.IsControl))
        {
            return null;
        }

        return Host(trimmed[(at + 1)..]) is { } domain ? new(trimmed[..at], domain) : null;
    }

    /// <summary>A name that can be looked up in DNS, in ASCII and small letters; null for anything else, such as an IP address.</summary>
    public static string? Host(string text)
    {
        try
        {
            var ascii = Idn.GetAscii(text.Trim().TrimEnd('.')).ToLowerInvariant();
            return ascii.Contains('.', StringComparison.Ordinal) && ascii.Length <= 253 && !IPAddress.TryParse(ascii, out _) && Uri.CheckHostName(ascii) is UriHostNameType.Dns ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
