using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Heliotrope.Server.Tests.Shell;

public partial class WordsTests
{
    private static readonly Dictionary<string, string> English = In("Words.resx");

    private static readonly Dictionary<string, string> German = In("Words.de.resx");

    private static readonly HashSet<string> Kept = [.. English.Keys];

    /// <summary>What is the same in both languages, and why that is no oversight.</summary>
    private static readonly Dictionary<string, string> Alike = new()
    {
        ["when.minutes"] = "a unit",
        ["when.hours"] = "a unit",
        ["when.hours-minutes"] = "a unit",
        ["size.kilobytes"] = "a unit",
        ["size.megabytes"] = "a unit",
        ["outbox.message-id"] = "the name of a header",
        ["happiness.last"] = "only puts two words together",
        ["view.spam"] = "the same word",
        ["keys.alt"] = "what is written on the key",
        ["coaching.title"] = "the same word",
        ["mailboxes.port"] = "the same word",
        ["mailboxes.seconds"] = "the sign of the unit",
        ["happiness.filter.team"] = "the same word",
        ["find.org"] = "the same word",
        ["imports.column.organisation"] = "the same word",
    };

    private static readonly List<(string Key, bool IsBeginning, bool IsCount)> Asked =
    [
        .. from source in Sources.Of(".razor", ".cs")
           from Match match in Calls().Matches(source.Text)
           from Match word in Literals().Matches(match.Groups["words"].Value)
           let beginning = word.Groups["plus"].Success
           where beginning || word.Groups["key"].Value.Contains('.', StringComparison.Ordinal)
           select (word.Groups["key"].Value, beginning, match.Groups["count"].Success),
    ];

    [Fact]
    public void Every_word_a_page_asks_for_is_in_the_resources()
    {
        var missing = from asked in Asked
                      let wanted = asked.IsCount ? [asked.Key + ".one", asked.Key + ".many"] : new[] { asked.Key }
                      where asked.IsBeginning ? !Kept.Any(key => key.StartsWith(asked.Key, StringComparison.Ordinal)) : !wanted.All(Kept.Contains)
                      select asked.Key;

        Assert.NotEmpty(Asked);
        Assert.Empty(missing.Distinct());
    }

    [Fact]
    public void Every_word_in_the_resources_is_asked_for()
    {
        var unused = Kept.Where(key => !Asked.Any(asked =>
            asked.IsBeginning ? key.StartsWith(asked.Key, StringComparison.Ordinal)
            : asked.IsCount ? key == asked.Key + ".one" || key == asked.Key + ".many"
            : key == asked.Key));

        Assert.Empty(unused);
    }

    [Fact]
    public void Each_language_has_all_the_words_and_no_others()
    {
        Assert.True(Kept.Count > 250);
        Assert.Empty(English.Keys.Except(German.Keys));
        Assert.Empty(German.Keys.Except(English.Keys));
    }

    [Fact]
    public void No_words_are_empty() => Assert.Empty(English.Concat(German).Where(word => string.IsNullOrWhiteSpace(word.Value)).Select(word => word.Key));

    [Fact]
    public void What_is_filled_in_is_filled_in_everywhere() => Assert.All(Kept, key => Assert.Equal(Found(Holes(), English[key]), Found(Holes(), German[key])));

    [Fact]
    public void Words_are_translated_or_told_why_not()
    {
        var alike = Kept.Where(key => English[key] == German[key]).ToHashSet();
        Assert.Empty(alike.Except(Alike.Keys));
        Assert.Empty(Alike.Keys.Except(alike));
    }

    [Fact]
    public void One_and_many_come_in_pairs()
    {
        var ones = Kept.Where(key => key.EndsWith(".one", StringComparison.Ordinal)).Select(key => key[..^4]).ToHashSet();
        Assert.NotEmpty(ones);
        Assert.Equal(ones.Order(StringComparer.Ordinal), Kept.Where(key => key.EndsWith(".many", StringComparison.Ordinal)).Select(key => key[..^5]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Figures_in_words_are_the_same_in_both_languages() => Assert.All(Kept, key => Assert.Equal(Found(Figures(), English[key]), Found(Figures(), German[key])));

    [Fact]
    public void Words_stay_calm() => Assert.Empty(English.Concat(German).Where(word => word.Value.Contains('!', StringComparison.Ordinal)).Select(word => word.Key));

    private static IEnumerable<string> Found(Regex what, string words) => what.Matches(words).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static Dictionary<string, string> In(string file) =>
        XDocument.Load(Path.Combine(Sources.Server, "Shell", file)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Holes();

    [GeneratedRegex(@"(?<!\{)\b\d+\b(?![^{]*\})")]
    private static partial Regex Figures();

    [GeneratedRegex("""(?<![\w.])(?:Words\.|Resources\.)?(?<count>Count)?(?(count)|(?:T|GetString))\((?<words>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)""")]
    private static partial Regex Calls();

    [GeneratedRegex("""(?<!\$)"(?<key>[a-z][A-Za-z0-9.-]*)"(?<plus>\s*\+)?""")]
    private static partial Regex Literals();
}
