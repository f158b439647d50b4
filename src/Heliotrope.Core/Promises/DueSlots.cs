using System.Globalization;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>An hour and a minute as they were said. "At three" may be either of two; our hours decide which.</summary>
internal readonly record struct DueClock(int Hour, int Minute, bool EitherHalf);

/// <summary>What the slots of a pattern were filled with at a place in a passage. Of two numbers or clocks, the later is kept: it is the one that counts.</summary>
internal sealed class DueSlots(DueLanguage language, Passage passage, int end)
{
    public double? Number { get; private set; }

    public DueUnit? Unit { get; private set; }

    public int? Weekday { get; private set; }

    public string? Part { get; private set; }

    public int? Day { get; private set; }

    public int? Month { get; private set; }

    public int? Year { get; private set; }

    public DueClock? Clock { get; private set; }

    /// <summary>The two numbers of "12/4", of which either may be the day.</summary>
    public bool EitherOrder { get; private set; }

    /// <summary>How many words a pattern takes from a word on; 0 when it does not fit.</summary>
    public int Match(DuePattern pattern, int first)
    {
        var at = first;
        foreach (var item in pattern.Items)
        {
            if (at >= end)
            {
                return 0;
            }

            var taken = DuePattern.IsSlot(item) ? Fill(item, at) : Plain(at) == item ? 1 : 0;
            if (taken == 0)
            {
                return 0;
            }

            at += taken;
        }

        return at - first;
    }

    private string Plain(int at) => at < end ? passage.Words[at].Plain : "";

    private int Fill(string slot, int at) => slot switch
    {
        "<number>" => FillNumber(at),
        "<unit>" => (Unit = Of(language.Units, at)) is null ? 0 : 1,
        "<weekday>" => (Weekday = Of(language.Weekdays, at)) is null ? 0 : 1,
        "<weekday-part>" => FillWeekdayPart(Plain(at)),
        "<month>" => (Month = Of(language.Months, at)) is null ? 0 : 1,
        "<year>" => (Year = Digits(at, 4)) is >= 1900 and < 2300 ? 1 : 0,
        "<nth>" => FillDay(at),
        "<date>" => FillDate(at),
        "<clock>" => FillClock(at, mustBeMarked: false),
        "<marked-clock>" => FillClock(at, mustBeMarked: true),
        _ => throw new FormatException($"There is no slot {slot}."),
    };

    private T? Of<T>(Dictionary<string, T> table, int at)
        where T : struct => table.TryGetValue(Plain(at), out var value) ? value : null;

    private int? Digits(int at, int most) =>
        at < end && passage.Words[at] is { IsNumber: true } word && word.Length <= most ? int.Parse(word.Plain, CultureInfo.InvariantCulture) : null;

    private double? NumberAt(int at) => Digits(at, 6) ?? Of(language.Numbers, at);

    private int FillNumber(int at)
    {
        if ((Number = NumberAt(at)) is null)
        {
            return 0;
        }

        if (Digits(at, 6) is not null && passage.After(at) is "." or "," && Digits(at + 1, 1) is { } tenths)
        {
            Number += tenths / 10.0;
            return 2;
        }

        var to = language.Ranges.Contains(Plain(at + 1)) ? at + 2 : IsDash(at) ? at + 1 : end;
        if (NumberAt(to) is not { } later)
        {
            return 1;
        }

        Number = Math.Max(Number.Value, later);
        return to - at + 1;
    }

    private bool IsDash(int at) => passage.After(at).Trim() is "-" or "–" or "—" or "/" or "‑";

    private int FillWeekdayPart(string word)
    {
        foreach (var (day, number) in language.Weekdays)
        {
            if (word.StartsWith(day, StringComparison.Ordinal) && language.DayParts.TryGetValue(word[day.Length..], out var part))
            {
                (Weekday, Part) = (number, part);
                return 1;
            }
        }

        return 0;
    }

    /// <summary>"4", "4th", "4." or a word for it.</summary>
    private int FillDay(int at)
    {
        Day = Digits(at, 2);
        if (Day is null)
        {
            Day = Of(language.Ordinals, at);
            return Day is null ? 0 : 1;
        }

        return Plain(at + 1) is "st" or "nd" or "rd" or "th" && passage.After(at).IsEmpty ? 2 : 1;
    }

    /// <summary>3.12., 3.12.2026, 12/4, 2026-12-04.</summary>
    private int FillDate(int at)
    {
        var mark = passage.After(at).Trim();
        if (Digits(at, 4) is not { } first || Digits(at + 1, 2) is not { } second || mark.Length != 1 || mark[0] is not ('.' or '/' or '-'))
        {
            return 0;
        }

        var third = passage.After(at + 1).Trim().SequenceEqual(mark) ? Digits(at + 2, 4) : null;
        if (passage.Words[at].Length == 4)
        {
            (Year, Month, Day) = (first, second, third);
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

        (Day, Month, EitherOrder) = (first, second, mark[0] == '/');
        Year = third is { } year && year < 100 ? 2000 + year : third;
        return third is null ? 2 : 3;
    }

    private bool EndsWithPoint(int at) => passage.Words[at].End is var next && next < passage.Text.Length && passage.Text[next] == '.';

    private int FillClock(int at, bool mustBeMarked)
    {
        if ((Digits(at, 2) ?? Of(language.Numbers, at)) is not { } hour || hour is < 0 or > 24 || hour != Math.Floor(hour))
        {
            return 0;
        }

        if (Digits(at, 2) is not null && IsDash(at) && FillClock(at + 1, mustBeMarked) is > 0 and var later)
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
        Clock = new((int)(half switch { "pm" => (hour % 12) + 12, "am" => hour % 12, _ => hour }), minute, !exact);
        return taken;
    }

    /// <summary>The words after the figures: "pm", "Uhr", "in the afternoon".</summary>
    private string? Half(ref int taken, int at)
    {
        foreach (var words in language.ClockWords)
        {
            var from = at + taken;
            if (words.Items.Select((word, i) => Plain(from + i) == word).All(same => same))
            {
                taken += words.Items.Length;
                return words.Rule;
            }
        }

        return null;
    }
}
