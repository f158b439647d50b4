using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Targets;
using static Heliotrope.Core.Tests.Conversations.Given;

namespace Heliotrope.Core.Tests.Conversations;

/// <summary>What the customer does by the link they were sent, and what their silence does.</summary>
public sealed class ConfidenceTests
{
    public static TheoryData<string> States => ["open", "waiting", "resolved", "confirmed"];

    [Theory, MemberData(nameof(States))]
    public void Two_times_yes_confirms_in_whatever_state_it_is(string state)
    {
        var conversation = In(state);
        conversation.AnswerConfidence(Marta, new(true, true, "Lovely"), Hours(9), AnswerRules.Usual);
        Assert.Equal((ConversationState.Confirmed, null, Attention.Usual), (conversation.State, conversation.WaitingSince, conversation.Attention));
        Assert.Equal(new HappinessClock(Monday, state == "confirmed" ? Hours(2) : Hours(9), HappinessEnd.Confirmed), conversation.Clock); // a yes said again leaves the time of the first
        var entry = conversation.Entries[^1];
        Assert.Equal(("confirmed", "Lovely", "Marta Keller"), (entry.Text, entry.Detail, entry.FromName));
    }

    [Theory, MemberData(nameof(States))]
    public void A_no_opens_it_on_top_in_whatever_state_it_is(string state)
    {
        foreach (var (resolved, again, code) in new[] { (false, true, "not-resolved"), (false, false, "not-resolved"), (true, false, "not-again") })
        {
            var conversation = In(state);
            var since = conversation.WaitingSince;
            conversation.AnswerConfidence(Marta, new(resolved, again, "Too slow"), Hours(9), AnswerRules.Usual);
            Assert.Equal((ConversationState.Open, Attention.SaidNo), (conversation.State, conversation.Attention));
            Assert.Equal(since ?? Hours(9), conversation.WaitingSince);
            Assert.Equal(new HappinessClock(Monday, Hours(9), HappinessEnd.Unhappy), conversation.Clock);
            Assert.Equal((code, "Too slow"), (conversation.Entries[^1].Text, conversation.Entries[^1].Detail));
        }
    }

    [Fact]
    public void A_yes_before_any_answer_of_ours_outlives_thanks()
    {
        var conversation = Open();
        conversation.AnswerConfidence(Marta, new(true, true, ""), Hours(1), AnswerRules.Usual);
        conversation.Receive(Words("Thank you!"), Hours(2), AnswerRules.Usual);
        Assert.Equal((ConversationState.Confirmed, HappinessEnd.Confirmed, Hours(1)), (conversation.State, conversation.HappinessEnd, conversation.HappinessEndedAt));
    }

    [Fact]
    public void A_changed_mind_counts()
    {
        var conversation = Resolved();
        conversation.AnswerConfidence(Marta, new(false, true, ""), Hours(2), AnswerRules.Usual);
        conversation.AnswerConfidence(Marta, new(true, true, ""), Hours(3), AnswerRules.Usual);
        Assert.Equal((ConversationState.Confirmed, Attention.Usual, HappinessEnd.Confirmed), (conversation.State, conversation.Attention, conversation.HappinessEnd));
        Assert.Equal(Hours(3), conversation.HappinessEndedAt);
    }

    [Theory, MemberData(nameof(States))]
    public void Who_asks_for_a_person_is_on_top(string state)
    {
        var conversation = In(state);
        var clock = conversation.Clock;
        conversation.AskForPerson(Marta, Hours(9), AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Attention.AskedForPerson), (conversation.State, conversation.Attention));
        Assert.NotNull(conversation.WaitingSince);
        Assert.Equal("asked-for-person", Events(conversation)[^1]);
        Assert.Equal(clock, conversation.Clock);
    }

    [Fact]
    public void Asking_for_a_person_twice_or_after_a_no_changes_nothing()
    {
        var conversation = Resolved();
        conversation.AnswerConfidence(Marta, new(false, true, ""), Hours(2), AnswerRules.Usual);
        var version = conversation.Version;
        conversation.AskForPerson(Marta, Hours(3), AnswerRules.Usual);
        Assert.Equal((Attention.SaidNo, version, Hours(2)), (conversation.Attention, conversation.Version, conversation.LastActivityAt));
    }

    [Fact]
    public void Silence_after_our_answer_is_shown_as_silence_and_as_nothing_more()
    {
        var conversation = Resolved();
        conversation.FallSilent(Hours(200));
        Assert.Equal(new HappinessClock(Monday, Hours(200), HappinessEnd.Silent), conversation.Clock);
        Assert.Equal((ConversationState.Resolved, Hours(1)), (conversation.State, conversation.LastActivityAt));
    }

    [Fact]
    public void Who_waits_for_us_is_not_silent()
    {
        var unanswered = Open();
        unanswered.FallSilent(Hours(200));
        Assert.Null(unanswered.HappinessEnd);

        var wroteAgain = Waiting();
        wroteAgain.Receive(Words("The button is blue."), Hours(3), AnswerRules.Usual);
        wroteAgain.FallSilent(Hours(200));
        Assert.Null(wroteAgain.HappinessEnd);

        var resolvedWithoutAWord = Open();
        resolvedWithoutAWord.Resolve(Priya, Hours(1));
        resolvedWithoutAWord.FallSilent(Hours(200));
        Assert.Null(resolvedWithoutAWord.HappinessEnd);
    }

    [Fact]
    public void Silence_is_counted_from_when_the_customer_was_asked()
    {
        var conversation = Waiting();
        conversation.Receive(Words("The button is blue."), Hours(300), AnswerRules.Usual);
        conversation.Resolve(Priya, Hours(301));
        Assert.Equal(Hours(301), conversation.LastAnswerAt);
    }

    [Fact]
    public void Silence_replaces_no_word_and_counts_as_no_change()
    {
        var conversation = Confirmed();
        var version = conversation.Version;
        conversation.FallSilent(Hours(200));
        Assert.Equal((HappinessEnd.Confirmed, version), (conversation.HappinessEnd, conversation.Version));
    }

    private static Conversation In(string state) => state switch
    {
        "open" => Open(),
        "waiting" => Waiting(),
        "resolved" => Resolved(),
        _ => Confirmed(),
    };
}
