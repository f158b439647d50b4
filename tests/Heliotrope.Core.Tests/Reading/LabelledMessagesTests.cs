namespace Heliotrope.Core.Tests.Reading;

public sealed class LabelledMessagesTests
{
    [Theory]
    [InlineData("language", 0.99, 0.99)]
    [InlineData("complaint", 0.95, 0.90)]
    [InlineData("gratitude", 0.95, 0.95)]
    [InlineData("question", 0.97, 0.95)]
    [InlineData("urgency", 0.95, 0.95)]
    [InlineData("life event", 0.97, 0.97)]
    public void All_but_a_few_signs_of_the_labelled_messages_are_read(string sign, double precision, double recall)
    {
        Assert.True(LabelledMessages.Rows(LabelledMessages.Tuned).Count() >= 300);
        var score = LabelledMessages.Of(LabelledMessages.Tuned).Single(s => s.Sign == sign);
        Assert.True(score.Precision >= precision && score.Recall >= recall, string.Join('\n', LabelledMessages.Rows(LabelledMessages.Tuned).SelectMany(LabelledMessages.Mistakes)));
    }

    [Theory]
    [InlineData("language", 0.99, 0.97)]
    [InlineData("complaint", 0.95, 0.92)]
    [InlineData("urgency", 0.90, 0.92)]
    [InlineData("life event", 1, 1)]
    public void However_people_tell_their_trouble_nearly_all_of_it_is_read(string sign, double precision, double recall)
    {
        Assert.True(LabelledMessages.Rows(LabelledMessages.More).Count() >= 200);
        var score = LabelledMessages.Of(LabelledMessages.More).Single(s => s.Sign == sign);
        Assert.True(score.Precision >= precision && score.Recall >= recall, string.Join('\n', LabelledMessages.Rows(LabelledMessages.More).SelectMany(LabelledMessages.Mistakes)));
    }

    // Of mistakes nothing is printed, lest somebody tunes on them.
    [Theory]
    [InlineData("language", 0.97, 0.97)]
    [InlineData("complaint", 0.70, 0.60)]
    [InlineData("gratitude", 0.90, 0.80)]
    [InlineData("question", 0.95, 0.90)]
    [InlineData("urgency", 0.55, 0.50)]
    [InlineData("life event", 0.90, 0.78)]
    public void What_no_rule_was_tuned_on_is_read_less_well_and_not_worse_than_this(string sign, double precision, double recall)
    {
        var score = LabelledMessages.Of(LabelledMessages.HeldOut).Single(s => s.Sign == sign);
        Assert.True(score.Precision >= precision && score.Recall >= recall, score.ToString());
    }
}
