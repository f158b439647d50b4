using System.Text;

namespace Heliotrope.Core.Targets;

/// <summary>A piece of what was given, short and harmless enough to be shown again.</summary>
internal static class Piece
{
    private const int Longest = 40;

    public static string Of(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes().Take(Longest + 1))
        {
            shown.Append(Rune.IsControl(rune) ? "\ufffd" : rune.ToString());
        }

        return shown.Length > Longest ? $"\"{shown.ToString(0, CutAt(shown))}…\"" : $"\"{shown}\"";
    }

    /// <summary>The words with one space between them, and none where the marks join: <c>Mon , Wed</c> is <c>Mon,Wed</c>.</summary>
    public static string Plain(string text, params ReadOnlySpan<char> joining)
    {
        var plain = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (var mark in joining)
        {
            plain = plain.Replace($" {mark}", mark.ToString(), StringComparison.Ordinal).Replace($"{mark} ", mark.ToString(), StringComparison.Ordinal);
        }

        return plain;
    }

    private static int CutAt(StringBuilder shown) => char.IsHighSurrogate(shown[Longest - 1]) ? Longest - 1 : Longest;
}
