using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Search;

namespace Heliotrope.Core.Tests.Search;

public sealed class SoughtTests
{
    [Theory]
    [InlineData("Größe der Mühle", new[] { "große", "der", "muhle" })]
    [InlineData("don't a.b@client.example", new[] { "don", "t", "a", "b", "client", "example" })]
    [InlineData("77-B, Café e\u0301te\u0301", new[] { "77", "b", "cafe", "ete" })]
    [InlineData("…", new string[0])]
    public void A_text_is_words_as_an_index_keeps_them(string text, string[] words) => Assert.Equal(words, Sought.Of(text));

    [Theory]
    [InlineData("grinder start", "The grinder does not START", true)]
    [InlineData("\"does not start\"", "The grinder does not start", true)]
    [InlineData("\"not does\"", "The grinder does not start", false)]
    [InlineData("grin", "The grinder", false)]
    [InlineData("muhle", "Die Mühle", true)]
    public void All_words_have_to_be_there_whole_and_phrases_in_their_order(string query, string text, bool there) =>
        Assert.Equal(there, Sought.AllIn(text, Sought.Of(Query.Read(query).Words)));

    [Fact]
    public void While_somebody_types_the_last_word_is_the_beginning_of_one()
    {
        Assert.True(Sought.AllIn("The grinder", Sought.Of(Query.Read("the grin").Words, typing: true)));
        Assert.False(Sought.AllIn("The grinder", Sought.Of(Query.Read("gri the").Words, typing: true)));
        Assert.False(Sought.AllIn("The grinder", Sought.Of(Query.Read("g").Words, typing: true)));
    }

    [Fact]
    public void An_excerpt_shows_the_place_with_what_was_looked_for_marked()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 100)) + "the Mühle is\nbroken " + string.Concat(Enumerable.Repeat("more ", 100));
        var pieces = Excerpt.Of(text, Sought.Of(Query.Read("muhle broken").Words));

        Assert.Equal(["Mühle", "broken"], pieces.Where(p => p.Marked).Select(p => p.Text));
        var said = string.Concat(pieces.Select(p => p.Text));
        Assert.StartsWith("… word", said, StringComparison.Ordinal);
        Assert.EndsWith("more …", said, StringComparison.Ordinal);
        Assert.Contains("the Mühle is broken more", said, StringComparison.Ordinal);
        Assert.True(said.Length < Excerpt.Length + 10);
    }

    [Fact]
    public void Any_text_has_an_excerpt_that_stands_in_it() => Prop.ForAll(Arb.From(ArbMap.Default.GeneratorFor<char[]>().Select(c => new string(c))), ArbMap.Default.ArbFor<bool>(), (text, some) =>
    {
        text = string.Concat(Enumerable.Repeat(text, some ? 1 : 40));
        var sought = Sought.Of(Query.Read(text.Length > 3 ? text[..3] : text).Words, typing: true);
        var pieces = Excerpt.Of(text, sought);
        var shown = string.Concat(pieces.Where(p => p.Text is not ("… " or " …")).Select(p => p.Text));
        Assert.Contains(shown, string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)), StringComparison.Ordinal);
        Sought.AllIn(text, sought);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("is", 2, 0, 2, "is", null)]
    [InlineData("grinder is:op", 13, 11, 2, "op", "is")]
    [InlineData("grinder is:open,wa", 18, 16, 2, "wa", "is")]
    [InlineData("-is:sp", 6, 4, 2, "sp", "is")]
    [InlineData("team:\"Second li", 15, 5, 10, "Second li", "team")]
    [InlineData("is:op grinder", 5, 3, 2, "op", "is")]
    [InlineData("created:>to", 11, 9, 2, "to", "created")]
    public void What_is_typed_at_the_cursor_can_be_completed(string text, int caret, int start, int length, string typed, string? of)
    {
        var completion = Completion.At(text, caret)!;

        Assert.Equal((start, length, typed, of), (completion.Start, completion.Length, completion.Typed, completion.Operator?.Name));
    }

    [Fact]
    public void Within_a_quotation_there_is_nothing_to_complete_and_no_text_breaks_it()
    {
        Assert.Null(Completion.At("\"the gri", 8));
        Assert.Null(Completion.At("colour:re", 9));
        Prop.ForAll(Arb.From(Gen.OneOf(Gen.Elements("is:", "\"", ",", "-", " ", "team:", "a", ":").ListOf().Select(p => string.Concat(p)), ArbMap.Default.GeneratorFor<char[]>().Select(c => new string(c)))), ArbMap.Default.ArbFor<int>(), (text, caret) =>
        {
            if (Completion.At(text, caret) is { } found)
            {
                Assert.True(found.Start >= 0 && found.Length >= 0 && found.Start + found.Length <= text.Length);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
