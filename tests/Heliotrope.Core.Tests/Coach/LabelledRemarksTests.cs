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

    /// <summary>What is easily missed, and what sounds like it. The kinds that depend on telling a complaint are a little lower.</summary>
    [Fact]
    public void What_is_easily_missed_is_remarked_and_what_sounds_like_it_is_not()
    {
        var mistakes = string.Join('\n', LabelledRemarks.Read(LabelledPromises.More).SelectMany(r => LabelledRemarks.Mistakes(r.Row, r.Remarks)));
        var kinds = LabelledRemarks.Of(LabelledPromises.More).ToDictionary(kind => kind.Kind);

        Assert.All(["gratitude", "salt", "words", "re-ask", "complexity", "all"], name => Assert.True(kinds[name] is { Labelled: >= 9, Precision: >= 0.95, Recall: >= 0.9 }, $"{kinds[name]}\n{mistakes}"));
        Assert.All(["acknowledge", "apologise"], name => Assert.True(kinds[name] is { Labelled: >= 8, Precision: >= 0.8, Recall: >= 0.85 }, $"{kinds[name]}\n{mistakes}"));
        Assert.InRange(LabelledRemarks.LeftAlone(LabelledPromises.More), 0.98, 1);
    }

    /// <summary>A little under what comes out. The kinds that live on words that nobody can list all (gratitude, the customer's own words, salt) are found less often among other words.</summary>
    [Fact]
    public void What_no_rule_was_tuned_on_is_read_nearly_as_well()
    {
        var kinds = LabelledRemarks.Of(LabelledPromises.HeldOut).ToDictionary(kind => kind.Kind);

        // Of mistakes nothing is printed, lest somebody tunes on them.
        Assert.True(kinds["all"] is { Precision: >= 0.77, Recall: >= 0.72 }, kinds["all"].ToString());
        Assert.All(["language", "name-overuse", "wrong-name", "merge-field", "promise-date", "non-apology"], name => Assert.True(kinds[name] is { Precision: >= 0.95, Recall: >= 0.95 }, kinds[name].ToString()));
        Assert.All(["complexity", "form-letter", "re-ask", "selling"], name => Assert.True(kinds[name] is { Precision: >= 0.95, Recall: >= 0.6 }, kinds[name].ToString()));
        Assert.All(["acknowledge", "apologise"], name => Assert.True(kinds[name] is { Precision: >= 0.55, Recall: >= 0.8 }, kinds[name].ToString()));
    }

    [Fact]
    public void Hardly_a_good_reply_gets_any()
    {
        Assert.InRange(LabelledRemarks.LeftAlone(LabelledPromises.Tuned), 0.98, 1);
        Assert.InRange(LabelledRemarks.LeftAlone(LabelledPromises.HeldOut), 0.92, 1);
    }
}
