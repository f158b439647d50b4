namespace Heliotrope.Core.Coach;

/// <summary>What stands between backticks, which is shown as it is and says nothing to anybody.</summary>
internal static class Code
{
    /// <summary>Writes spaces over it, so that every other place stays where it was.</summary>
    public static string Blank(string text)
    {
        if (!text.Contains('`', StringComparison.Ordinal))
        {
            return text;
        }

        var blanked = text.ToCharArray();

        // Where a run of backticks is closed by one of the same length; each run is looked at once from either side.
        var open = new Dictionary<int, Queue<int>>();
        var runs = Runs(text);
        foreach (var (at, length) in runs)
        {
            (open.TryGetValue(length, out var places) ? places : open[length] = new()).Enqueue(at);
        }

        var done = 0;
        foreach (var (at, length) in runs)
        {
            var places = open[length];
            while (places.Count > 0 && places.Peek() <= at)
            {
                places.Dequeue();
            }

            if (at < done || !places.TryPeek(out var close) || (length < 3 && text.AsSpan(at, close - at).Contains("\n\n", StringComparison.Ordinal)))
            {
                continue;
            }

            for (var i = at; i < close + length; i++)
            {
                blanked[i] = blanked[i] == '\n' ? '\n' : ' ';
            }

            done = close + length;
        }

        return new(blanked);
    }

    private static List<(int At, int Length)> Runs(string text)
    {
        var runs = new List<(int, int)>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && text[i] == '`')
            {
                i++;
            }

            if (i > start)
            {
                runs.Add((start, i - start));
            }

            i = Math.Max(i, start + 1);
        }

        return runs;
    }
}
