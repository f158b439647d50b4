using System.Collections.Concurrent;
using System.Reflection;

namespace Heliotrope.Core.Phrases;

/// <summary>
/// The phrases of one room in one language: an embedded text with <c>[sections]</c>, one phrase a line as <see cref="PhraseSet"/> describes,
/// and notes after <c>//</c>. A new language is a new file beside the others; nothing else names the languages.
/// </summary>
public sealed class PhraseBook
{
    private static readonly ConcurrentDictionary<string, PhraseBook?> Read = [];

    private readonly Dictionary<string, PhraseSet> _sets = [];
    private readonly Dictionary<string, string[]> _lines = [];

    private PhraseBook(string text)
    {
        var lines = text.Split('\n').Select(l => l.Split("//")[0].Trim()).Where(l => l.Length > 0).ToList();
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i] is not ['[', .. var name, ']'])
            {
                throw new FormatException($"This line stands before any section: {lines[i]}");
            }

            // A phrase can begin with something optional; only a line that is one bracket is a heading.
            string[] section = [.. lines.Skip(i + 1).TakeWhile(l => !IsHeading(l))];
            _lines.Add(name, section);
            _sets.Add(name, PhraseSet.Parse(section));
            i += section.Length + 1;
        }
    }

    /// <summary>The phrases of a section; none when the language has no such section.</summary>
    /// <param name="section">Its name.</param>
    public PhraseSet this[string section] => _sets.GetValueOrDefault(section, PhraseSet.Empty);

    /// <summary>The lines of a section as they are written, for what is no phrase; none when there is no such section.</summary>
    /// <param name="section">Its name.</param>
    public IReadOnlyList<string> Lines(string section) => _lines.GetValueOrDefault(section, []);

    /// <summary>The book of a room in a language.</summary>
    /// <param name="room">The room, such as <c>Coach</c>.</param>
    /// <param name="language">The language, such as <c>en</c>.</param>
    /// <returns>The book; null when the room does not know the language.</returns>
    public static PhraseBook? Of(string room, string language) => Read.GetOrAdd($"{room}/{language}.txt", Open);

    /// <summary>The languages that a room knows.</summary>
    /// <param name="room">The room.</param>
    /// <returns>Their codes, in alphabetical order.</returns>
    public static IReadOnlyList<string> Languages(string room) =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith($"{room}/", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal))
            .Select(name => name[(room.Length + 1)..^4])
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsHeading(string line) => line is ['[', .. var name, ']'] && name.All(c => char.IsAsciiLetterLower(c) || c == '-');

    private static PhraseBook? Open(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }
}
