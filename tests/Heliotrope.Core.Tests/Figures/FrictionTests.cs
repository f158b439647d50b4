using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Tests.Figures;

public sealed class FrictionTests
{
    [Fact]
    public void Hold_is_until_the_first_answer_of_a_person_and_not_of_a_machine_or_to_somebody_else()
    {
        var told = new Telling().Wrote(0, "Where is it?").Automatic(1).Forwarded(10).Answered(95, "Here.").Wrote(100, "And the lid?").Answered(300, "In the box.");
        Assert.Equal(new(TimeSpan.FromMinutes(95), 0, 0, 0, 0, 0), Friction.Of(told.All));
        Assert.Null(Friction.Of(new Telling().Wrote(0, "Where is it?").Automatic(1).All).Hold);
    }

    [Fact]
    public void Where_we_began_hold_counts_from_the_customers_first_word() =>
        Assert.Equal(TimeSpan.FromMinutes(20), Friction.Of(new Telling().Answered(0, "Your order is late.").Wrote(60, "When does it come?").Answered(80, "Tomorrow.").All).Hold);

    [Fact]
    public void Who_gets_it_first_is_no_transfer_and_each_change_after_is_one()
    {
        var told = new Telling().Wrote(0, "Hello?").Event(1, "team", "Help").Event(2, "assigned", "Ines").Answered(3, "Yes?", "Ines").Event(4, "assigned", "Ole").Answered(5, "I am here.", "Ole")
            .Event(6, "unassigned").Event(7, "given", "Ole\nskill").Event(8, "team", "Repairs");
        Assert.Equal(2, Friction.Of(told.All).Transfers); // to Ole, and to Repairs
    }

    [Fact]
    public void Another_voice_is_another_person_to_the_customer_and_person_and_team_in_one_act_are_one_change()
    {
        Assert.Equal(1, Friction.Of(new Telling().Wrote(0, "Hello?").Answered(1, "Yes?", "Ines").Wrote(2, "My order.").Answered(3, "Gone out.", "Ole").All).Transfers);
        Assert.Equal(1, Friction.Of(new Telling().Wrote(0, "Hello?").Event(1, "team", "Help").Event(1, "assigned", "Ines").Event(9, "team", "Repairs").Event(9, "assigned", "Ole").All).Transfers);
    }

    [Theory]
    [InlineData("Anybody there?", 1)]
    [InlineData("Thank you!", 0)]
    public void Whoever_writes_again_before_an_answer_repeats_themselves_unless_it_is_thanks(string words, int repeats) =>
        Assert.Equal(repeats, Friction.Of(new Telling().Wrote(0, "Where is it?").Wrote(60, words).All).Repeats);

    [Fact]
    public void Somebody_else_and_machines_repeat_nothing() => Assert.Equal(
        0, Friction.Of(new Telling().Wrote(0, "Where is it?").Wrote(5, "I am away.", Author.Machine).Wrote(9, "Seen.", Author.SomebodyElse).All).Repeats);

    [Theory]
    [InlineData("As I already said, the handle of the kettle broke.")]
    [InlineData("Wie ich schon geschrieben habe: der Griff ist ab.")]
    [InlineData("Comme je l'ai déjà dit, la poignée est cassée.")]
    [InlineData("Como ya dije, el asa se rompió.")]
    [InlineData("The handle of my kettle broke while pouring water, order 4711.")]
    public void What_was_said_before_and_is_said_again_after_an_answer_is_a_repeat(string again) => Assert.Equal(
        1, Friction.Of(new Telling().Wrote(0, "The handle of my kettle broke while pouring water into the pot, order 4711.").Answered(5, "Could you tell me more?").Wrote(9, again).All).Repeats);

    [Fact]
    public void An_answer_to_our_question_is_no_repeat() => Assert.Equal(
        0, Friction.Of(new Telling().Wrote(0, "The handle of my kettle broke while pouring water.").Answered(5, "Which colour is it?").Wrote(9, "It is the green one with a wooden knob.").All).Repeats);

    [Fact]
    public void Asking_for_what_they_had_said_is_counted()
    {
        var told = new Telling().Wrote(0, "My order number is 471199 and the cup is broken.").Answered(5, "I am sorry. Could you tell me your order number?").Wrote(9, "471199").Answered(12, "A new one leaves today.");
        Assert.Equal(1, Friction.Of(told.All).ReAsks);
        Assert.Equal(0, Friction.Of(new Telling().Wrote(0, "The cup is broken.").Answered(5, "I am sorry. Could you tell me your order number?").All).ReAsks);
    }

    [Fact]
    public void Going_on_elsewhere_and_answering_a_machine_before_a_person_comes_are_counted()
    {
        Assert.Equal(1, Friction.Of(new Telling().Wrote(0, "Hello?").Answered(1, "Yes?").Wrote(2, "Now here.", channel: (Channel)1).Wrote(3, "Still here.", channel: (Channel)1).All).ChannelSwitches);
        var bot = Friction.Of(new Telling().Wrote(0, "Hello?").Automatic(1).Wrote(2, "No, a person.").Automatic(3).Wrote(4, "A person, please.").Answered(9, "I am one.").Automatic(10).Wrote(11, "Good, and my order?").All);
        Assert.Equal((2, 0), (bot.BotLoops, bot.Repeats));
    }
}
