using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Targets;
using static Heliotrope.Core.Tests.Conversations.Given;

namespace Heliotrope.Core.Tests.Conversations;

public class ReceivedElsewhereTests
{
    private static readonly DateTimeOffset Now = Monday.AddDays(10);
    private static readonly DateTimeOffset LongAgo = Monday.AddDays(-100);

    private static Conversation Begun(DateTimeOffset at, bool answered = false)
    {
        var conversation = Fresh(at);
        conversation.ReceivedElsewhere(Words("My grinder is silent."), at, answered, null, Now, AnswerRules.Usual);
        return conversation;
    }

    [Fact]
    public void It_waits_for_us_since_it_came_and_not_since_it_is_read()
    {
        var conversation = Begun(Monday);
        Assert.Equal((ConversationState.Open, Monday, Monday, Monday), (conversation.State, conversation.CreatedAt, conversation.WaitingSince, conversation.HappinessStartedAt));
        Assert.True(conversation.AnswerDueAt < Now);
    }

    [Fact]
    public void What_was_answered_there_waits_for_the_customer_and_their_next_word_opens_it()
    {
        var conversation = Begun(Monday, answered: true);
        Assert.Equal((ConversationState.Waiting, null, null), (conversation.State, conversation.WaitingSince, conversation.AnswerDueAt));
        conversation.ReceivedElsewhere(Words("And the other one?"), Hours(5), answered: false, Monday, Now, AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Hours(5)), (conversation.State, conversation.WaitingSince));
        Assert.DoesNotContain(conversation.Entries, entry => entry.Text == "reopened");
    }

    [Fact]
    public void What_came_long_ago_is_over_and_stays_over_while_more_of_then_is_read()
    {
        var conversation = Begun(LongAgo);
        conversation.ReceivedElsewhere(Words("Still silent."), LongAgo.AddDays(3), answered: false, LongAgo, Now, AnswerRules.Usual);
        Assert.Equal((ConversationState.Resolved, null, "Still silent."), (conversation.State, conversation.WaitingSince, conversation.Preview));
        Assert.Equal(["resolved"], conversation.Entries.Where(entry => entry.Kind is EntryKind.Event).Select(entry => entry.Text));
        Assert.Equal((LongAgo.AddDays(3), LongAgo), (conversation.LastActivityAt, conversation.HappinessStartedAt));
    }

    [Fact]
    public void What_came_before_something_that_is_known_changes_nothing_about_whose_turn_it_is()
    {
        var conversation = Confirmed();
        var (before, preview) = (conversation.Course, conversation.Preview);
        conversation.ReceivedElsewhere(Words("It hums."), Hours(-30), answered: false, Hours(1), Now, AnswerRules.Usual);
        conversation.ReceivedElsewhere(FromMachine(), Hours(-60), answered: false, Hours(1), Now, AnswerRules.Usual);
        Assert.Equal(before with { Clock = before.Clock with { StartedAt = Hours(-30) } }, conversation.Course);
        Assert.Equal((Hours(-60), Hours(2), preview), (conversation.CreatedAt, conversation.LastActivityAt, conversation.Preview));
    }

    [Fact]
    public void What_people_did_since_does_not_make_an_unanswered_message_an_old_one()
    {
        var conversation = Begun(Monday, answered: true);
        conversation.Assign(Priya, 7, "Priya", Hours(100));
        conversation.ReceivedElsewhere(Words("And the other one?"), Hours(50), answered: false, Monday, Now, AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Hours(50), Hours(100)), (conversation.State, conversation.WaitingSince, conversation.LastActivityAt));
    }

    [Fact]
    public void What_somebody_here_has_put_off_stays_put_off_and_what_waits_here_stays_open()
    {
        var snoozed = Waiting();
        Assert.Null(snoozed.Snooze(Priya, Now.AddDays(3), Hours(2)).Refusal);
        snoozed.ReceivedElsewhere(Words("It hums."), Hours(3), answered: true, Hours(1), Now, AnswerRules.Usual);
        Assert.Equal((ConversationState.Snoozed, Now.AddDays(3)), (snoozed.State, snoozed.SnoozedUntil));

        var open = Fresh(LongAgo);
        open.Receive(Words("It hums."), LongAgo, AnswerRules.Usual);
        open.ReceivedElsewhere(Words("Still."), LongAgo.AddDays(1), answered: false, LongAgo, Now, AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, LongAgo), (open.State, open.WaitingSince));
    }

    [Fact]
    public void In_whatever_order_old_mail_is_read_nothing_is_open_since_a_time_at_which_nobody_wrote() => Prop.ForAll(
        Gen.Choose(-150, 9).Two().Select(days => (Monday.AddDays(days.Item1), Monday.AddDays(days.Item2))).ArrayOf().Where(mails => mails.Length is > 0 and < 8).ToArbitrary(),
        mails =>
        {
            var conversation = Fresh(mails[0].Item1);
            DateTimeOffset? newest = null;
            foreach (var (at, odd) in mails)
            {
                conversation.ReceivedElsewhere(Words("It hums."), at, odd.Day % 2 == 0, newest, Now, AnswerRules.Usual);
                newest = newest > at ? newest : at;
            }

            Assert.Equal((mails.Min(mail => mail.Item1), mails.Max(mail => mail.Item1)), (conversation.CreatedAt, conversation.LastActivityAt));
            Assert.Equal(conversation.CreatedAt, conversation.HappinessStartedAt);
            Assert.Equal(mails.Length, conversation.Entries.Count(entry => entry.Kind is EntryKind.Message));
            Assert.True(conversation.WaitingSince is not { } since || (conversation.State is ConversationState.Open && since >= Now - Conversation.LongOver && mails.Any(mail => mail.Item1 == since)));
        }).QuickCheckThrowOnFailure();
}
