using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Tests.Phrases;

public class PhraseSetTests
{
    [Theory]
    [InlineData("sorry (if|that) you feel", "I am sorry if you feel bad", "sorry if you feel")]
    [InlineData("so [very|truly] sorry", "We are so sorry, so truly sorry", "so sorry; so truly sorry")]
    [InlineData("disappoint*", "Disappointing. I am DISAPPOINTED", "Disappointing; DISAPPOINTED")]
    [InlineData("*rechnung", "Meine Telefonrechnung fehlt", "Telefonrechnung")]
    [InlineData("within # days", "within 3 days, within three days", "within 3 days")]
    [InlineData("call you .. tomorrow", "I'll call you back again tomorrow", "call you back again tomorrow")]
    [InlineData("call you .. tomorrow", "call you in the very late morning tomorrow", "")]
    [InlineData("call you ... tomorrow", "call you. Tomorrow I am away", "")]
    [InlineData("I called ..", "Then I called you. And more", "I called you")]
    [InlineData("I called ..", "I called", "")]
    [InlineData("für _ Verspätung", "fuer die Verspaetung", "fuer die Verspaetung")]
    public void A_phrase_is_found_as_it_is_written(string phrase, string text, string expected)
    {
        var phrases = PhraseSet.Parse(phrase);
        var passage = Passage.Of(text);

        Assert.Equal(expected, string.Join("; ", phrases.In(passage).Select(f => text[passage.Words[f.First].At..passage.Words[f.Next - 1].End])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sorry (if you")]
    [InlineData("sorry if) you")]
    [InlineData("[very]")]
    [InlineData("*")]
    [InlineData("e.g.")]
    public void A_phrase_that_cannot_be_read_stops_with_its_line(string phrase) =>
        Assert.EndsWith(phrase, Assert.Throws<FormatException>(() => PhraseSet.Parse(phrase)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_longer_of_two_phrases_is_taken()
    {
        var passage = Passage.Of("thank you very much");

        Assert.Equal([new Found(0, 4)], PhraseSet.Parse("thank you", "thank you very much", "very much").In(passage));
    }
}
