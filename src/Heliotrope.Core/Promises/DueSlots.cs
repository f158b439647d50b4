using System.Globalization;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>An hour and a minute as they were said. "At three" may be either of two; our hours decide which.</summary>
internal readonly record struct DueClock(int Hour, int Minute, bool EitherHalf);

/// <summary>What the slots of a pattern were filled with.</summary>
internal record struct DueFields
{
    public double? Number { get; set; }

    public DueUnit? Unit { get; set; }

    public int? Weekday { get; set; }

    public string? Part { get; set; }

    public int? Day { get; set; }

    public int? Month { get; set; }

    public int? Year { get; set; }

    public DueClock? Clock { get; set; }

    /// <summary>The two numbers of "12/4", of which either may be the day.</summary>
    public bool EitherOrder { get; set; }
}

/// <summary>Fills slots from the words of a passage. Of two numbers or clocks, the later is kept: it is the one that counts.</summary>
internal sealed class DueSlots(DueLanguage language, Passage passage, int end)
{
    /// <summary>Finds the longest pattern that begins at a word.</summary>
    /// <returns>The word after it, what it means and what its slots were filled with; null when none begins there.</returns>
    public (int Next, DuePattern Pattern, DueFields Fields)? Longest(int first)
    {
        (int, DuePattern, DueFields)? longest = null;
        Walk(language.Patterns, first, default, ref longest);
        return longest;
    }

    private void Walk(DueNode node, int at, DueFields fields, ref (int Next, DuePattern, DueFields)? longest)
    {
        if (node.Pattern is { } pattern && at > (longest?.Next ?? 0))
        {
            longest = (at, pattern, fields);
        }

        if (at >= end)
        {
            return;
        }

        if (node.Words.TryGetValue(passage.Words[at].Plain, out var next))
        {
            Walk(next, at + 1, fields, ref longest);
        }

        foreach (var (slot, to) in node.Slots)
        {
            var filled = fields;
            if (Fill(slot, at, ref filled) is > 0 and var taken)
            {
                Walk(to, at + taken, filled, ref longest);
            }
        }
    }

    private string Plain(int at) => at < end ? passage.Words[at].Plain : "";

    private int Fill(string slot, int at, ref DueFields fields) => slot switch
    {
        "<number>" => FillNumber(at, Said(language.Abouts, at), ref fields),
        "<unit>" => (fields.Unit = Of(language.Units, at)) is null ? 0 : 1,
        "<weekday>" => (fields.Weekday = Of(language.Weekdays, at)) is null ? 0 : 1,
        "<weekday-part>" => FillWeekdayPart(Plain(at), ref fields),
        "<month>" => (fields.Month = Of(language.Months, at)) is null ? 0 : 1,
        "<year>" => (fields.Year = Digits(at, 4)) is >= 1900 and < 2300 ? 1 : 0,
        "<nth>" => FillDay(at, ref fields),
        "<date>" => FillDate(at, ref fields),
        "<clock>" => FillClock(at, mustBeMarked: false, ref fields),
        "<marked-clock>" => FillClock(at, mustBeMarked: true, ref fields),
        _ => throw new FormatException($"There is no slot {slot}."),
    };

    private T? Of<T>(Dictionary<string, T> table, int at)
        where T : struct => table.TryGetValue(Plain(at), out var value) ? value : null;

    private int? Digits(int at, int most) =>
        at < end && passage.Words[at] is { IsNumber: true } word && word.Length <= most ? int.Parse(word.Plain, CultureInfo.InvariantCulture) : null;

    private double? NumberAt(int at) => Digits(at, 6) ?? Of(language.Numbers, at);

    /// <summary>A number, or the later end of two; some words such as "at most" may stand before it.</summary>
    private int FillNumber(int first, int before, ref DueFields fields)
    {
        var at = first + before;
        if ((fields.Number = NumberAt(at)) is null)
        {
            return 0;
        }

        if (Digits(at, 6) is not null && passage.After(at) is "." or "," && Digits(at + 1, 1) is { } tenths)
        {
            fields.Number += tenths / 10.0;
            return before + 2;
        }

        var to = language.Ranges.Contains(Plain(at + 1)) ? at + 2 : IsDash(at) ? at + 1 : end;
        if (NumberAt(to) is not { } later)
        {
            return before + 1;
        }

        fields.Number = Math.Max(fields.Number.Value, later);
        return to - first + 1;
    }

    private bool IsDash(int at) => passage.After(at).Trim() is "-" or "–" or "—" or "/" or "‑";

    private int FillWeekdayPart(string word, ref DueFields fields)
    {
        foreach (var (day, number) in language.Weekdays)
        {
            if (word.StartsWith(day, StringComparison.Ordinal) && language.DayParts.TryGetValue(word[day.Length..], out var part))
            {
                (fields.Weekday, fields.Part) = (number, part);
                return 1;
            }
        }

        return 0;
    }

    /// <summary>"4", "4th", "4." or a word for it.</summary>
    private int FillDay(int at, ref DueFields fields)
    {
        fields.Day = Digits(at, 2);
        if (fields.Day is null)
        {
            fields.Day = Of(language.Ordinals, at);
            return fields.Day is null ? 0 : 1;
        }

        return Plain(at + 1) is "st" or "nd" or "rd" or "th" && passage.After(at).IsEmpty ? 2 : 1;
    }

    /// <summary>3.12., 3.12.2026, 12/4, 2026-12-04.</summary>
    private int FillDate(int at, ref DueFields fields)
    {
        var mark = passage.After(at).Trim();
        if (Digits(at, 4) is not { } first || Digits(at + 1, 2) is not { } second || mark.Length != 1 || mark[0] is not ('.' or '/' or '-'))
        {
            return 0;
        }

        var third = passage.After(at + 1).Trim().SequenceEqual(mark) ? Digits(at + 2, 4) : null;
        if (passage.Words[at].Length == 4)
        {
            (fields.Year, fields.Month, fields.Day) = (first, second, third);
            return third is null ? 0 : 3;
        }

        if (first > 31 || (mark[0] == '-' && third is null))
        {
            return 0;
        }

        // "3.5" is a number, "3.5." a day of May.
        if (mark[0] == '.' && third is null && !EndsWithPoint(at + 1))
        {
            return 0;
        }

        (fields.Day, fields.Month, fields.EitherOrder) = (first, second, mark[0] == '/');
        fields.Year = third is { } year && year < 100 ? 2000 + year : third;
        return third is null ? 2 : 3;
    }

    private bool EndsWithPoint(int at) => passage.Words[at].End is var next && next < passage.Text.Length && passage.Text[next] == '.';

    private int FillClock(int at, bool mustBeMarked, ref DueFields fields)
    {
        if ((Digits(at, 2) ?? Of(language.Numbers, at)) is not { } hour || hour is < 0 or > 24 || hour != Math.Floor(hour))
        {
            return 0;
        }

        if (Digits(at, 2) is not null && IsDash(at) && FillClock(at + 1, mustBeMarked, ref fields) is > 0 and var later)
        {
            return later + 1;
        }

        var (taken, minute, marked) = (1, 0, false);
        if (passage.Words[Math.Min(at + 1, end - 1)].Length == 2 && Digits(at + 1, 2) is < 60 and var minutes && passage.After(at) is ":" or ".")
        {
            (taken, minute, marked) = (2, minutes, passage.After(at) is ":");
        }

        var half = Half(ref taken, at);
        if (half is not null && minute == 0 && Digits(at + taken, 2) is < 60 and var after && passage.Words[at + taken].Length == 2 && half == "clock")
        {
            (minute, taken) = (after, taken + 1);
        }

        if ((mustBeMarked && !marked && half is null) || (half is "am" or "pm" && hour > 12))
        {
            return 0;
        }

        var exact = hour is 0 or > 12 || half is "am" or "pm" || passage.Text[passage.Words[at].At] == '0';
        fields.Clock = new((int)(half switch { "pm" => (hour % 12) + 12, "am" => hour % 12, _ => hour }), minute, !exact);
        return taken;
    }

    /// <summary>The words after the figures: "pm", "Uhr", "in the afternoon".</summary>
    private string? Half(ref int taken, int at)
    {
        foreach (var (words, rule) in language.ClockWords)
        {
            if (IsSaid(words, at + taken))
            {
                taken += words.Length;
                return rule;
            }
        }

        return null;
    }

    /// <summary>How many words the longest of some phrases takes that is said from a word on; 0 when none is.</summary>
    private int Said(IReadOnlyList<string[]> phrases, int at)
    {
        foreach (var words in phrases)
        {
            if (IsSaid(words, at))
            {
                return words.Length;
            }
        }

        return 0;
    }

    private bool IsSaid(string[] words, int at)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (Plain(at + i) != words[i])
            {
                return false;
            }
        }

        return true;
    }
}
