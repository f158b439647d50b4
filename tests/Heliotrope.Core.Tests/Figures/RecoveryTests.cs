using Heliotrope.Core.Recovery;

namespace Heliotrope.Core.Tests.Figures;

public sealed class RecoveryTests
{
    private const string Angry = "I am really angry. The grinder arrived broken, again, and nobody helps me.";
    private const string Good = "Dear Ada,\n\nI am so sorry: the grinder came broken, and for the second time. You waited long enough. I will send a new one today and write to you when it has left.\n\nInes Adler";

    private static RecoveryStep Step(RecoveryCourse course, RecoveryStepName name) => course.Steps[(int)name];

    [Fact]
    public void From_an_angry_mail_to_a_confident_customer_all_five_steps_are_met_with_their_words()
    {
        var told = new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Answered(30, Good, due: 60).Event(40, "fixed", "New grinder sent").Event(41, "resolved").Event(2000, "confirmed");
        var course = RecoveryCourse.Of(told.All, complaint: true)!;
        Assert.Equal((RecoveryState.Restored, Telling.At(0), Telling.At(2000), (RecoveryWait?)null), (course.State, course.OpenedAt, course.EndedAt, course.Wait));
        Assert.All(course.Steps, step => Assert.True(step.Met, $"{step.Name}: {string.Join(' ', step.Gaps)}"));
        var apology = Step(course, RecoveryStepName.Apologise).Evidence[0];
        Assert.Contains("so sorry", Good.Substring(apology.At, apology.Length), StringComparison.Ordinal);
        Assert.Equal(told.All[3].Id, Step(course, RecoveryStepName.Fix).Evidence[0].Entry);
    }

    [Fact]
    public void What_is_still_missing_is_told_apart_from_what_was_missed()
    {
        var before = RecoveryCourse.Of(new Telling().Wrote(0, Angry).Event(0, "recovery-opened").All, true)!;
        Assert.All(before.Steps, step => Assert.Equal([StepGap.NotYet], step.Gaps));
        Assert.DoesNotContain(before.Steps, step => step.Missed);

        var late = RecoveryCourse.Of(new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Answered(90, "Please send us a photo of the parcel.", due: 60).All, true)!;
        Assert.Equal([StepGap.Missing], Step(late, RecoveryStepName.Apologise).Gaps);
        Assert.Equal([StepGap.Late], Step(late, RecoveryStepName.Urgency).Gaps);
        Assert.Equal([StepGap.NobodyOwns, StepGap.NoNextStep], Step(late, RecoveryStepName.Attitude).Gaps);
        Assert.Equal(RecoveryWait.Fix, late.Wait);
    }

    [Theory]
    [InlineData("I am sorry about the grinder, but as I already said, you should have read the manual. I will send a new one.")]
    [InlineData("I am sorry about the grinder. That is the carrier's fault. I will send a new one.")]
    [InlineData("Es tut mir leid mit der Mühle. Das ist die Schuld von DHL. Ich schicke Ihnen eine neue.")]
    public void Salt_and_blaming_somebody_else_spoil_the_attitude_and_are_shown(string reply)
    {
        var attitude = Step(RecoveryCourse.Of(new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Answered(5, reply).All, true)!, RecoveryStepName.Attitude);
        Assert.False(attitude.Met);
        Assert.Contains(StepGap.Salt, attitude.Gaps);
        Assert.All(attitude.Evidence, e => Assert.True(e.Length > 0));
    }

    [Fact]
    public void German_steps_are_read_and_other_languages_are_not_judged()
    {
        var german = RecoveryCourse.Of(
            new Telling().Wrote(0, "Die Mühle ist schon wieder kaputt angekommen, ich bin wirklich verärgert.").Event(0, "recovery-opened")
                .Answered(5, "Liebe Frau Lovelace,\n\nes tut mir sehr leid, dass die Mühle wieder kaputt angekommen ist. Ich schicke Ihnen heute eine neue.\n\nInes Adler").All, true)!;
        Assert.True(Step(german, RecoveryStepName.Apologise).Met && Step(german, RecoveryStepName.Acknowledge).Met && Step(german, RecoveryStepName.Attitude).Met);

        var french = RecoveryCourse.Of(new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Answered(5, "Bonjour Madame, je suis vraiment désolé pour ce moulin cassé, nous vous en envoyons un autre dès aujourd'hui.").All, true)!;
        Assert.Equal([StepGap.NotRead], Step(french, RecoveryStepName.Attitude).Gaps);
        Assert.False(Step(french, RecoveryStepName.Apologise).Missed);
    }

    [Fact]
    public void A_no_opens_it_again_at_the_top_and_takes_the_fix_away_and_only_yes_restores()
    {
        var told = new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Answered(5, Good).Event(6, "fixed", "Sent").Event(7, "resolved").Event(900, "not-resolved", "Broken again");
        var again = RecoveryCourse.Of(told.All, true)!;
        Assert.Equal((RecoveryState.Open, RecoveryWait.SaidNo), (again.State, again.Wait));
        Assert.False(Step(again, RecoveryStepName.Fix).Met);
        Assert.Equal(RecoveryWait.Fix, RecoveryCourse.Of(told.Answered(950, "I will bring it myself.").All, true)!.Wait);
        Assert.Equal(RecoveryWait.Confidence, RecoveryCourse.Of(told.Event(960, "fixed", "Brought").All, true)!.Wait);
        Assert.Equal(RecoveryState.Restored, RecoveryCourse.Of(told.Event(999, "confirmed").All, true)!.State);
    }

    [Fact]
    public void Thanks_and_silence_restore_nothing_and_words_after_it_was_lost_open_it_again()
    {
        var told = new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Answered(5, Good).Wrote(60, "Thank you!");
        Assert.Equal(RecoveryState.Open, RecoveryCourse.Of(told.All, true)!.State);
        Assert.Equal((RecoveryState.Lost, Telling.At(9000)), (RecoveryCourse.Of(told.Event(9000, "recovery-lost").All, true)!.State, RecoveryCourse.Of(told.All, true)!.EndedAt!.Value));
        Assert.Equal((RecoveryState.Open, RecoveryWait.Answer), (RecoveryCourse.Of(told.Wrote(9100, "It broke once more.").All, true)!.State, RecoveryCourse.Of(told.All, true)!.Wait!.Value));
    }

    [Fact]
    public void A_no_without_a_complaint_opens_one_and_what_was_dropped_is_none()
    {
        Assert.Equal(RecoveryState.Open, RecoveryCourse.Of(new Telling().Wrote(0, "A question.").Answered(5, "An answer.").Event(60, "not-again").All, false)!.State);
        Assert.Null(RecoveryCourse.Of(new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Event(5, "recovery-dropped").All, false));
        Assert.Null(RecoveryCourse.Of(new Telling().Wrote(0, "A question.").Answered(5, "An answer.").All, false));

        // Read as a complaint before anything noted when: it opened with their first words.
        Assert.Equal(Telling.At(3), RecoveryCourse.Of(new Telling().Wrote(3, Angry).All, true)!.OpenedAt);
    }

    [Fact]
    public void The_newest_word_about_an_outside_cause_counts() => Assert.Equal(
        "DHL", RecoveryCourse.Of(new Telling().Wrote(0, Angry).Event(0, "recovery-opened").Event(1, "outside-cause", "UPS").Event(2, "outside-cause", "DHL").All, true)!.OutsideCause);
}
