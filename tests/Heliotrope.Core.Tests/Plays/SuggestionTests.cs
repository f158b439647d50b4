using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Macros;
using Heliotrope.Core.Plays;

namespace Heliotrope.Core.Tests.Plays;

public class SuggestionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static string Words(int seed) => string.Join(' ', Enumerable.Range(0, 14).Select(i => $"word{(seed * 100) + i}"));

    private static Candidate Of(int number, int messages, int daysAgo, string? words = null) => new(number, number * 10, false, messages, Now.AddDays(-daysAgo), words ?? Words(number));

    [Fact]
    public void The_shortest_talk_comes_first_and_then_the_most_recent_whatever_the_order()
    {
        Candidate[] all = [Of(1, 4, 1), Of(2, 2, 9), Of(3, 2, 2), Of(4, 2, 2), Of(5, 3, 1)];
        Assert.Equal([4, 3, 2], Suggestion.Choose(all, [], 0).Select(c => c.Conversation));
        Assert.Equal([4, 3, 2], Suggestion.Choose(all.Reverse(), [], 0).Select(c => c.Conversation));
        Assert.Equal([4], Suggestion.Choose(all, [], 2).Select(c => c.Conversation));
        Assert.Empty(Suggestion.Choose(all, [], 3));
    }

    [Fact]
    public void What_says_the_same_as_a_play_or_says_too_little_is_left_out()
    {
        var known = "Hello {{customer.first_name}}, I am sorry, the right bag leaves today and there is nothing to send back or to pay.";
        Candidate[] all = [Of(1, 2, 1, "Good morning {{customer.name}}, I am sorry, the right bag leaves today and there is nothing to send back or to pay."), Of(2, 2, 2, "It is done."), Of(3, 2, 3), Of(4, 2, 4, Words(3))];
        Assert.Equal([3], Suggestion.Choose(all, [known], 0).Select(c => c.Conversation));
    }

    [Fact]
    public void Words_are_known_again_with_other_words_around_them_and_not_once_they_are_gone()
    {
        const string words = "Hello {{customer.first_name}},\n\nthe right bag leaves us today, there is nothing to send back.\n\n{{agent.first_name}}";
        Assert.True(Likeness.StandIn(words, "Hello Ada,\n\nhow annoying. The right bag leaves us today, and the other one is yours.\n\nPriya"));
        Assert.False(Likeness.StandIn(words, "Hello Ada,\n\nplease hold the switch for ten seconds."));
        Assert.True(Likeness.StandIn("", "Anything"));
        Assert.True(Likeness.StandIn("Thank you", "Thank you"));
    }

    [Fact]
    public void Any_text_stands_in_itself_and_is_the_same_as_itself() => Prop.ForAll<NonEmptyString>(text =>
        Likeness.StandIn(text.Get, text.Get) && (Likeness.Words(text.Get) < 3 || Likeness.IsSame(text.Get, text.Get))).QuickCheckThrowOnFailure();
}
