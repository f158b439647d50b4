using System.Text;

namespace Heliotrope.Server.Platform;

/// <summary>Makes text from outside fit for both databases: no NUL (PostgreSQL refuses it), no half of a surrogate pair, no more than a limit.</summary>
internal static class StorableText
{
    public static string Storable(this string text, int most)
    {
        if (text.Length > most)
        {
            text = text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
        }

        if (IsStorable(text))
        {
            return text;
        }

        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate becomes U+FFFD here
        {
            if (rune.Value != 0)
            {
                storable.Append(rune.ToString());
            }
        }

        return storable.ToString();
    }

    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
            {
                return false;
            }

            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }
}
