using Heliotrope.Core.Conversations;
using Heliotrope.Core.Targets;
using static Heliotrope.Core.Tests.Conversations.Given;

namespace Heliotrope.Core.Tests.Conversations;

/// <summary>Teams, drivers, tags, spam, and when an answer is due.</summary>
public sealed class FilingTests
{
    private static readonly AnswerRules Quick = new(WorkingHours.Parse("UTC", "Mon-Sun 00:00-24:00", "").Value, new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(30)));

    [Fact]
    public void It_is_given_to_a_team_and_due_as_the_team_says()
    {
        var conversation = Open();
        conversation.GiveToTeam(Priya, 3, "Repairs", Quick, Hours(0.5));
        Assert.Equal((3L, Hours(1)), (conversation.TeamId, conversation.AnswerDueAt));
        Assert.Equal(("team", "Repairs"), (conversation.Entries[^1].Text, conversation.Entries[^1].Detail));
        conversation.GiveToTeam(Priya, null, "", AnswerRules.Usual, Hours(0.6));
        Assert.Null(conversation.TeamId);
        Assert.Equal(AnswerRules.Usual.DueAt(Monday, firstAnswer: true), conversation.AnswerDueAt);
        Assert.Equal(["team", "team-none"], Events(conversation));
    }

    [Fact]
    public void To_say_what_is_said_already_changes_nothing()
    {
        var conversation = Open();
        conversation.GiveToTeam(Priya, 3, "Repairs", Quick, Hours(1));
        conversation.SetDriver(Priya, 5, "Broken", Quick, Hours(1));
        conversation.MarkSpam(Priya, true, Hours(1));
        var version = conversation.Version;
        conversation.GiveToTeam(Priya, 3, "Repairs", AnswerRules.Usual, Hours(2));
        conversation.SetDriver(Priya, 5, "Broken", AnswerRules.Usual, Hours(2));
        conversation.MarkSpam(Priya, true, Hours(2));
        Assert.Equal((version, Hours(1)), (conversation.Version, conversation.AnswerDueAt));
    }

    [Fact]
    public void The_team_of_an_address_is_nobodys_doing()
    {
        var conversation = Open();
        conversation.BelongTo(3);
        Assert.Equal(3, conversation.TeamId);
        Assert.Empty(Events(conversation));
    }

    [Fact]
    public void A_driver_is_said_with_its_name_and_its_target_holds()
    {
        var conversation = Open();
        conversation.SetDriver(Priya, 5, "Broken", Quick, Hours(0.1));
        Assert.Equal((5L, Hours(1)), (conversation.DriverId, conversation.AnswerDueAt));
        Assert.Equal(("driver", "Broken"), (conversation.Entries[^1].Text, conversation.Entries[^1].Detail));
        conversation.SetDriver(Priya, null, "", Quick, Hours(0.2));
        Assert.Equal(["driver", "driver-none"], Events(conversation));
    }

    [Fact]
    public void Tags_are_noted_when_they_come_and_go()
    {
        var conversation = Open();
        conversation.NoteTag(Priya, "warranty", on: true, Hours(1));
        conversation.NoteTag(Priya, "warranty", on: false, Hours(2));
        Assert.Equal(["tagged", "untagged"], Events(conversation));
        Assert.All(conversation.Entries.Skip(1), entry => Assert.Equal("warranty", entry.Detail));
    }

    [Fact]
    public void Spam_keeps_its_place_for_the_case_that_it_is_none()
    {
        var conversation = Open();
        var (state, since, due) = (conversation.State, conversation.WaitingSince, conversation.AnswerDueAt);
        conversation.MarkSpam(Priya, true, Hours(1));
        Assert.True(conversation.IsSpam);
        conversation.MarkSpam(Priya, false, Hours(2));
        Assert.False(conversation.IsSpam);
        Assert.Equal((state, since, due), (conversation.State, conversation.WaitingSince, conversation.AnswerDueAt));
        Assert.Equal(["spam", "not-spam"], Events(conversation));
    }

    [Fact]
    public void The_first_answer_and_later_ones_have_their_own_target()
    {
        var conversation = Open();
        conversation.Retarget(Quick);
        Assert.Equal(Hours(1), conversation.AnswerDueAt);
        conversation.Reply(Priya, new OutboundMessage("A moment."), "1@morrow.example", resolve: false, Hours(0.5));
        Assert.Null(conversation.AnswerDueAt);
        conversation.Receive(Words("And now?"), Hours(2), Quick);
        Assert.Equal(Hours(2.5), conversation.AnswerDueAt);
    }

    [Fact]
    public void Who_does_not_wait_is_due_nothing_whatever_the_target()
    {
        var conversation = Waiting();
        conversation.Retarget(Quick);
        Assert.Null(conversation.AnswerDueAt);
    }

    [Fact]
    public void An_answer_remembers_when_it_was_due()
    {
        var conversation = Open();
        conversation.Retarget(Quick);
        Assert.Equal(Hours(1), conversation.Reply(Priya, new OutboundMessage("Sorry for the wait."), "1@morrow.example", resolve: false, Hours(3)).Value.DueAt);
        Assert.Null(conversation.Reply(Priya, new OutboundMessage("One more thing."), "2@morrow.example", resolve: false, Hours(4)).Value.DueAt);
    }

    [Fact]
    public void More_words_while_they_wait_do_not_move_what_is_due()
    {
        var conversation = Open();
        conversation.Retarget(Quick);
        conversation.Receive(Words("Are you there?"), Hours(0.5), Quick);
        Assert.Equal((Monday, Hours(1)), (conversation.WaitingSince, conversation.AnswerDueAt));
    }

    [Fact]
    public void Words_of_ours_that_begin_wait_for_nobody_of_ours()
    {
        var conversation = Conversation.BeginByUs(Fresh().Customer!, "  Your\r\norder  ", "help@morrow.example", Monday).Value;
        Assert.Equal(("Your order", ConversationState.Waiting, null), (conversation.Subject, conversation.State, conversation.AnswerDueAt));
        foreach (var subject in new[] { "", " ", new string('x', Conversation.MaxSubject + 1) })
        {
            Assert.Equal("subject.malformed", Conversation.BeginByUs(Fresh().Customer!, subject, "", Monday).Refusal?.Code);
        }
    }
}
