using Heliotrope.Core.Phrases;
using Heliotrope.Core.Promises;

namespace Heliotrope.Core.Tests.Promises;

/// <summary>The files of the languages: what they say is read.</summary>
public sealed class DueLanguageTests
{
    public static TheoryData<string> Languages => [.. PhraseBook.Languages("Promises")];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_way_to_say_when_is_understood(string language)
    {
        var words = DueLanguage.Of(language);
        var reader = new DueReader(words, new(new(2026, 3, 18, 9, 30, 0, TimeSpan.Zero), Said.Berlin));
        var patterns = PhraseBook.Of("Promises", language)!.Lines("dates").SelectMany(DuePattern.Read).ToList();
        Assert.True(patterns.Count > 100);
        Assert.All(patterns, pattern =>
        {
            var said = string.Join(' ', pattern.Items.Select(item => Filled(item, words)));
            var passage = Passage.Of(said);
            var pieces = reader.Read(passage, 0, passage.Words.Count);
            Assert.True(pieces.Count == 1 && pieces[0].First == 0 && pieces[0].Next == passage.Words.Count, said);
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_has_every_section(string language)
    {
        var book = PhraseBook.Of("Promises", language)!;
        string[] sections =
        [
            "promises", "we-will", "we", "you-will", "no-promises", "no-promises-of-others", "negations", "affirmations", "conditions", "theirs", "our-conditions", "asks",
            "complements", "vows", "questions", "joins", "weekdays", "months", "numbers", "ordinals", "units", "clock", "ranges", "abouts", "fillers", "dates",
            .. Enum.GetNames<Deed>().Select(deed => deed.ToLowerInvariant()),
        ];
        Assert.All(sections, section => Assert.True(book.Lines(section).Count > 0, section));
        var words = DueLanguage.Of(language);
        Assert.Equal(Enumerable.Range(1, 7), words.Weekdays.Values.Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 12), words.Months.Values.Distinct().Order());
    }

    private static string Filled(string item, DueLanguage language) => item switch
    {
        "<number>" => "3",
        "<unit>" => language.Units.First(unit => unit.Value is DueUnit.Day).Key,
        "<weekday>" => language.Weekdays.First().Key,
        "<weekday-part>" => language.Weekdays.First().Key + language.DayParts.First().Key,
        "<month>" => language.Months.First().Key,
        "<year>" => "2027",
        "<nth>" => "4",
        "<date>" => "2027-01-04",
        "<clock>" or "<marked-clock>" => "14:30",
        _ => item,
    };
}
