using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Phrases;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

public sealed class MessageReadingProperties
{
    private static readonly string[] Messages = [.. LabelledMessages.Rows(LabelledMessages.Tuned).Select(row => (string)row["input"]!)];

    private static readonly Arbitrary<string> Message = Arb.From(Gen.Elements(Messages));

    private static readonly Arbitrary<string> Blank = Arb.From(Gen.Elements(' ', '\t', '\n').ArrayOf(4).Select(blanks => new string(blanks)));

    private static (string?, double?, bool, bool, bool, bool, LifeEvent?) Said(MessageReading reading) =>
        (reading.Language, reading.Sentiment, reading.Complaint, reading.Gratitude, reading.Question, reading.Urgency, reading.LifeEvent);

    private static IEnumerable<(Sign, string)> Words(MessageReading reading, string text) => reading.Evidence.Select(words => (words.Sign, text.Substring(words.At, words.Length)));

    [Fact]
    public void White_space_around_a_message_changes_nothing() =>
        Prop.ForAll(Message, Blank, Blank, (message, before, after) =>
        {
            var (plain, surrounded) = (MessageReading.Of(message), MessageReading.Of(before + message + after));
            return Said(plain) == Said(surrounded) && Words(plain, message).SequenceEqual(Words(surrounded, before + message + after));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_kind_of_line_ends_changes_nothing() =>
        Prop.ForAll(Message, Message, (one, other) =>
        {
            var message = $"{one}\n\n{other}\n";
            return Said(MessageReading.Of(message)) == Said(MessageReading.Of(message.ReplaceLineEndings("\r\n")));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Quoted_words_change_nothing() =>
        Prop.ForAll(Message, Message, (message, quoted) =>
            Said(MessageReading.Of(message)) == Said(MessageReading.Of(message + "\n> " + quoted.ReplaceLineEndings("\n> ")))).QuickCheckThrowOnFailure();

    [Fact]
    public void Anything_can_be_read_and_the_places_lie_inside_in_their_order() =>
        Prop.ForAll<string?>(text => IsSound(text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void A_message_with_characters_lost_and_shuffled_can_be_read() =>
        Prop.ForAll(Message, Arb.From(Gen.Choose(0, int.MaxValue)), (message, chance) =>
        {
            var characters = message.ToCharArray();
            for (var i = 0; i < characters.Length; i++)
            {
                chance = unchecked((chance * 1_103_515_245) + 12_345);
                (characters[i], characters[(chance & int.MaxValue) % characters.Length]) = (characters[(chance & int.MaxValue) % characters.Length], characters[i]);
            }

            return IsSound(new string(characters)) && IsSound(message[..((chance & int.MaxValue) % (message.Length + 1))]);
        }).QuickCheckThrowOnFailure();

    /// <summary>Work that grew with the square of the length would take minutes here.</summary>
    [Theory]
    [InlineData("she passed away passed ")]
    [InlineData("I have not received the wrong item and you still ")]
    [InlineData("meine Frau ist nicht aber ")]
    [InlineData("died. He ")]
    [InlineData("> x\n")]
    [InlineData(":) 😀 !?")]
    [InlineData("\u0301")]
    [InlineData("a")]
    [InlineData("\n")]
    public void A_hundred_thousand_characters_of_anything_are_read(string repeated) =>
        Assert.True(IsSound(string.Concat(Enumerable.Repeat(repeated, 100_000 / repeated.Length))));

    [Fact]
    public void Each_language_says_the_same_kinds_of_things()
    {
        var sections = new[]
        {
            "raising", "lowering", "turning", "but", "neutral", "awful", "bad", "good", "great", "complaint", "trouble", "ours", "supposing", "settled", "gratitude", "gratitude-not",
            "asking", "requesting", "urgency", "urgency-not", "people", "imagined", "bereavement", "bereavement-of", "bereavement-not", "illness", "hardship", "disaster", "divorce",
        };
        Assert.Equal(["de", "en", "es", "fr", "it", "nl", "pt"], PhraseBook.Languages("Reading"));
        Assert.All(PhraseBook.Languages("Reading"), language =>
            Assert.All(sections, section => Assert.True(PhraseBook.Of("Reading", language)!.Lines(section).Count > 0, $"{language} has no [{section}]")));
    }

    private static bool IsSound(string text)
    {
        var reading = MessageReading.Of(text);
        return reading.Sentiment is null or (>= -1 and <= 1)
            && reading.Evidence.All(words => words.At >= 0 && words.Length > 0 && words.At + words.Length <= text.Length)
            && reading.Evidence.Zip(reading.Evidence.Skip(1)).All(pair => pair.First.At <= pair.Second.At);
    }
}
