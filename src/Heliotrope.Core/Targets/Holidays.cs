using System.Globalization;
using System.Text;
using NodaTime;

namespace Heliotrope.Core.Targets;

/// <summary>Local days on which nobody works: <c>12-25 Christmas Day</c> each year, <c>2026-12-24 Party</c> in one.</summary>
internal sealed class Holidays
{
    /// <summary>A leap year, so that 29 February is a day.</summary>
    private const int AnyYear = 2000;

    private readonly SortedDictionary<LocalDate, string> _once = [];
    private readonly SortedDictionary<LocalDate, string> _yearly = [];
    private readonly HashSet<LocalDate> _onceDays;
    private readonly bool[] _yearlyDays = new bool[13 * 32];

    private Holidays(IEnumerable<Holiday> days)
    {
        foreach (var day in days)
        {
            var known = day.Yearly ? _yearly : _once;
            known[day.Date] = known.TryGetValue(day.Date, out var name) && name.Length > 0 ? name : day.Name;
        }

        _onceDays = [.. _once.Keys];
        foreach (var day in _yearly.Keys)
        {
            _yearlyDays[(day.Month * 32) + day.Day] = true;
        }
    }

    public static Result<Holidays> Parse(string text)
    {
        if (text.Length > WorkingHours.MaxText)
        {
            return Malformed($"The holidays are longer than {WorkingHours.MaxText} characters.");
        }

        var days = new List<Holiday>();
        foreach (var line in text.Split([',', '\n', '\r']).Select(l => Piece.Plain(l)).Where(l => l.Length > 0))
        {
            if (Read(line) is not { } day)
            {
                return Malformed($"{Piece.Of(line)} is no holiday. 2026-12-24 is one in that year, 12-25 Christmas Day is one in every year; each on its own line, or with commas between.");
            }

            days.Add(day);
        }

        return new Holidays(days);
    }

    public bool Contains(LocalDate day) => _yearlyDays[(day.Month * 32) + day.Day] || _onceDays.Contains(day);

    public override string ToString() => string.Join('\n', [
        .. _yearly.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key.Month:00}-{d.Key.Day:00} {d.Value}").TrimEnd()),
        .. _once.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key.Year:0000}-{d.Key.Month:00}-{d.Key.Day:00} {d.Value}").TrimEnd())]);

    private static Holiday? Read(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (date, name) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
        var yearly = date.Length == 5;
        return DateOnly.TryParseExact(yearly ? $"{AnyYear}-{date}" : date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && CanBeKept(name)
            ? new(LocalDate.FromDateOnly(day), yearly, name)
            : null;
    }

    /// <summary>No database keeps half a character or a zero byte.</summary>
    private static bool CanBeKept(string name)
    {
        for (var i = 0; i < name.Length;)
        {
            if (Rune.DecodeFromUtf16(name.AsSpan(i), out var rune, out var length) is not System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
            {
                return false;
            }

            i += length;
        }

        return true;
    }

    private static Refusal Malformed(string detail) => Refusal.Invalid("holidays.malformed", detail, "holidays");

    private readonly record struct Holiday(LocalDate Date, bool Yearly, string Name);
}
