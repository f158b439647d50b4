using Heliotrope.Core.Conversations;
using Heliotrope.Core.Targets;
using static Heliotrope.Core.Tests.Conversations.Given;

namespace Heliotrope.Core.Tests.Conversations;

/// <summary>Putting off: the date stands until it comes, or until somebody needs us sooner.</summary>
public sealed class SnoozeTests
{
    private static Conversation Snoozed(Conversation conversation, double until = 48)
    {
        Assert.Same(conversation, conversation.Snooze(Priya, Hours(until), Hours(2)).Value);
        return conversation;
    }

    [Fact]
    public void It_rests_until_the_date_and_says_so()
    {
        var conversation = Snoozed(Open());
        Assert.Equal((ConversationState.Snoozed, Hours(48)), (conversation.State, conversation.SnoozedUntil));
        var entry = conversation.Entries[^1];
        Assert.Equal(("snoozed", "2026-03-04T08:00:00.0000000+00:00", "Priya"), (entry.Text, entry.Detail, entry.FromName));
    }

    [Fact]
    public void A_date_of_another_zone_is_noted_in_UTC()
    {
        var conversation = Open();
        conversation.Snooze(Priya, Hours(48).ToOffset(TimeSpan.FromHours(5)), Hours(2));
        Assert.Equal("2026-03-04T08:00:00.0000000+00:00", conversation.Entries[^1].Detail);
    }

    [Fact]
    public void Who_waits_goes_on_waiting_while_it_rests()
    {
        var before = Open();
        var due = before.AnswerDueAt;
        Assert.NotNull(due);
        var conversation = Snoozed(before);
        Assert.Equal((Monday, due), (conversation.WaitingSince, conversation.AnswerDueAt));
    }

    [Fact]
    public void A_date_that_is_past_or_too_far_is_refused_and_changes_nothing()
    {
        var conversation = Open();
        var version = conversation.Version;
        foreach (var until in new[] { Hours(1), Hours(2), DateTimeOffset.MinValue, Hours(2) + Conversation.LongestSnooze + TimeSpan.FromTicks(1), DateTimeOffset.MaxValue })
        {
            var refusal = conversation.Snooze(Priya, until, Hours(2)).Refusal;
            Assert.Equal((RefusalKind.Invalid, "snooze.date", "until"), (refusal?.Kind, refusal?.Code, refusal?.Field));
        }

        Assert.Equal((version, ConversationState.Open, null), (conversation.Version, conversation.State, conversation.SnoozedUntil));
    }

    [Fact]
    public void The_furthest_date_is_taken() =>
        Assert.Null(Open().Snooze(Priya, Hours(2) + Conversation.LongestSnooze, Hours(2)).Refusal);

    [Fact]
    public void What_is_resolved_is_not_put_off()
    {
        foreach (var conversation in new[] { Resolved(), Confirmed() })
        {
            var version = conversation.Version;
            Assert.Equal("conversation.resolved", conversation.Snooze(Priya, Hours(48), Hours(5)).Refusal?.Code);
            Assert.Equal((version, null), (conversation.Version, conversation.SnoozedUntil));
        }
    }

    [Fact]
    public void Another_date_takes_the_place_of_the_first()
    {
        var conversation = Snoozed(Open());
        Assert.Null(conversation.Snooze(Priya, Hours(72), Hours(3)).Refusal);
        Assert.Equal(Hours(72), conversation.SnoozedUntil);
    }

    [Fact]
    public void Thanks_leave_the_date_standing()
    {
        var conversation = Snoozed(Waiting());
        conversation.Receive(Words("Thank you so much!"), Hours(3), AnswerRules.Usual);
        Assert.Equal((ConversationState.Snoozed, Hours(48), null), (conversation.State, conversation.SnoozedUntil, conversation.WaitingSince));
        Assert.DoesNotContain("woke", Events(conversation));
    }

    [Fact]
    public void Thanks_while_it_rests_do_not_end_the_clock()
    {
        var conversation = Snoozed(Waiting());
        conversation.Receive(Words("Thank you so much!"), Hours(3), AnswerRules.Usual);
        Assert.Null(conversation.HappinessEnd);
    }

    [Fact]
    public void A_question_brings_it_back_at_once()
    {
        var conversation = Snoozed(Waiting());
        conversation.Receive(Words("Thanks, but when does it arrive?"), Hours(3), AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, null, Hours(3)), (conversation.State, conversation.SnoozedUntil, conversation.WaitingSince));
        Assert.NotNull(conversation.AnswerDueAt);
        Assert.Equal(Attention.Usual, conversation.Attention);
    }

    [Fact]
    public void A_machine_does_not_bring_it_back()
    {
        var conversation = Snoozed(Waiting());
        conversation.Receive(FromMachine(), Hours(3), AnswerRules.Usual);
        Assert.Equal((ConversationState.Snoozed, Hours(48)), (conversation.State, conversation.SnoozedUntil));
    }

    [Fact]
    public void A_reply_keeps_the_date_and_ends_the_wait()
    {
        var conversation = Snoozed(Open());
        conversation.Reply(Priya, new OutboundMessage("We look into it."), "2@morrow.example", resolve: false, Hours(3));
        Assert.Equal((ConversationState.Snoozed, Hours(48), null, null), (conversation.State, conversation.SnoozedUntil, conversation.WaitingSince, conversation.AnswerDueAt));
    }

    [Fact]
    public void A_resolving_reply_ends_the_date()
    {
        var conversation = Snoozed(Open());
        conversation.Reply(Priya, new OutboundMessage("Done."), "2@morrow.example", resolve: true, Hours(3));
        Assert.Equal((ConversationState.Resolved, null), (conversation.State, conversation.SnoozedUntil));
    }

    [Fact]
    public void It_wakes_when_the_date_has_come_and_not_before()
    {
        var conversation = Snoozed(Waiting());
        conversation.Wake(Hours(48).AddTicks(-1), AnswerRules.Usual);
        Assert.Equal(ConversationState.Snoozed, conversation.State);
        conversation.Wake(Hours(48), AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, null, Hours(48)), (conversation.State, conversation.SnoozedUntil, conversation.WaitingSince));
        Assert.Equal(Attention.DateCame, conversation.Attention);
        Assert.Equal(["snoozed", "woke"], Events(conversation));
    }

    [Fact]
    public void Who_waited_all_the_while_keeps_their_place()
    {
        var conversation = Snoozed(Open());
        var due = conversation.AnswerDueAt;
        conversation.Wake(Hours(48), AnswerRules.Usual);
        Assert.Equal((Monday, due), (conversation.WaitingSince, conversation.AnswerDueAt));
    }

    [Fact]
    public void What_does_not_rest_does_not_wake()
    {
        var conversation = Open();
        var version = conversation.Version;
        conversation.Wake(Hours(500), AnswerRules.Usual);
        Assert.Equal((version, Attention.Usual), (conversation.Version, conversation.Attention));
    }

    [Fact]
    public void What_is_more_pressing_stays_more_pressing_when_the_date_comes()
    {
        var conversation = Confirmed();
        conversation.AnswerConfidence(Marta, new(false, false, ""), Hours(3), AnswerRules.Usual);
        Snoozed(conversation);
        conversation.Wake(Hours(48), AnswerRules.Usual);
        Assert.Equal(Attention.SaidNo, conversation.Attention);
    }

    [Fact]
    public void It_is_brought_back_by_opening_it_again()
    {
        var conversation = Snoozed(Waiting());
        Assert.Null(conversation.Reopen(Priya, Hours(3), AnswerRules.Usual).Refusal);
        Assert.Equal((ConversationState.Open, null), (conversation.State, conversation.SnoozedUntil));
    }

    [Fact]
    public void A_reply_that_was_not_sent_brings_it_back_lifted()
    {
        var conversation = Snoozed(Waiting());
        conversation.ReplyNotSent("mailbox full", Hours(4), AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Attention.NotSent, Hours(4)), (conversation.State, conversation.Attention, conversation.WaitingSince));
        Assert.Equal(("not-sent", "mailbox full"), (conversation.Entries[^1].Text, conversation.Entries[^1].Detail));
    }
}
