using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Customers;

namespace Heliotrope.Server.Tests.Confidence;

public sealed partial class ConfidenceWordsTests
{
    private const string Link = "https://help.morrow.example/confidence/3f9a";
    private static readonly string[] Known = ["customer", "by", "organisation", "subject"];

    public static TheoryData<string> Languages => [.. CustomerWords.Languages];

    [Fact]
    public void Seven_languages_are_spoken() =>
        Assert.Equal(["de", "en", "es", "fr", "it", "nl", "pt"], CustomerWords.Languages.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Languages))]
    public void Every_language_has_every_key_with_the_same_placeholders(string language)
    {
        var english = Words("en");
        var other = Words(language);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, pair => Assert.Equal(Placeholders(pair.Value), Placeholders(other[pair.Key])));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Only_known_placeholders_are_used(string language) =>
        Assert.All(Words(language).Values, v => Assert.All(Placeholders(v), p => Assert.Contains(p, Known)));

    [Theory, MemberData(nameof(Languages))]
    public void The_words_are_calm_and_have_no_loose_ends(string language) => Assert.All(Words(language), pair =>
    {
        Assert.NotEmpty(pair.Value);
        Assert.Equal(pair.Value.Trim(), pair.Value);
        Assert.DoesNotContain('!', pair.Value);
        Assert.DoesNotContain('¡', pair.Value);
        Assert.DoesNotContain('\'', pair.Value); // the printed apostrophe is ’
        Assert.DoesNotContain("  ", pair.Value, StringComparison.Ordinal);
    });

    [Theory, MemberData(nameof(Languages))]
    public void Each_language_says_it_in_its_own_words(string language)
    {
        var english = Words("en");
        var same = Words(language).Where(w => english[w.Key] == w.Value).ToArray();
        Assert.Equal(language == "en" ? english.Count : 0, same.Length);
    }

    [Theory, MemberData(nameof(Languages))]
    public void No_placeholder_is_ever_left_unfilled(string language)
    {
        foreach (var customer in new[] { "", "Marta Keller", "marta@morrow.example" })
        {
            foreach (var by in new[] { "", "Priya" })
            {
                foreach (var subject in new[] { "", "Grinder" })
                {
                    var said = Said(language, customer, by, subject);
                    Assert.DoesNotContain('{', said);
                    Assert.DoesNotContain('}', said);
                    Assert.DoesNotContain("  ", said, StringComparison.Ordinal);
                    Assert.Equal(customer == "Marta Keller", said.Contains(customer, StringComparison.Ordinal) && customer.Length > 0);
                    Assert.Equal(by.Length > 0, said.Contains("Priya", StringComparison.Ordinal));
                    Assert.Equal(subject.Length > 0, said.Contains("Grinder", StringComparison.Ordinal));
                }
            }
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Everything_on_the_page_has_words(string language)
    {
        var texts = ConfidenceWords.Texts(language, "Morrow Coffee", "", "", "Grinder");
        Assert.Equal(language, texts.Language);
        Assert.All(typeof(ConfidenceTexts).GetProperties().Where(p => p.PropertyType == typeof(string)), p => Assert.False(string.IsNullOrWhiteSpace((string?)p.GetValue(texts)), p.Name));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Yes_and_no_are_told_apart(string language)
    {
        var texts = ConfidenceWords.Texts(language, "Morrow Coffee", "", "", "");
        Assert.Equal(4, new HashSet<string> { texts.ResolvedYes, texts.ResolvedNo, texts.AgainYes, texts.AgainNo }.Count);
        Assert.NotEqual(texts.ResolvedQuestion, texts.AgainQuestion);
        Assert.Empty(texts.Subject);
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_mail_holds_both_questions_and_the_link_on_its_own_line(string language)
    {
        var texts = ConfidenceWords.Texts(language, "Morrow Coffee", "Marta Keller", "Priya", "Grinder");
        var (subject, text) = ConfidenceWords.Mail(language, "Morrow Coffee", "Marta Keller", "Priya", "Grinder", Link);
        var lines = text.Split('\n');
        Assert.Single(lines, Link);
        Assert.Single(lines, "- " + texts.ResolvedQuestion);
        Assert.Single(lines, "- " + texts.AgainQuestion);
        Assert.Single(lines, texts.Subject);
        Assert.Contains(lines, l => l.Contains("30", StringComparison.Ordinal));
        Assert.Contains("Priya, Morrow Coffee", lines[^2], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.Equal($"{texts.ResolvedQuestion} Grinder", subject);
    }

    [Theory]
    [InlineData("de-AT", "de")]
    [InlineData("PT_br", "pt")]
    [InlineData("sv", "en")]
    [InlineData("", "en")]
    [InlineData("../../etc", "en")]
    public void An_unknown_language_is_answered_in_english(string language, string spoken) =>
        Assert.Equal(ConfidenceWords.Texts(spoken, "Morrow Coffee", "Marta", "Priya", "Grinder"), ConfidenceWords.Texts(language, "Morrow Coffee", "Marta", "Priya", "Grinder"));

    [Theory]
    [InlineData("marta@morrow.example")]
    [InlineData("https://elsewhere.example/win")]
    [InlineData("Keller, Marta")]
    [InlineData("Somebody who wrote a whole sentence where everybody else writes a name")]
    [InlineData(" \t ")]
    public void What_is_no_name_greets_nobody(string customer)
    {
        Assert.Equal("How did it go?", ConfidenceWords.Texts("en", "Morrow Coffee", customer, "Priya", "").Greeting);
        Assert.StartsWith("Hello,\n", ConfidenceWords.Mail("en", "Morrow Coffee", customer, "Priya", "", Link).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Braces_in_names_stay_what_they_are(string language)
    {
        var texts = ConfidenceWords.Texts(language, "{by} & {0}", "{subject}", "{customer}", "{organisation}");
        Assert.Contains("{subject}", texts.Greeting, StringComparison.Ordinal);
        Assert.Contains("{customer}", texts.Send, StringComparison.Ordinal);
        Assert.Contains("{by} & {0}", texts.Fine, StringComparison.Ordinal);
        Assert.EndsWith("{organisation}", texts.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_can_write_lines_or_headers_into_our_mail() => Prop.ForAll<string?, string?, string?>((customer, by, matter) =>
    {
        var (subject, text) = ConfidenceWords.Mail("en", "Morrow\r\nBcc: x", customer + "\n\nA", by + "\r\nB", matter + "\u0085C", Link);
        return subject.All(c => !char.IsControl(c)) && text.ReplaceLineEndings("\n").Split('\n').Length == 16 && text.All(c => c == '\n' || !char.IsControl(c));
    }).QuickCheckThrowOnFailure();

    private static string Said(string language, string customer, string by, string subject)
    {
        var texts = ConfidenceWords.Texts(language, "Morrow Coffee", customer, by, subject);
        var mail = ConfidenceWords.Mail(language, "Morrow Coffee", customer, by, subject, Link);
        return $"{texts} {mail}".Replace("ConfidenceTexts {", "", StringComparison.Ordinal).Replace(" }", "", StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Words(string language)
    {
        var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var set = ConfidenceWords.Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        Assert.NotNull(set);
        return set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    private static IEnumerable<string> Placeholders(string words) =>
        Placeholder().Matches(words).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
