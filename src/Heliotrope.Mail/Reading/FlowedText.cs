using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Joins the lines that format=flowed broke (RFC 3676 section 4).</summary>
internal static class FlowedText
{
    public static string Unflow(string text, bool deleteSpace)
    {
        var result = new StringBuilder(text.Length);
        var openDepth = -1;
        foreach (var raw in text.Split('\n'))
        {
            var depth = raw.AsSpan().IndexOfAnyExcept('>');
            depth = depth < 0 ? raw.Length : depth;
            var line = raw.AsSpan(depth);
            line = line.StartsWith(" ") ? line[1..] : line;
            // The separator of a signature ends with a space but is never flowed.
            var signature = line.SequenceEqual("-- ");
            if (openDepth >= 0 && (openDepth != depth || signature))
            {
                result.Append('\n');
                openDepth = -1;
            }
            if (openDepth < 0)
            {
                result.Append('>', depth).Append(depth > 0 ? " " : "");
            }
            var flows = !signature && line.EndsWith(" ");
            result.Append(flows && deleteSpace ? line[..^1] : line);
            openDepth = flows ? depth : -1;
            if (!flows)
            {
                result.Append('\n');
            }
        }
        // The split made one line more than there were line ends.
        return result.Length > 0 && result[^1] == '\n' ? result.ToString(0, result.Length - 1) : result.ToString();
    }
}
