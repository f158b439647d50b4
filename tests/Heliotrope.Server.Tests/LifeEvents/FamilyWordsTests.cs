using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Customers;
using Heliotrope.Server.LifeEvents;

namespace Heliotrope.Server.Tests.LifeEvents;

public sealed partial class FamilyWordsTests
{
    public static TheoryData<string> Languages => [.. CustomerWords.Languages];

    [Theory, MemberData(nameof(Languages))]
    public void Every_language_says_all_of_it_in_its_own_words_and_calmly(string language)
    {
        var (english, other) = (Words("en"), Words(language));
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(other, word =>
        {
            Assert.Equal(Places(english[word.Key]), Places(word.Value));
            Assert.Equal(word.Value.Trim(), word.Value);
            Assert.DoesNotContain('!', word.Value);
            Assert.DoesNotContain('\'', word.Value);
            Assert.DoesNotContain("  ", word.Value, StringComparison.Ordinal);
            Assert.True(language == "en" || word.Value != english[word.Key], word.Key);
        });
    }

    [Theory, MemberData(nameof(Languages))]
    public void What_is_put_into_a_reply_can_be_sent_as_it_is_and_says_no_to_nobody(string language)
    {
        var words = new FamilyWords(language, "Morning Coffee", "", "https://help.morrow.example/family/3f9a");
        foreach (var kind in Enum.GetValues<LifeEvent>())
        {
            foreach (var wording in Enum.GetValues<LifeWording>())
            {
                var text = $"{words.Hello}\n\n{words.Of(wording, kind)}";
                Assert.Null(Conversation.CheckReply(text));
                Assert.DoesNotContain('{', text);
            }
        }

        Assert.Contains($"{FamilyLink.Lifetime.TotalDays}", words["Link"], StringComparison.Ordinal);
        Assert.Contains($"{FamilyLink.Lifetime.TotalDays}", words["GoneLead"], StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Words(string language) =>
        FamilyWords.Resources.GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), true, false)!
            .Cast<DictionaryEntry>().ToDictionary(word => (string)word.Key, word => (string)word.Value!);

    private static IEnumerable<string> Places(string words) => Place().Matches(words).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
