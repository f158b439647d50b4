using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Heliotrope.Core.Customers;

/// <summary>An address that mail can be sent to, in the one form in which we compare addresses.</summary>
public sealed record EmailAddress
{
    /// <summary>Longer ones are not deliverable (RFC 5321 section 4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    private EmailAddress(string value) => Value = value;

    /// <summary>The address in lower case. Local parts differ by case in theory only; treating them alike keeps one customer one.</summary>
    public string Value { get; }

    /// <summary>What stands before the last @.</summary>
    public string Local => Value[..Value.LastIndexOf('@')];

    /// <summary>What stands after the last @.</summary>
    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    /// <summary>The address without what follows a plus sign in its local part.</summary>
    public EmailAddress WithoutTag =>
        Local.IndexOf('+') is > 0 and var plus ? new($"{Local[..plus]}@{Domain}") : this;

    /// <summary>What follows the first plus sign in the local part; null without one.</summary>
    public string? Tag => Local.IndexOf('+') is > 0 and var plus ? Local[(plus + 1)..] : null;

    /// <summary>Reads an address as a person or a header wrote it.</summary>
    /// <param name="text">The text; white space and angle brackets around it are ignored.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether it can be an address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        var value = text?.Trim().TrimStart('<').TrimEnd('>').ToLowerInvariant();
        if (value is null || value.Length is 0 or > MaxLength)
        {
            return false;
        }

        var at = value.LastIndexOf('@');
        if (at is < 1 or > 64 || at == value.Length - 1)
        {
            return false;
        }

        foreach (var rune in value.EnumerateRunes())
        {
            // Quoted local parts are legal and nobody has one; these characters are how headers are forged.
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || rune.Value is '<' or '>' or '"' or '(' or ')' or ',' or ';' or ':' or '\\')
            {
                return false;
            }

            // What cannot be seen makes two addresses look like one; half a character cannot be stored.
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format)
            {
                return false;
            }
        }

        if (value.IndexOf('@') != at || value[(at + 1)..].Split('.').Any(label => label.Length is 0 or > 63))
        {
            return false;
        }

        address = new(value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
