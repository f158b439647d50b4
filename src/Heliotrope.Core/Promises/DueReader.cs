using System.Globalization;
using Heliotrope.Core.Phrases;
using NodaTime;

namespace Heliotrope.Core.Promises;

/// <summary>Finds in a sentence the words that say when. What the words of a language mean is in its file; these are the rules that they name.</summary>
internal sealed class DueReader(DueLanguage language, DueCalendar calendar)
{
    private const int MostFillers = 3;

    /// <summary>The pieces of some words, in order; what belongs together ("tomorrow", "before 3") is one.</summary>
    public List<DuePiece> Read(Passage passage, int first, int next)
    {
        var pieces = new List<DuePiece>();
        var slots = new DueSlots(language, passage, next);
        for (var at = first; at < next;)
        {
            if (slots.Longest(at) is not { } longest)
            {
                at++;
                continue;
            }

            var piece = Meaning(longest.Pattern, longest.Fields, new(at, longest.Next));
            at = piece.Next;

            if (pieces.Count > 0 && Joined(passage, pieces[^1], piece) is { } joined)
            {
                pieces[^1] = joined;
            }
            else
            {
                pieces.Add(piece);
            }
        }

        return pieces;
    }

    private DuePiece? Joined(Passage passage, DuePiece before, DuePiece after)
    {
        if (after.First - before.Next > MostFillers)
        {
            return null;
        }

        var orTo = false;
        for (var i = before.Next - 1; i < after.First; i++)
        {
            if (i >= before.Next && !language.Fillers.Contains(passage.Words[i].Plain) && !language.Ranges.Contains(passage.Words[i].Plain))
            {
                return null;
            }

            orTo |= i >= before.Next && language.Ranges.Contains(passage.Words[i].Plain);
            orTo |= passage.After(i).Trim() is "-" or "–" or "/";
            if (passage.After(i).ContainsAny(";:!?") || (passage.After(i).Contains(',') && IsAnotherDay(before, after)))
            {
                return null;
            }
        }

        return before.With(after, orTo);
    }

    /// <summary>"Tuesday, 4 December" is one day; "he signs it on Monday, on Tuesday I …" are two.</summary>
    private static bool IsAnotherDay(DuePiece before, DuePiece after) =>
        before.Day is { } day && after.Day is { } other && day != other && before.IsDate == after.IsDate;

    private DuePiece Meaning(DuePattern pattern, DueFields slots, DuePiece words)
    {
        var arguments = pattern.Arguments;
        switch (pattern.Rule)
        {
            case "none":
                return words with { IsNone = true };
            case "vague":
                return words with { IsVague = true };
            case "day":
                return OnDay(words, calendar.Today.PlusDays(Number(arguments[0])));
            case "weekday":
                var weekday = slots.Weekday!.Value;
                var named = arguments switch
                {
                    ["week", var weeks] => calendar.DayOfWeek(Number(weeks), weekday),
                    ["before"] => calendar.Coming(weekday).PlusDays(-1),
                    _ => calendar.Coming(weekday),
                };
                return slots.Part is { } part ? Part(OnDay(words, named), part) : OnDay(words, named);
            case "week":
                return OnDay(words, calendar.DayOfWeek(Number(arguments[0]), Number(arguments[1])));
            case "calendar-week":
                return OnDay(words, calendar.FridayOfWeek((int)slots.Number!.Value));
            case "month-end":
                return OnDay(words, calendar.EndOfMonth(Number(arguments[0])));
            case "month":
                return OnDay(words, calendar.InMonth(slots.Year, slots.Month!.Value, Number(arguments[0])));
            case "date":
                return OnDay(words, DateOf(slots)?.PlusDays(arguments is ["before"] ? -1 : 0)) with { IsDate = true };
            case "in":
                return In(words, slots.Number ?? (arguments is [var few] ? Number(few) : 1), slots.Unit!.Value);
            case "count":
                return In(words, double.Parse(arguments[0], CultureInfo.InvariantCulture), Enum.Parse<DueUnit>(arguments[1], ignoreCase: true));
            case "working-hours":
                return In(words, slots.Number ?? 1, DueUnit.Hour);
            case "working-days":
                return In(words, slots.Number ?? 1, DueUnit.WorkingDay);
            case "clock":
                return words with { Clock = Moved(slots.Clock!.Value, arguments is [var minutes] ? Number(minutes) : 0) };
            case "part":
                return Part(words, arguments[0]);
            default:
                throw new FormatException($"There is no rule {pattern.Rule}.");
        }
    }

    private LocalDate? DateOf(DueFields slots)
    {
        if (slots.Month is not { } month)
        {
            return calendar.DayOfMonth(slots.Day!.Value);
        }

        var date = calendar.Date(slots.Year, month, slots.Day!.Value);
        var swapped = slots.EitherOrder ? calendar.Date(slots.Year, slots.Day.Value, month) : null;

        // "12/4" is the one of the two that comes first: a promise is for soon.
        return date is null || swapped < date ? swapped ?? date : date;
    }

    private DuePiece In(DuePiece words, double count, DueUnit unit) => unit switch
    {
        DueUnit.Minute or DueUnit.Hour => calendar.After(TimeSpan.FromMinutes(Math.Min(count, 100_000) * (unit is DueUnit.Hour ? 60 : 1))) is { } due
            ? words with { Counted = due }
            : words with { IsVague = true },
        _ => OnDay(words, calendar.Later(count, unit)),
    };

    private static DuePiece OnDay(DuePiece words, LocalDate? day) => day is null ? words with { IsVague = true } : words with { Day = day };

    private static DuePiece Part(DuePiece words, string part) =>
        part == "close" ? words with { Close = true, IsPart = true } : words with { Clock = new(Number(part.Split(':')[0]), Number(part.Split(':')[1]), false), IsPart = true };

    /// <summary>"Halb drei" is half an hour before three.</summary>
    private static DueClock Moved(DueClock clock, int minutes)
    {
        var moved = ((clock.Hour * 60) + clock.Minute + minutes + (24 * 60)) % (24 * 60);
        return clock with { Hour = moved / 60 is 0 && clock.EitherHalf ? 12 : moved / 60, Minute = moved % 60 };
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
