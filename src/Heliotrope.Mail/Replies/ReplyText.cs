namespace Heliotrope.Mail.Replies;

/// <summary>Finds the new words in the plain text of an answer.</summary>
public static class ReplyText
{
    internal const int MaxChars = 256 * 1024;

    /// <summary>
    /// Takes <paramref name="text"/> apart. Answers written between the lines of a quote are kept; when unsure, a line
    /// counts as new; and when an unmarked quote would be all there is, everything is new. Linear in the length.
    /// </summary>
    public static ReplyParts Split(string text)
    {
        if (text.Length > MaxChars)
        {
            // Nobody writes that much: what lies beyond is not searched for quotes.
            var cut = text.LastIndexOf('\n', MaxChars);
            var head = Split(text[..(cut > 0 ? cut : MaxChars)]);
            var tail = text[(cut > 0 ? cut : MaxChars)..];
            return head.Quoted.Length > 0 ? head with { Quoted = head.Quoted + tail } : new ReplyParts(text.Trim(), "");
        }
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var walk = new ReplyWalk(lines);
        walk.Run();
        var reply = string.Join('\n', walk.Kept.Select(line => line < 0 ? "" : lines[line].TrimEnd())).Trim();
        if (reply.Length == 0 && walk.CutUnmarked)
        {
            return new ReplyParts(text.Trim(), "");
        }
        return new ReplyParts(reply, string.Join('\n', lines.Where((_, line) => walk.IsCut(line))).Trim());
    }

    internal static bool IsQuoted(string line) => line.AsSpan().TrimStart(' ') is ['>', ..];
}
