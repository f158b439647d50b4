using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>One encoded word: <c>=?charset?B or Q?text?=</c> (RFC 2047 section 2), its bytes not yet made text.</summary>
internal readonly record struct EncodedWord(string Charset, byte[] Bytes)
{
    /// <summary>Reads the word at <paramref name="start"/>; a word cut off before its end is read up to the next space.</summary>
    public static bool TryRead(string value, int start, WordEnds ends, out EncodedWord word, out int after)
    {
        word = default;
        after = start;
        var charsetEnd = Find(value, '?', start + 2, 64);
        if (charsetEnd < 0 || charsetEnd + 2 >= value.Length || value[charsetEnd + 2] != '?')
        {
            return false;
        }
        var kind = char.ToUpperInvariant(value[charsetEnd + 1]);
        var charset = value[(start + 2)..charsetEnd];
        var language = charset.IndexOf('*', StringComparison.Ordinal);
        charset = language > 0 ? charset[..language] : charset;
        if (kind is not ('B' or 'Q') || charset.Length == 0 || charset.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            return false;
        }
        var textStart = charsetEnd + 3;
        var textEnd = ends.After(textStart);
        if (textEnd >= 0)
        {
            after = textEnd + 2;
        }
        else
        {
            // Cut off, as by a header that was folded away or truncated: only believed for a charset we know.
            if (!Charsets.IsKnown(charset))
            {
                return false;
            }
            textEnd = value.AsSpan(textStart).IndexOfAny(' ', '\t');
            textEnd = after = textEnd < 0 ? value.Length : textStart + textEnd;
        }
        var text = Encoding.Latin1.GetBytes(value[textStart..textEnd]);
        word = new EncodedWord(charset, kind == 'B' ? Base64.Decode(text) : QuotedPrintable.DecodeWord(text));
        return true;
    }

    private static int Find(string value, char wanted, int from, int within)
    {
        var index = from >= value.Length ? -1 : value.AsSpan(from, Math.Min(within, value.Length - from)).IndexOf(wanted);
        return index < 0 ? -1 : from + index;
    }
}

/// <summary>Finds where encoded words end, and remembers that there are no more, so that no text is searched twice.</summary>
internal sealed class WordEnds(string value)
{
    private int searchedFrom = int.MaxValue;

    /// <summary>Where the next "?=" is; -1 when there is none.</summary>
    public int After(int start)
    {
        if (start >= searchedFrom)
        {
            return -1;
        }
        var end = value.IndexOf("?=", start, StringComparison.Ordinal);
        if (end < 0)
        {
            searchedFrom = start;
        }
        return end;
    }
}
