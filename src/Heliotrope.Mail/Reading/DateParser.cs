using System.Globalization;

namespace Heliotrope.Mail.Reading;

/// <summary>Reads the dates of RFC 5322 section 3.3, the obsolete ones of 4.3, and what other software writes instead.</summary>
internal static class DateParser
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Null when it is no date. A missing or unknown zone is taken as UTC.</summary>
    public static DateTimeOffset? Parse(string value)
    {
        var text = WithoutComments(value.Length > 200 ? value[..200] : value).Trim();
        if (text.Length == 0)
        {
            return null;
        }
        return Compose(text) ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var other) && char.IsAsciiDigit(text[0])
            ? other
            : null);
    }

    private static DateTimeOffset? Compose(string text)
    {
        int day = 0, month = 0, year = -1;
        TimeSpan? time = null, offset = null;
        var afternoon = (bool?)null;
        foreach (var token in text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (time is null && token.Contains(':', StringComparison.Ordinal) && TryTime(token, ref offset, out var clock))
            {
                time = clock;
            }
            else if (time is not null && offset is null && TryZone(token, out var zone))
            {
                offset = zone;
            }
            else if (token.Contains('-', StringComparison.Ordinal) && token.Split('-') is { Length: 3 } pieces && MonthOf(pieces[1]) > 0)
            {
                (day, month, year) = (Number(pieces[0]), MonthOf(pieces[1]), Year(pieces[2]));
            }
            else if (MonthOf(token) is > 0 and var named && month == 0)
            {
                month = named;
            }
            else if (token.Equals("AM", StringComparison.OrdinalIgnoreCase) || token.Equals("PM", StringComparison.OrdinalIgnoreCase))
            {
                afternoon = token[0] is 'P' or 'p';
            }
            else if (Number(token.TrimEnd('.')) is >= 0 and var number)
            {
                (day, year) = day == 0 && number is > 0 and <= 31 && token.Length <= 3 ? (number, year) : (day, year < 0 ? Year(token) : year);
            }
        }
        if (day == 0 || month == 0 || year < 0)
        {
            return null;
        }
        return Make(year, month, day, (time ?? TimeSpan.Zero).Add(Half(time, afternoon)), offset ?? TimeSpan.Zero);
    }

    private static TimeSpan Half(TimeSpan? time, bool? afternoon) => (afternoon, time?.Hours) switch
    {
        (true, < 12) => TimeSpan.FromHours(12),
        (false, 12) => TimeSpan.FromHours(-12),
        _ => TimeSpan.Zero,
    };

    private static DateTimeOffset? Make(int year, int month, int day, TimeSpan time, TimeSpan offset)
    {
        if (year is < 2 or > 9997 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time;
        var sane = offset.Duration() <= TimeSpan.FromHours(14) ? offset : TimeSpan.Zero;
        return new DateTimeOffset(local, sane);
    }

    /// <summary>hh:mm, hh:mm:ss or hh:mm:ss.fff, also with the zone stuck to it.</summary>
    private static bool TryTime(string token, ref TimeSpan? offset, out TimeSpan time)
    {
        time = default;
        var cut = token.IndexOfAny(['+', '-', 'Z']);
        if (cut > 0)
        {
            offset = TryZone(token[cut..], out var zone) ? zone : offset;
            token = token[..cut];
        }
        var pieces = token.Split(':');
        var hours = Number(pieces[0]);
        var minutes = pieces.Length > 1 ? Number(pieces[1]) : -1;
        var seconds = pieces.Length > 2 ? Number(pieces[2].Split('.')[0]) : 0;
        if (hours is < 0 or > 24 || minutes is < 0 or > 59 || seconds is < 0 or > 61)
        {
            return false;
        }
        // A leap second has no place in the calendar here.
        time = new TimeSpan(hours % 24, minutes, Math.Min(seconds, 59));
        return true;
    }

    private static bool TryZone(string token, out TimeSpan offset)
    {
        offset = default;
        var sign = token[0];
        if (sign is '+' or '-')
        {
            var digits = token[1..].Replace(":", "", StringComparison.Ordinal);
            var number = Number(digits);
            if (number < 0 || digits.Length is < 1 or > 4)
            {
                return false;
            }
            offset = digits.Length <= 2 ? TimeSpan.FromHours(number) : new TimeSpan(number / 100, number % 100, 0);
            offset = sign == '-' ? -offset : offset;
            return true;
        }
        if (Zones.TryGetValue(token, out var minutes))
        {
            offset = TimeSpan.FromMinutes(minutes);
            return true;
        }
        return false;
    }

    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["Z"] = 0,
        ["WET"] = 0,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["CET"] = 60,
        ["MET"] = 60,
        ["CEST"] = 120,
        ["MEST"] = 120,
        ["MESZ"] = 120,
        ["MEZ"] = 60,
        ["BST"] = 60,
        ["EET"] = 120,
        ["EEST"] = 180,
        ["MSK"] = 180,
        ["JST"] = 540,
        ["KST"] = 540,
        ["HKT"] = 480,
        ["SGT"] = 480,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
        ["HST"] = -600,
        ["AKST"] = -540,
    };

    private static int MonthOf(string token) =>
        token.Length >= 3 && char.IsAsciiLetter(token[0])
            ? Array.FindIndex(Months, month => token.StartsWith(month, StringComparison.OrdinalIgnoreCase)) + 1
            : 0;

    /// <summary>Two and three digits as RFC 5322 section 4.3 says.</summary>
    private static int Year(string token) => (Number(token), token.Length) switch
    {
        ( < 0, _) => -1,
        (var year and < 50, <= 2) => 2000 + year,
        (var year, <= 3) => 1900 + year,
        (var year, _) => year,
    };

    private static int Number(string token) =>
        token.Length is > 0 and < 6 && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string WithoutComments(string text)
    {
        var depth = 0;
        return new string([.. text.Where(c =>
        {
            depth += c == '(' ? 1 : 0;
            var keep = depth == 0;
            depth -= c == ')' && depth > 0 ? 1 : 0;
            return keep;
        })]);
    }
}
