using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Tests.Phrases;

public class PassageTests
{
    [Theory]
    [InlineData("Hello there. How are you? Fine!", new[] { "hello there", "how are you", "fine" })]
    [InlineData("We met Dr. Keller at 3.30 p.m. on 3. Dezember.", new[] { "we met dr keller at 3 30 p m on 3 dezember" })]
    [InlineData("Wir kommen am 31.8. um 9:30 Uhr. Bis dann", new[] { "wir kommen am 31 8 um 9 30 uhr", "bis dann" })]
    [InlineData("Line one\nLine two", new[] { "line one", "line two" })]
    [InlineData("A mail program wraps its long lines at about this very\nplace, which ends nothing.", new[] { "a mail program wraps its long lines at about this very place which ends nothing" })]
    [InlineData("> I will call you\nThanks", new[] { "thanks" })]
    [InlineData("Für die Verspätung, große Entschuldigung", new[] { "fuer die verspaetung grosse entschuldigung" })]
    [InlineData("Don’t write to a.b@example.org or https://x.example/dead-link.", new[] { "don't write to <link> or <link>" })]
    [InlineData("call at 5pm", new[] { "call at 5 pm" })]
    public void A_text_is_sentences_of_plain_words(string text, string[] sentences)
    {
        var passage = Passage.Of(text);

        Assert.Equal(sentences, passage.Sentences.Select(s => string.Join(' ', passage.Words.Skip(s.First).Take(s.Words).Select(w => w.Plain))));
    }

    [Fact]
    public void A_sentence_knows_the_mark_that_ends_it()
    {
        var passage = Passage.Of("Is it? It is! Well. And so on");

        Assert.Equal(['?', '!', '.', ' '], passage.Sentences.Select(passage.EndMark));
    }

    [Fact]
    public void Every_word_and_sentence_lies_within_the_text_and_after_the_one_before() =>
        Prop.ForAll(Arb.From(ArbMap.Default.GeneratorFor<char[]>().Select(c => new string(c))), text =>
        {
            var passage = Passage.Of(text);
            Assert.All(passage.Words, w => Assert.True(w.At >= 0 && w.Length > 0 && w.End <= text.Length && w.Plain.Length > 0));
            Assert.All(passage.Words.Zip(passage.Words.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.At && pair.First.Sentence <= pair.Second.Sentence));
            Assert.Equal(passage.Words.Count, passage.Sentences.Sum(s => s.Words));
            Assert.All(passage.Sentences, s => Assert.True(s.At + s.Length <= text.Length));
        }).QuickCheckThrowOnFailure();
}
