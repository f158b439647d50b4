using Heliotrope.Core.Conversations;
using Heliotrope.Core.Targets;
using Heliotrope.Core.People;
using static Heliotrope.Core.Tests.Conversations.Given;

namespace Heliotrope.Core.Tests.Conversations;

/// <summary>What colleagues do at the desk.</summary>
public sealed class DeskTests
{
    [Fact]
    public void An_answer_gives_the_turn_to_the_customer()
    {
        var conversation = Open();
        var entry = conversation.Reply(Priya, new OutboundMessage("  Press the **red** button. "), "1@morrow.example", resolve: false, Hours(1)).Value;
        Assert.Equal((EntryKind.Message, Direction.Out, "Priya", 7L), (entry.Kind, entry.Direction, entry.FromName, entry.UserId));
        Assert.Equal(("Press the **red** button.", "1@morrow.example", Hours(1)), (entry.Text, entry.MessageId, entry.At));
        Assert.Equal((ConversationState.Waiting, null, Hours(1)), (conversation.State, conversation.WaitingSince, conversation.LastAnswerAt));
        Assert.Equal("Press the **red** button.", conversation.Preview);
        Assert.Empty(Events(conversation));
    }

    [Fact]
    public void A_resolving_answer_resolves_it_after_the_answer()
    {
        var conversation = Resolved();
        Assert.Equal(ConversationState.Resolved, conversation.State);
        Assert.True(conversation.IsResolved);
        Assert.Equal(["message", "message", "event"], conversation.Entries.Select(e => e.Kind.ToString().ToLowerInvariant()));
        Assert.Null(conversation.HappinessEnd);
    }

    [Fact]
    public void An_answer_without_resolving_opens_what_was_resolved()
    {
        var conversation = Confirmed();
        conversation.Reply(Priya, new OutboundMessage("One more thing."), "2@morrow.example", resolve: false, Hours(3));
        Assert.Equal(ConversationState.Waiting, conversation.State);
    }

    [Fact]
    public void An_answer_takes_it_from_the_top()
    {
        var conversation = Resolved();
        conversation.AskForPerson(Marta, Hours(2), AnswerRules.Usual);
        conversation.Reply(Priya, new OutboundMessage("I am here."), "2@morrow.example", resolve: false, Hours(3));
        Assert.Equal(Attention.Usual, conversation.Attention);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n\t", "empty")]
    [InlineData(null, "too-long")]
    public void Words_that_are_none_or_too_many_are_refused_and_change_nothing(string? text, string why)
    {
        text ??= new string('x', Conversation.MaxText + 1);
        var conversation = Open();
        var before = (conversation.Version, conversation.State, conversation.WaitingSince, conversation.Entries.Count);
        var reply = conversation.Reply(Priya, new OutboundMessage(text), "1@morrow.example", resolve: true, Hours(1)).Refusal;
        var note = conversation.Note(Priya, text, Hours(1)).Refusal;
        Assert.Equal((RefusalKind.Invalid, $"reply.{why}", "text"), (reply?.Kind, reply?.Code, reply?.Field));
        Assert.Equal((RefusalKind.Invalid, $"note.{why}", "text"), (note?.Kind, note?.Code, note?.Field));
        Assert.Equal(before, (conversation.Version, conversation.State, conversation.WaitingSince, conversation.Entries.Count));
    }

    [Fact]
    public void The_longest_words_are_taken()
    {
        var text = new string('x', Conversation.MaxText);
        Assert.Equal(text, Open().Reply(Priya, new OutboundMessage(text), "1@morrow.example", false, Hours(1)).Value.Text);
    }

    [Fact]
    public void A_note_is_for_colleagues_and_changes_nobodys_turn()
    {
        var conversation = Open();
        var entry = conversation.Note(Priya, " She called, too. ", Hours(1)).Value;
        Assert.Equal((EntryKind.Note, null, "She called, too.", 7L), (entry.Kind, entry.Direction, entry.Text, entry.UserId));
        Assert.Equal((ConversationState.Open, Monday, null), (conversation.State, conversation.WaitingSince, conversation.LastAnswerAt));
        Assert.Equal("My grinder is silent.", conversation.Preview);
    }

    [Fact]
    public void What_a_program_writes_belongs_to_no_user() =>
        Assert.Null(Open().Note(new(ActorKind.ApiKey, 7, "Shop", Role.Agent), "Paid", Hours(1)).Value.UserId);

    [Fact]
    public void It_is_given_to_somebody_and_to_nobody_and_each_time_it_is_said()
    {
        var conversation = Open();
        conversation.Assign(Priya, 9, "Sam", Hours(1));
        Assert.Equal(9, conversation.AssigneeId);
        Assert.Equal(("assigned", "Sam", "Priya"), (conversation.Entries[^1].Text, conversation.Entries[^1].Detail, conversation.Entries[^1].FromName));
        conversation.Assign(Priya, null, "", Hours(2));
        Assert.Null(conversation.AssigneeId);
        Assert.Equal(["assigned", "unassigned"], Events(conversation));
        Assert.Equal((ConversationState.Open, Monday), (conversation.State, conversation.WaitingSince));
    }

    [Fact]
    public void To_give_it_to_who_has_it_changes_nothing()
    {
        var conversation = Open();
        conversation.Assign(Priya, 9, "Sam", Hours(1));
        var version = conversation.Version;
        conversation.Assign(Priya, 9, "Sam", Hours(2));
        Assert.Equal((version, Hours(1)), (conversation.Version, conversation.LastActivityAt));
    }

    [Fact]
    public void Resolving_ends_the_wait_but_not_the_clock()
    {
        var conversation = Open();
        Assert.Same(conversation, conversation.Resolve(Priya, Hours(1)).Value);
        Assert.Equal((ConversationState.Resolved, null, null), (conversation.State, conversation.WaitingSince, conversation.HappinessEnd));
    }

    [Fact]
    public void What_is_resolved_cannot_be_resolved_again()
    {
        foreach (var conversation in new[] { Resolved(), Confirmed() })
        {
            var (version, state) = (conversation.Version, conversation.State);
            var refusal = conversation.Resolve(Priya, Hours(5)).Refusal;
            Assert.Equal((RefusalKind.Conflict, "conversation.resolved"), (refusal?.Kind, refusal?.Code));
            Assert.Equal((version, state), (conversation.Version, conversation.State));
        }
    }

    [Fact]
    public void What_is_not_open_can_be_reopened()
    {
        foreach (var conversation in new[] { Waiting(), Resolved(), Confirmed() })
        {
            Assert.Same(conversation, conversation.Reopen(Priya, Hours(5), AnswerRules.Usual).Value);
            Assert.Equal((ConversationState.Open, Hours(5)), (conversation.State, conversation.WaitingSince));
            Assert.Equal("reopened", Events(conversation)[^1]);
        }
    }

    [Fact]
    public void What_is_open_cannot_be_reopened()
    {
        var conversation = Open();
        var version = conversation.Version;
        var refusal = conversation.Reopen(Priya, Hours(5), AnswerRules.Usual).Refusal;
        Assert.Equal((RefusalKind.Conflict, "conversation.open"), (refusal?.Kind, refusal?.Code));
        Assert.Equal((version, Monday), (conversation.Version, conversation.WaitingSince));
    }

    [Fact]
    public void What_happens_outside_is_shown_inside()
    {
        var conversation = Waiting();
        conversation.Record("mail-failed", "mailbox full", Hours(2));
        var entry = conversation.Entries[^1];
        Assert.Equal((EntryKind.Event, "mail-failed", "mailbox full", "Heliotrope", null), (entry.Kind, entry.Text, entry.Detail, entry.FromName, entry.UserId));
        Assert.Equal((ConversationState.Waiting, Hours(2)), (conversation.State, conversation.LastActivityAt));
    }
}
