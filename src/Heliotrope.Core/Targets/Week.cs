using NodaTime;

namespace Heliotrope.Core.Targets;

/// <summary>The spans of each weekday, read from a text such as <c>Mon-Fri 09:00-12:30 13:30-18:00; Sat 10:00-14:00</c>.</summary>
internal sealed class Week
{
    /// <summary>More is a mistake, and each costs time on every one of the days looked through.</summary>
    private const int MaxSpansOfADay = 12;

    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private readonly Span[][] _days;

    private Week(Span[][] days) => _days = days;

    /// <summary>The spans that begin on a weekday, in order.</summary>
    public IReadOnlyList<Span> this[IsoDayOfWeek day] => _days[(int)day - 1];

    public static Result<Week> Parse(string text)
    {
        if (text.Length > WorkingHours.MaxText)
        {
            return Malformed($"The hours are longer than {WorkingHours.MaxText} characters.");
        }

        var days = Array.ConvertAll(Names, _ => new List<Span>());
        foreach (var group in text.Split([';', '\n', '\r']).Select(g => Piece.Plain(g.Replace('–', '-'), '-', ',')).Where(g => g.Length > 0))
        {
            if (ReadGroup(group, days) is { } refusal)
            {
                return refusal;
            }
        }

        if (days.All(d => d.Count == 0))
        {
            return Malformed("There are no hours. At least one day such as Mon-Fri 09:00-17:00 is needed.");
        }

        Array.ForEach(days, d => d.Sort((a, b) => a.Opens - b.Opens));
        return Overlap(days) is { } overlap ? overlap : new Week(Array.ConvertAll(days, Joined));
    }

    /// <summary>Days with the same spans together, from the first weekday on.</summary>
    public override string ToString() => string.Join("; ",
        from day in Enumerable.Range(0, Names.Length)
        where _days[day].Length > 0
        group day by string.Join(' ', _days[day]) into alike
        select $"{Days([.. alike])} {alike.Key}");

    private static Refusal? ReadGroup(string group, List<Span>[] days)
    {
        var words = group.Split(' ', ',');
        var named = words.TakeWhile(w => w.Length == 0 || !char.IsAsciiDigit(w[0])).ToArray();
        var chosen = new HashSet<int>();
        foreach (var word in named)
        {
            if (ReadDays(word) is not { } some)
            {
                return Malformed($"{Piece.Of(word)} in {Piece.Of(group)} is no day. Mon, Tue, Wed, Thu, Fri, Sat and Sun are, and Mon-Fri.");
            }

            chosen.UnionWith(some);
        }

        if (chosen.Count == 0 || named.Length == words.Length)
        {
            return Malformed($"{Piece.Of(group)} lacks its {(chosen.Count == 0 ? "days" : "times")}. Write the days and then the times, such as Mon-Fri 09:00-17:00.");
        }

        foreach (var word in words.Skip(named.Length))
        {
            if (Span.Read(word) is not { } span)
            {
                return Malformed($"{Piece.Of(word)} in {Piece.Of(group)} is no opening and closing time. 09:00-17:00 is, and 22:00-06:00; a day ends at 24:00.");
            }

            foreach (var day in chosen)
            {
                days[day].Add(span);
                if (days[day].Count > MaxSpansOfADay)
                {
                    return Malformed($"{Names[day]} opens more than {MaxSpansOfADay} times.");
                }
            }
        }

        return null;
    }

    /// <summary><c>Mon</c> or <c>Mon-Fri</c>; a range may go over the week's end, as <c>Sun-Thu</c> does.</summary>
    private static IEnumerable<int>? ReadDays(string word)
    {
        var ends = Array.ConvertAll(word.Split('-'), e => Array.FindIndex(Names, n => n.Equals(e, StringComparison.OrdinalIgnoreCase)));
        return ends.Length > 2 || ends.Contains(-1)
            ? null
            : Enumerable.Range(ends[0], ((ends[^1] - ends[0] + Names.Length) % Names.Length) + 1).Select(d => d % Names.Length);
    }

    /// <summary>A span that begins before the one before it has ended, be it the next day; the week is a ring.</summary>
    private static Refusal? Overlap(List<Span>[] days)
    {
        var all = days.SelectMany((spans, day) => spans.Select(span => (Day: day, Span: span))).ToArray();
        for (var i = 1; i <= all.Length; i++)
        {
            var (before, after) = (all[i - 1], all[i % all.Length]);
            var between = ((i == all.Length ? after.Day + Names.Length : after.Day) - before.Day) * Span.Day;
            if (after.Span.Opens + between < before.Span.Closes)
            {
                return Malformed($"{Names[after.Day]} {after.Span} begins before {Names[before.Day]} {before.Span} ends.");
            }
        }

        return null;
    }

    /// <summary>Spans that touch are one, unless it would be longer than a day and could not be written.</summary>
    private static Span[] Joined(List<Span> spans)
    {
        var joined = new List<Span>();
        foreach (var span in spans)
        {
            if (joined.Count > 0 && joined[^1].Closes == span.Opens && (span.Closes <= Span.Day || span.Closes - Span.Day < joined[^1].Opens))
            {
                joined[^1] = joined[^1] with { Closes = span.Closes };
            }
            else
            {
                joined.Add(span);
            }
        }

        return [.. joined];
    }

    private static string Days(int[] days)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var day in days)
        {
            if (runs.Count > 0 && runs[^1].Last == day - 1)
            {
                runs[^1] = (runs[^1].First, day);
            }
            else
            {
                runs.Add((day, day));
            }
        }

        return string.Join(',', runs.Select(r => r.First == r.Last ? Names[r.First] : $"{Names[r.First]}-{Names[r.Last]}"));
    }

    private static Refusal Malformed(string detail) => Refusal.Invalid("hours.malformed", detail, "hours");
}
