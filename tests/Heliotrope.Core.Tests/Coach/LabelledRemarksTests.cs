using Heliotrope.Core.Tests.Promises;

namespace Heliotrope.Core.Tests.Coach;

public class LabelledRemarksTests
{
    /// <summary>By kind: how many of those found are right, and how many of those labelled are found. The first stands above the second: a good reply gets no remark.</summary>
    [Fact]
    public void The_labelled_replies_get_the_remarks_that_are_due()
    {
        var mistakes = string.Join('\n', LabelledRemarks.Read(LabelledPromises.Tuned).SelectMany(r => LabelledRemarks.Mistakes(r.Row, r.Remarks)));

        Assert.All(LabelledRemarks.Of(LabelledPromises.Tuned), kind => Assert.True(kind is { Labelled: >= 6, Precision: >= 0.9, Recall: >= 0.9 }, $"{kind}\n{mistakes}"));
    }

    [Fact]
    public void Hardly_a_good_reply_gets_any()
    {
        Assert.InRange(LabelledRemarks.LeftAlone(LabelledPromises.Tuned), 0.98, 1);
        Assert.InRange(LabelledRemarks.LeftAlone(LabelledPromises.HeldOut), 0.93, 1);
    }
}
