using System.Globalization;
using System.Text;

namespace Heliotrope.Mail.Writing;

/// <summary>A file name as a parameter of a header, in pieces for <see cref="HeaderWriter.Structured"/>.</summary>
/// <remarks>
/// A short ASCII name is a quoted string in both headers. Any other is written in the way of RFC 2231 in Content-Disposition, and as
/// encoded words in Content-Type: programs too old for RFC 2231 look there, and read those although RFC 2047 does not want them there.
/// A plain <c>filename=</c> beside <c>filename*=</c> would do harm: many readers take the first or the plain one and show its question marks.
/// </remarks>
internal static class FileParameter
{
    // With the parameter's name it fits in a line of 78.
    private const int MaxPiece = 58;

    /// <summary>The name in Content-Disposition.</summary>
    public static IEnumerable<string> Disposition(string name) => IsShort(name) ? [Quoted("filename", name)] : Extended("filename", name);

    /// <summary>The name in Content-Type.</summary>
    public static IEnumerable<string> Type(string name)
    {
        if (IsShort(name)) return [Quoted("name", name)];
        var words = EncodedWords.Encode(name).Select(word => " " + word).ToList();
        words[0] = " name=\"" + words[0][1..];
        words[^1] += "\"";
        return words;
    }

    private static bool IsShort(string name) => name.Length <= MaxPiece && HeaderWriter.IsPlain(name);

    private static string Quoted(string parameter, string name)
        => $" {parameter}=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<string> Extended(string parameter, string name)
    {
        var pieces = new List<StringBuilder> { new("utf-8''") };
        foreach (var rune in name.EnumerateRunes())
        {
            // Whole characters only: not every reader joins the bytes before it decodes them.
            var letters = Percent(rune);
            if (pieces[^1].Length + letters.Length > MaxPiece) pieces.Add(new());
            pieces[^1].Append(letters);
        }
        return pieces.Count == 1
            ? [$" {parameter}*={pieces[0]}"]
            : pieces.Select((piece, i) => string.Create(CultureInfo.InvariantCulture, $" {parameter}*{i}*={piece}{(i < pieces.Count - 1 ? ";" : "")}"));
    }

    /// <summary>As it is when RFC 2231 section 7 allows that (attribute-char), else its bytes in UTF-8.</summary>
    private static string Percent(Rune rune)
    {
        if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '!' or '#' or '$' or '&' or '+' or '-' or '.' or '^' or '_' or '`' or '{' or '|' or '}' or '~')) return rune.ToString();
        Span<byte> utf8 = stackalloc byte[4];
        var encoded = new StringBuilder(12);
        foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        return encoded.ToString();
    }
}
