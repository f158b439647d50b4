using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Heliotrope.Server.Tests.Shell;

public partial class WordsTests
{
    private static readonly HashSet<string> Kept =
        XDocument.Load(Path.Combine(Sources.Server, "Shell", "Words.resx")).Root!.Elements("data").Select(data => data.Attribute("name")!.Value).ToHashSet();

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

    [GeneratedRegex("""(?<![\w.])(?:Words\.)?(?<count>Count)?(?(count)|T)\((?<words>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)""")]
    private static partial Regex Calls();

    [GeneratedRegex("""(?<!\$)"(?<key>[a-z][A-Za-z0-9.-]*)"(?<plus>\s*\+)?""")]
    private static partial Regex Literals();
}
