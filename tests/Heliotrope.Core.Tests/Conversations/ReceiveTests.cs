using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Targets;
using static Heliotrope.Core.Tests.Conversations.Given;

namespace Heliotrope.Core.Tests.Conversations;

public sealed class ReceiveTests
{
    [Fact]
    public void The_first_words_open_it_and_start_the_clock()
    {
        var conversation = Open();
        Assert.Equal(ConversationState.Open, conversation.State);
        Assert.Equal(Monday, conversation.WaitingSince);
        Assert.Equal(new HappinessClock(Monday, null, null), conversation.Clock);
        Assert.Equal("My grinder is silent.", conversation.Preview);
        Assert.Equal(("Grinder", "help@morrow.example", Channel.Mail, Monday), (conversation.Subject, conversation.OurAddress, conversation.Channel, conversation.CreatedAt));
    }

    [Fact]
    public void An_entry_keeps_what_came()
    {
        var entry = Fresh().Receive(Words("New words") with { Html = "<p>New words</p>", Attachments = [new(0, "photo.jpg", "image/jpeg", 12)] }, Hours(3), AnswerRules.Usual);
        Assert.Equal((EntryKind.Message, Direction.In, Author.Known), (entry.Kind, entry.Direction, entry.Author));
        Assert.Equal(("Marta Keller", "marta@shop.example", null), (entry.FromName, entry.FromAddress, entry.UserId));
        Assert.Equal(("New words", "> quoted", "<p>New words</p>"), (entry.Text, entry.Quoted, entry.Html));
        Assert.Equal(("a@shop.example", 1L, Hours(3)), (entry.MessageId, entry.RawMailId, entry.At));
        Assert.Equal("photo.jpg", Assert.Single(entry.Attachments).Name);
    }

    [Fact]
    public void Who_writes_again_has_waited_since_the_first_time()
    {
        var conversation = Open();
        conversation.Receive(Words("Is anybody there?"), Hours(5), AnswerRules.Usual);
        Assert.Equal(Monday, conversation.WaitingSince);
        Assert.Equal(Hours(5), conversation.LastActivityAt);
    }

    [Fact]
    public void A_word_after_our_answer_opens_it_from_that_moment()
    {
        var conversation = Waiting();
        conversation.Receive(Words("The button is blue."), Hours(3), AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Hours(3)), (conversation.State, conversation.WaitingSince));
        Assert.Empty(Events(conversation));
    }

    [Fact]
    public void A_word_after_a_yes_reopens_it_and_says_so()
    {
        var conversation = Confirmed();
        conversation.Receive(Words("It stopped again."), Hours(30), AnswerRules.Usual);
        Assert.Equal(ConversationState.Open, conversation.State);
        Assert.Equal(["resolved", "confirmed", "reopened"], Events(conversation));
        Assert.Equal(new HappinessClock(Monday, null, null), conversation.Clock);
    }

    [Fact]
    public void Thanks_leave_a_resolved_one_resolved_and_end_the_clock()
    {
        var conversation = Resolved();
        conversation.Receive(Words("Thank you, it works!"), Hours(3), AnswerRules.Usual);
        Assert.Equal((ConversationState.Resolved, null), (conversation.State, conversation.WaitingSince));
        Assert.Equal(new HappinessClock(Monday, Hours(3), HappinessEnd.Thanked), conversation.Clock);
        Assert.Equal(["resolved"], Events(conversation));
    }

    [Fact]
    public void Thanks_after_an_answer_end_the_clock_and_leave_the_turn_with_them()
    {
        var conversation = Waiting();
        conversation.Receive(Words("Danke, hat geklappt!"), Hours(3), AnswerRules.Usual);
        Assert.Equal(ConversationState.Waiting, conversation.State);
        Assert.Equal(HappinessEnd.Thanked, conversation.HappinessEnd);
    }

    [Fact]
    public void Thanks_in_the_first_message_are_a_way_to_ask()
    {
        var conversation = Fresh();
        conversation.Receive(Words("Thanks for your help"), Monday, AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Monday), (conversation.State, conversation.WaitingSince));
        Assert.Null(conversation.HappinessEnd);
    }

    [Fact]
    public void Thanks_while_they_wait_for_us_end_nothing()
    {
        var conversation = Waiting();
        conversation.Receive(Words("The button is blue."), Hours(3), AnswerRules.Usual);
        conversation.Receive(Words("Thank you!"), Hours(4), AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Hours(3)), (conversation.State, conversation.WaitingSince));
        Assert.Null(conversation.HappinessEnd);
    }

    [Fact]
    public void Thanks_for_carrying_on_after_a_no_do_not_unsay_the_no()
    {
        var conversation = Resolved();
        conversation.AnswerConfidence(Marta, new(false, true, "Still silent"), Hours(2), AnswerRules.Usual);
        conversation.Receive(Words("Thank you!"), Hours(3), AnswerRules.Usual);
        Assert.Equal((HappinessEnd.Unhappy, Attention.SaidNo, ConversationState.Open), (conversation.HappinessEnd, conversation.Attention, conversation.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_machine_reopens_nothing_and_ends_nothing(bool customersAddress)
    {
        var conversation = Resolved();
        var clock = conversation.Clock;
        var entry = conversation.Receive(FromMachine(customersAddress), Hours(1), AnswerRules.Usual);
        Assert.Equal(Author.Machine, entry.Author);
        Assert.Equal((ConversationState.Resolved, null), (conversation.State, conversation.WaitingSince));
        Assert.Equal(clock, conversation.Clock);
        Assert.Equal("Press the red button.", conversation.Preview);
    }

    [Fact]
    public void A_machine_that_answers_in_the_same_moment_reopens_nothing_either()
    {
        var conversation = Fresh();
        conversation.Receive(Words("My grinder is silent."), Monday, AnswerRules.Usual);
        conversation.Resolve(Priya, Monday);
        conversation.Receive(FromMachine(), Monday, AnswerRules.Usual);
        Assert.Equal(ConversationState.Resolved, conversation.State);
    }

    [Fact]
    public void What_a_machine_begins_is_seen_but_starts_no_clock()
    {
        var conversation = Fresh();
        conversation.Receive(FromMachine(), Monday, AnswerRules.Usual);
        Assert.Equal((ConversationState.Open, Monday), (conversation.State, conversation.WaitingSince));
        Assert.Null(conversation.HappinessStartedAt);
        conversation.Receive(Words("My grinder is silent."), Hours(4), AnswerRules.Usual);
        Assert.Equal(Hours(4), conversation.HappinessStartedAt);
    }

    [Fact]
    public void Somebody_else_is_heard_but_never_for_the_customer()
    {
        var conversation = Resolved();
        var clock = conversation.Clock;
        var entry = conversation.Receive(FromSomebodyElse("Thank you, it works!"), Hours(3), AnswerRules.Usual);
        Assert.Equal(Author.SomebodyElse, entry.Author);
        Assert.Equal((ConversationState.Open, Hours(3)), (conversation.State, conversation.WaitingSince));
        Assert.Equal(clock, conversation.Clock);
    }

    [Fact]
    public void The_preview_is_one_line_of_whole_characters()
    {
        Assert.Equal("Two lines and a tab", Preview("  Two lines\r\n\r\nand\ta tab \n"));
        Assert.Equal(new string('x', 160), Preview(new string('x', 160)));
        Assert.Equal(new string('x', 160) + "…", Preview(new string('x', 161)));
        Assert.Equal(new string('x', 159) + "…", Preview(new string('x', 159) + "😀"));
        Assert.Equal("😀", Preview(new string(' ', 319) + "😀"));
        Assert.Equal("", Preview(" \n "));
    }

    private static string Preview(string text)
    {
        var conversation = Fresh();
        conversation.Receive(Words(text), Monday, AnswerRules.Usual);
        return conversation.Preview;
    }
}
