namespace Heliotrope.Mail.Reading;

/// <summary>Reads ids out of Message-ID, In-Reply-To and References (RFC 5322 section 3.6.4).</summary>
internal static class MessageIds
{
    private const int MaxLength = 998;

    /// <summary>The ids in angle brackets; without any, every word that looks like one.</summary>
    public static List<string> Parse(string value)
    {
        var ids = new List<string>();
        var position = 0;
        while (position < value.Length)
        {
            var open = value.IndexOf('<', position);
            var close = open < 0 ? -1 : value.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }
            // A second "<" before the end: the first one was never closed.
            var last = value.LastIndexOf('<', close);
            Add(ids, value[(last + 1)..close]);
            position = close + 1;
        }
        if (ids.Count == 0)
        {
            foreach (var word in value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.Contains('@', StringComparison.Ordinal))
                {
                    Add(ids, word.Trim('<', '>', '"', ',', ';'));
                }
            }
        }
        return ids;
    }

    private static void Add(List<string> ids, string raw)
    {
        var id = new string([.. raw.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))]);
        if (id.Length is > 0 and <= MaxLength && !ids.Contains(id, 20))
        {
            ids.Add(id);
        }
    }

    /// <summary>Looks only at the newest few, so that a long list costs no more than its length.</summary>
    private static bool Contains(this List<string> ids, string id, int newest) => ids.LastIndexOf(id, ids.Count - 1, Math.Min(newest, ids.Count)) >= 0;
}
