using System.Collections.Concurrent;
using System.Globalization;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>The words of one language for days and times, from the tables in <c>Promises/Phrases</c>.</summary>
internal sealed class DueLanguage
{
    private static readonly ConcurrentDictionary<string, DueLanguage> Read = [];

    private DueLanguage(PhraseBook book)
    {
        Weekdays = Table(book, "weekdays", Number);
        Months = Table(book, "months", Number);
        Numbers = Table(book, "numbers", value => double.Parse(value, CultureInfo.InvariantCulture));
        Ordinals = Table(book, "ordinals", Number);
        Units = Table(book, "units", value => Enum.Parse<DueUnit>(value, ignoreCase: true));
        DayParts = Table(book, "day-parts", value => value);
        ClockWords = [.. book.Lines("clock").SelectMany(DuePattern.Read).OrderByDescending(line => line.Items.Length).Select(line => (line.Items, line.Rule))];
        Abouts = [.. book.Lines("abouts").SelectMany(line => DuePattern.Read($"{line} = about")).Select(words => words.Items).OrderByDescending(words => words.Length)];
        Ranges = [.. book.Lines("ranges").Select(word => Plainly.Fold(word))];
        Fillers = [.. book.Lines("fillers").Select(word => Plainly.Fold(word))];
        foreach (var pattern in book.Lines("dates").SelectMany(DuePattern.Read))
        {
            Patterns.Add(pattern);
        }
    }

    /// <summary>1 is Monday, as in ISO 8601.</summary>
    public Dictionary<string, int> Weekdays { get; }

    public Dictionary<string, int> Months { get; }

    public Dictionary<string, double> Numbers { get; }

    public Dictionary<string, int> Ordinals { get; }

    public Dictionary<string, DueUnit> Units { get; }

    /// <summary>Parts of a day that are written in one word with it ("Freitagnachmittag"): a time, or <c>close</c>.</summary>
    public Dictionary<string, string> DayParts { get; }

    /// <summary>What follows an hour: <c>am</c>, <c>pm</c>, or <c>clock</c> when it only says that it is one.</summary>
    public IReadOnlyList<(string[] Words, string Half)> ClockWords { get; }

    /// <summary>What may stand before a number: "at most", "about".</summary>
    public IReadOnlyList<string[]> Abouts { get; }

    /// <summary>Words between the two ends of "three to five".</summary>
    public HashSet<string> Ranges { get; }

    /// <summary>Words that may stand between a day and its time.</summary>
    public HashSet<string> Fillers { get; }

    /// <summary>All ways to say when.</summary>
    public DueNode Patterns { get; } = new();

    public static DueLanguage Of(string language) => Read.GetOrAdd(language, name => new(PhraseBook.Of("Promises", name)!));

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static Dictionary<string, T> Table<T>(PhraseBook book, string section, Func<string, T> read) =>
        book.Lines(section).SelectMany(DuePattern.Read).ToDictionary(line => line.Items.Single(), line => read(line.Rule));
}

/// <summary>In what a stretch of time is counted.</summary>
internal enum DueUnit
{
    Minute,
    Hour,
    Day,
    WorkingDay,
    Week,
    Month,
    Year,
}
