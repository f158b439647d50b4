using System.Text;
using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Writing;

/// <summary>Header lines, folded at 78 characters (RFC 5322 section 2.1.1).</summary>
internal static partial class HeaderWriter
{
    private const int Fold = 78;
    // A line may have 998 characters; what has no place to fold and is longer gets encoded, which can be folded anywhere.
    private const int MaxUnbroken = 900;

    /// <summary>A header from pieces, each with the blanks before it; a line may be folded before any piece.</summary>
    public static void Structured(StringBuilder message, string name, IEnumerable<string> pieces)
    {
        message.Append(name).Append(':');
        var column = name.Length + 1;
        foreach (var piece in pieces)
        {
            if (column + piece.Length > Fold && column > name.Length + 1)
            {
                message.Append("\r\n");
                column = 0;
            }
            message.Append(piece);
            column += piece.Length;
        }
        message.Append("\r\n");
    }

    /// <summary>A header of free text (RFC 5322 section 3.6.5); line breaks and other control characters become blanks.</summary>
    public static void Unstructured(StringBuilder message, string name, string value)
    {
        var text = Clean(value);
        var pieces = Words().Matches(text).Select(word => word.Value).ToList();
        if (pieces.Count > 0) pieces[0] = " " + pieces[0];
        var plain = IsPlain(text) && pieces.All(piece => piece.Length <= MaxUnbroken);
        Structured(message, name, plain ? pieces : EncodedWords.Encode(text).Select(word => " " + word));
    }

    /// <summary>ASCII that nobody will take for an encoded word.</summary>
    public static bool IsPlain(string text) => Ascii.IsValid(text) && !text.Contains("=?", StringComparison.Ordinal);

    /// <summary>One line without control characters and without blanks at its ends.</summary>
    public static string Clean(string value) => Controls().Replace(value, " ").Trim(' ');

    [GeneratedRegex(@"\r\n|[\p{Cc}\u2028\u2029]")]
    private static partial Regex Controls();

    [GeneratedRegex(" *[^ ]+")]
    private static partial Regex Words();
}
