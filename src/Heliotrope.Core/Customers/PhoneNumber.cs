using System.Diagnostics.CodeAnalysis;

namespace Heliotrope.Core.Customers;

/// <summary>A phone number: as somebody typed it, and as digits to look for.</summary>
public sealed record PhoneNumber
{
    /// <summary>The longest text of a number, in characters.</summary>
    public const int MaxLength = 40;

    /// <summary>The most digits of a number (E.164), and so many that fewer would be an extension.</summary>
    private const int MostDigits = 15, FewestDigits = 4;

    private PhoneNumber(string typed, string digits) => (Typed, Digits) = (typed, digits);

    /// <summary>As it was typed: people group digits in a way that they can read.</summary>
    public string Typed { get; }

    /// <summary>The digits, beginning with the country's where they are known: "+49 (0)30 123" and "0049 30 123" are one number.</summary>
    public string Digits { get; }

    /// <summary>Whether the country's digits come first.</summary>
    public bool IsInternational => Typed.StartsWith('+') || Typed.StartsWith("00", StringComparison.Ordinal);

    /// <summary>Reads a number as people write it: digits with spaces, brackets, dots, slashes and dashes between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="phone">The number.</param>
    /// <returns>Whether it can be a number.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PhoneNumber? phone)
    {
        phone = null;
        var typed = Folded.OneLine(text ?? "");
        if (typed.Length is 0 or > MaxLength || typed.Any(c => !char.IsAsciiDigit(c) && c is not (' ' or '+' or '(' or ')' or '-' or '.' or '/' or '\u2011' or '\u2013')) || typed.LastIndexOf('+') > 0)
        {
            return false;
        }

        var international = typed.StartsWith('+') || typed.StartsWith("00", StringComparison.Ordinal);
        var digits = Plain(international ? typed.Replace("(0)", "", StringComparison.Ordinal) : typed);
        if (international && !typed.StartsWith('+'))
        {
            digits = digits[2..];
        }

        if (digits.Length is < FewestDigits or > MostDigits)
        {
            return false;
        }

        phone = new(typed, digits);
        return true;
    }

    /// <summary>What to look for when somebody types a part of a number; null when there are too few digits to find anything by.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Digits that the number holds somewhere: zeros before a number are dialled here, and not abroad.</returns>
    public static string? Sought(string text)
    {
        if (text.Any(char.IsLetter))
        {
            return null;
        }

        var digits = Plain(text.Replace("(0)", "", StringComparison.Ordinal)).TrimStart('0');
        return digits.Length >= 3 ? digits : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Typed;

    private static string Plain(string text) => new([.. text.Where(char.IsAsciiDigit)]);
}

/// <summary>A phone that belongs to one customer. Two people may share one.</summary>
public sealed class CustomerPhone
{
    private CustomerPhone() => (Typed, Digits) = ("", "");

    /// <summary>A phone, ready to be kept.</summary>
    /// <param name="phone">The phone.</param>
    public CustomerPhone(PhoneNumber phone)
    {
        ArgumentNullException.ThrowIfNull(phone);
        (Typed, Digits) = (phone.Typed, phone.Digits);
    }

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public long CustomerId { get; private set; }

    /// <summary>As it was typed.</summary>
    public string Typed { get; private set; }

    /// <summary>As it is looked for.</summary>
    public string Digits { get; private set; }

    /// <summary>Gives it to somebody else: two people became one, or one became two.</summary>
    /// <param name="customer">Whose it is from now on.</param>
    public void MoveTo(long customer) => CustomerId = customer;
}
