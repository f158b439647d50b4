using System.Text.RegularExpressions;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Writing;

/// <summary>Names and addresses in a header (RFC 5322 section 3.4).</summary>
internal static partial class Mailboxes
{
    // A quoted name is one piece; a longer one is encoded, which can be folded.
    private const int MaxQuoted = 60;
    private const int MaxAddress = 320;

    /// <summary>Pieces for <see cref="HeaderWriter.Structured"/>.</summary>
    public static IEnumerable<string> Pieces(IReadOnlyList<MailAddress> addresses)
    {
        if (addresses.Count == 0) yield return " undisclosed-recipients:;";
        for (var i = 0; i < addresses.Count; i++)
        {
            var pieces = Pieces(addresses[i]);
            for (var j = 0; j < pieces.Count; j++)
                yield return $" {pieces[j]}{(j == pieces.Count - 1 && i < addresses.Count - 1 ? "," : "")}";
        }
    }

    private static List<string> Pieces(MailAddress mailbox)
    {
        // What seven bits cannot carry as an address is shown as a name without one (RFC 6857 section 3.1).
        if (Address(mailbox.Address) is not { } address)
            return [.. Encoded($"{mailbox.Name} {mailbox.Address}"), ":;"];
        var name = Blanks().Replace(HeaderWriter.Clean(mailbox.Name), " ").Trim();
        if (name.Length == 0) return [address];
        return [.. Phrase(name), $"<{address}>"];
    }

    private static IEnumerable<string> Phrase(string name)
    {
        if (!HeaderWriter.IsPlain(name)) return Encoded(name);
        if (Atoms().IsMatch(name)) return name.Split(' ');
        return name.Length <= MaxQuoted ? [$"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""] : Encoded(name);
    }

    private static IEnumerable<string> Encoded(string text) => EncodedWords.Encode(HeaderWriter.Clean(text));

    /// <summary>The address in seven bits, its local part quoted when it must be; null when it cannot be written.</summary>
    private static string? Address(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || address.Length > MaxAddress || EnvelopeAddress.Domain(address[(at + 1)..]) is not { } domain) return null;
        var local = address[..at];
        if (DotAtom().IsMatch(local) || QuotedLocal().IsMatch(local)) return $"{local}@{domain}";
        return Printable().IsMatch(local) ? $"\"{local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"@{domain}" : null;
    }

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,60}( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,60})*\z")]
    private static partial Regex Atoms();

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z")]
    private static partial Regex DotAtom();

    [GeneratedRegex("""\A"([ !#-\[\]-~]|\\[ -~])*"\z""")]
    private static partial Regex QuotedLocal();

    [GeneratedRegex(@"\A[ -~]+\z")]
    private static partial Regex Printable();
}
