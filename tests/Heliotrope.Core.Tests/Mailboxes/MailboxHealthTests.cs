using Heliotrope.Core.Mailboxes;

namespace Heliotrope.Core.Tests.Mailboxes;

public sealed class MailboxHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    /// <summary>Looked into just now, connected long ago, with nothing wrong.</summary>
    private static readonly MailboxFacts Fine = new(false, Now.AddDays(-30), Now, null, null, null, null);

    [Fact]
    public void One_that_is_read_is_well() => Assert.Equal(MailboxHealth.Well, Fine.At(Now));

    [Fact]
    public void One_that_was_not_looked_into_for_more_than_three_minutes_has_stopped_with_or_without_an_error()
    {
        var last = Now - MailboxFacts.StoppedAfter;
        Assert.Equal(TimeSpan.FromMinutes(3), MailboxFacts.StoppedAfter);
        Assert.Equal(MailboxHealth.Well, (Fine with { LookedAt = last }).At(Now));
        Assert.Equal(MailboxHealth.Stopped, (Fine with { LookedAt = last - Tick }).At(Now));
        Assert.Equal(MailboxHealth.Faltering, (Fine with { LookedAt = last, FailingSince = last }).At(Now));
        Assert.Equal(MailboxHealth.Stopped, (Fine with { LookedAt = last - Tick, FailingSince = last }).At(Now));
    }

    [Fact]
    public void One_that_was_connected_just_now_is_given_the_same_time_for_its_first_look()
    {
        var connected = Fine with { CreatedAt = Now - MailboxFacts.StoppedAfter, LookedAt = null };
        Assert.Equal(MailboxHealth.Beginning, connected.At(Now));
        Assert.Equal(MailboxHealth.Faltering, (connected with { FailingSince = Now }).At(Now));
        Assert.Equal(MailboxHealth.Stopped, connected.At(Now + Tick));
    }

    [Fact]
    public void One_through_which_nothing_leaves_for_more_than_three_minutes_does_not_send()
    {
        var since = Now - MailboxFacts.StoppedAfter;
        Assert.Equal(MailboxHealth.Well, (Fine with { SendFailingSince = since }).At(Now));
        Assert.Equal(MailboxHealth.NotSending, (Fine with { SendFailingSince = since - Tick }).At(Now));
    }

    [Theory]
    [InlineData(949, 1_000, MailboxHealth.Well)]
    [InlineData(950, 1_000, MailboxHealth.NearlyFull)]
    [InlineData(2_000, 1_000, MailboxHealth.NearlyFull)]
    [InlineData(0, 0, MailboxHealth.Well)]
    [InlineData(5, 0, MailboxHealth.Well)]
    [InlineData(5, -1, MailboxHealth.Well)]
    [InlineData(long.MaxValue, long.MaxValue, MailboxHealth.NearlyFull)]
    public void One_whose_quota_is_nearly_used_up_is_nearly_full_and_one_without_a_limit_never(long used, long limit, MailboxHealth health) =>
        Assert.Equal(health, (Fine with { QuotaUsed = used, QuotaLimit = limit }).At(Now));

    [Fact]
    public void A_quota_of_which_only_half_is_known_says_nothing()
    {
        Assert.Equal(MailboxHealth.Well, (Fine with { QuotaLimit = 1_000 }).At(Now));
        Assert.Equal(MailboxHealth.Well, (Fine with { QuotaUsed = 1_000 }).At(Now));
    }

    [Fact]
    public void Of_several_troubles_the_worst_is_told()
    {
        var all = Fine with { LookedAt = Now.AddHours(-1), FailingSince = Now.AddHours(-1), SendFailingSince = Now.AddHours(-1), QuotaUsed = 10, QuotaLimit = 10 };
        Assert.Equal(MailboxHealth.Stopped, all.At(Now));
        Assert.Equal(MailboxHealth.NotSending, (all with { LookedAt = Now }).At(Now));
        Assert.Equal(MailboxHealth.Faltering, (all with { LookedAt = Now, SendFailingSince = null }).At(Now));
        Assert.Equal(MailboxHealth.NearlyFull, (all with { LookedAt = Now, FailingSince = null, SendFailingSince = null }).At(Now));
    }

    [Fact]
    public void One_that_somebody_has_paused_is_paused_whatever_is_wrong_with_reading_it_and_still_tells_when_no_answer_leaves()
    {
        var paused = new MailboxFacts(true, Now.AddDays(-1), null, Now, null, 10, 10);
        Assert.Equal(MailboxHealth.Paused, paused.At(Now));
        Assert.Equal(MailboxHealth.NotSending, (paused with { SendFailingSince = Now.AddDays(-1) }).At(Now));
    }

    [Fact]
    public void A_clock_that_was_put_back_stops_nothing() => Assert.Equal(MailboxHealth.Well, (Fine with { LookedAt = Now.AddHours(1), SendFailingSince = Now.AddHours(1) }).At(Now));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(4, 40)]
    [InlineData(5, 60)]
    [InlineData(6, 60)]
    [InlineData(int.MaxValue, 60)]
    [InlineData(0, 5)]
    public void After_each_failure_it_waits_longer_but_never_more_than_a_minute(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), MailboxPatience.AfterFailure(failures, refused: false));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 300)]
    [InlineData(int.MaxValue, 300)]
    public void A_refused_password_is_tried_once_more_soon_and_then_seldom(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), MailboxPatience.AfterFailure(failures, refused: true));

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 120)]
    [InlineData(3, 600)]
    [InlineData(4, 3_600)]
    [InlineData(5, 21_600)]
    [InlineData(0, 30)]
    public void A_mail_that_was_set_aside_is_tried_less_and_less_often(int tries, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), MailboxPatience.Again(tries));

    [Theory]
    [InlineData(6)]
    [InlineData(int.MaxValue)]
    public void In_the_end_it_waits_for_a_person(int tries) => Assert.Null(MailboxPatience.Again(tries));
}
