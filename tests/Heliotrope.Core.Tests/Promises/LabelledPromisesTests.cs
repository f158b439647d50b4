namespace Heliotrope.Core.Tests.Promises;

public sealed class LabelledPromisesTests
{
    [Fact]
    public void All_but_a_few_promises_of_the_labelled_replies_are_found_and_dated()
    {
        var replies = LabelledPromises.Read(LabelledPromises.Tuned).ToList();
        Assert.True(replies.Count >= 300);
        Assert.All(LabelledPromises.Of(LabelledPromises.Tuned), score =>
        {
            Assert.True(score.Labelled >= 60);
            var mistakes = string.Join('\n', replies.SelectMany(r => LabelledPromises.Mistakes(r.Row, r.Found)));
            Assert.True(score is { Precision: >= 0.98, Recall: >= 0.98, Dates: >= 0.98 }, mistakes);
        });
    }

    [Fact]
    public void What_no_rule_was_tuned_on_is_read_nearly_as_well() =>
        Assert.All(LabelledPromises.Of(LabelledPromises.HeldOut), score =>
            Assert.True(score is { Precision: >= 0.85, Recall: >= 0.91, Dates: >= 0.93 }, score.ToString())); // of mistakes nothing is printed, lest somebody tunes on them
}
