using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

public class LearnedWordsTests
{
    private const string Complaint = "This is unacceptable.";

    [Fact]
    public void One_false_alarm_could_be_a_slip_and_two_are_not()
    {
        var words = Assert.Single(MessageReading.Of(Complaint).Evidence.Where(e => e.Sign is Sign.Complaint).Select(e => LearnedWords.Fold(Complaint.Substring(e.At, e.Length))).Distinct());
        var not = new Taught(Sign.Complaint, null, words, false);

        Assert.True(new LearnedWords([not]).Read(Complaint).Complaint);
        Assert.False(new LearnedWords([not, not]).Read(Complaint).Complaint);
        Assert.True(new LearnedWords([not, not, not with { Counts = true }]).Read(Complaint).Complaint);
    }

    [Fact]
    public void Words_that_were_pointed_out_count_in_any_case_and_say_where_they_are()
    {
        var learned = new LearnedWords([new(Sign.LifeEvent, LifeEvent.Illness, LearnedWords.Fold("im Krankenstand"), true)]);

        var reading = learned.Read("Er ist IM KRANKENSTAND.");

        Assert.Equal(LifeEvent.Illness, reading.LifeEvent);
        Assert.Contains(new Evidence(Sign.LifeEvent, 7, 15), reading.Evidence);
        Assert.Null(learned.Read("Er ist im Urlaub.").LifeEvent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("(((")]
    [InlineData("a|b [c] ** .. https://example.org/x # _")]
    public void Whatever_a_colleague_points_out_can_be_learned(string words)
    {
        var learned = new LearnedWords([new(Sign.Complaint, null, LearnedWords.Fold(words), true)]);

        Assert.False(learned.Read("Nothing at all.").Complaint);
        Assert.Equal(LearnedWords.Fold(words).Length > 0, learned.Read($"I say: {words}").Complaint);
    }
}
