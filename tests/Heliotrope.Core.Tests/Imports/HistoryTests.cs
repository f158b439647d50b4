using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Tests.Imports;

public class HistoryTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Priya = new(ActorKind.Person, 7, "Priya Nair", Role.Agent);

    private static SaidThere Asks(string text, DateTimeOffset at) =>
        new(Voice.Theirs, Actor.System, new("Ada Lovelace", "ada@client.example", true, false, text, "", null, null, null, []), "", null, at);

    private static SaidThere Answers(string text, DateTimeOffset at) => new(Voice.Ours, Priya, null, text, null, at);

    private static Conversation Played(Standing standing, DateTimeOffset now, params SaidThere[] said)
    {
        Assert.True(EmailAddress.TryParse("ada@client.example", out var address));
        var conversation = Conversation.Begin(Customer.WithAddress(address, "Ada Lovelace", Start), "Grinder", "", Start);
        var history = new History(AnswerRules.Usual, 7, now);
        history.Play(conversation, said);
        history.End(conversation, standing, null);
        return conversation;
    }

    [Fact]
    public void A_silence_between_two_messages_ends_where_it_became_long_enough_and_new_words_start_anew()
    {
        var conversation = Played(Standing.Open, Now, Asks("It is broken. Help?", Start), Answers("Try the fuse.", Start.AddHours(1)), Asks("It is broken again. What now?", Start.AddDays(30)));
        Assert.Equal((Start, null, null), (conversation.HappinessStartedAt, conversation.HappinessEndedAt, conversation.HappinessEnd));
        Assert.Equal(Start.AddDays(30), conversation.WaitingSince);
    }

    [Fact]
    public void What_we_answered_last_long_ago_ended_in_silence_at_its_own_time()
    {
        var conversation = Played(Standing.Waiting, Now, Asks("It is broken. Help?", Start), Answers("Try the fuse.", Start.AddHours(1)));
        Assert.Equal((HappinessEnd.Silent, Start.AddHours(1).AddDays(7)), (conversation.HappinessEnd, conversation.HappinessEndedAt));
        Assert.Equal(ConversationState.Waiting, conversation.State);
    }

    [Fact]
    public void Open_there_is_open_here_even_after_an_answer_and_waits_since_then()
    {
        var conversation = Played(Standing.Open, Start.AddDays(1), Asks("It is broken. Help?", Start), Answers("We look into it.", Start.AddHours(1)));
        Assert.Equal((ConversationState.Open, Start.AddHours(1)), (conversation.State, conversation.WaitingSince));
        Assert.Null(conversation.HappinessEnd);
    }

    [Fact]
    public void Waiting_there_waits_for_nobody_here() =>
        Assert.Equal((ConversationState.Waiting, null), Played(Standing.Waiting, Start.AddDays(1), Asks("It is broken. Help?", Start)) is var c ? (c.State, c.WaitingSince) : default);

    [Fact]
    public void Where_nobody_says_how_it_stands_what_is_long_over_is_resolved()
    {
        Assert.Equal(ConversationState.Resolved, Played(Standing.AsItsMessages, Now, Asks("Help?", Start)).State);
        Assert.Equal(ConversationState.Open, Played(Standing.AsItsMessages, Start.AddDays(2), Asks("Help?", Start)).State);
        Assert.Equal(ConversationState.Waiting, Played(Standing.AsItsMessages, Start.AddDays(2), Asks("Help?", Start), Answers("Yes.", Start.AddHours(1))).State);
    }

    [Fact]
    public void An_answer_with_an_unfilled_field_was_said_and_is_kept()
    {
        var conversation = Played(Standing.Resolved, Now, Asks("Help?", Start), Answers("Dear {{first_name}}, yes.", Start.AddHours(1)));
        Assert.Equal("Dear {{first_name}}, yes.", conversation.Entries.Single(e => e.Direction is Direction.Out).Text);
        Assert.True(conversation.FirstAnswerOnTime);
    }

    [Fact]
    public void In_whatever_order_messages_are_given_the_same_has_happened() => Prop.ForAll(
        Arb.From(from said in Gen.OneOf(Gen.Constant(0), Gen.Constant(1), Gen.Constant(2)).NonEmptyListOf() from seed in Gen.Choose(0, 1000) select (said, seed)),
        input =>
        {
            var said = input.said.Select((kind, i) => kind switch
            {
                0 => Asks("What about it?", Start.AddDays(i * 3)),
                1 => Answers("This.", Start.AddDays(i * 3)),
                _ => Asks("Thank you!", Start.AddDays(i * 3)),
            }).ToArray();
            var shuffled = said.OrderBy(s => HashCode.Combine(s.At, input.seed)).ToArray();
            var (one, other) = (Played(Standing.AsItsMessages, Now, said), Played(Standing.AsItsMessages, Now, shuffled));
            return one.Clock == other.Clock && one.State == other.State && one.WaitingSince == other.WaitingSince && one.Answers == other.Answers
                && one.Entries.Select(e => (e.Text, e.At)).SequenceEqual(other.Entries.Select(e => (e.Text, e.At)))
                && one.Entries.Zip(one.Entries.Skip(1)).All(pair => pair.First.At <= pair.Second.At);
        }).QuickCheckThrowOnFailure();
}
