using System.Text.RegularExpressions;

namespace Heliotrope.Server.Shell;

/// <summary>Takes plain text apart for showing: paragraphs, lines, and web addresses.</summary>
internal static partial class PlainText
{
    /// <summary>The paragraphs: what blank lines part.</summary>
    public static string[] Paragraphs(string text) => BlankLines().Split(text.ReplaceLineEndings("\n").Trim());

    /// <summary>The pieces of a paragraph in order; a line break is a piece of its own.</summary>
    public static IEnumerable<(string Piece, bool Link)> Pieces(string paragraph) =>
        from piece in Seams().Split(paragraph)
        where piece.Length > 0
        select (piece, piece.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(piece, UriKind.Absolute, out _));

    [GeneratedRegex(@"\n[ \t]*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"(\n|https?://[^\s<>""]*[^\s<>"".,;:!?)\]'])", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Seams();
}
