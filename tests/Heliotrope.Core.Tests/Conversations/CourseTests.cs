using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Tests.Conversations;

public sealed class CourseTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset?> Times = Gen.Choose(-3, 20).Select(hours => hours < 0 ? (DateTimeOffset?)null : Start.AddHours(hours));

    private static readonly Arbitrary<Course> Courses = Arb.From(
        from state in Gen.Elements(Enum.GetValues<ConversationState>())
        from waits in Times
        from rests in Times
        from answered in Times
        from attention in Gen.Elements(Enum.GetValues<Attention>())
        from started in Times
        from ended in Times
        from end in Gen.Elements(Enum.GetValues<HappinessEnd>())
        select new Course(
            state,
            state is ConversationState.Open or ConversationState.Snoozed ? waits : null,
            state is ConversationState.Snoozed ? rests ?? Start : null,
            answered,
            attention,
            started is null ? default : new(started, ended, ended is null ? null : end)));

    private static Said In(int hour, string text = "My grinder is silent.", Author author = Author.Known) => new(Start.AddHours(hour), Direction.In, author, text, null);

    private static Said Out(int hour, int? due = null) => new(Start.AddHours(hour), Direction.Out, Author.Known, "", due is { } at ? Start.AddHours(at) : null);

    [Fact]
    public void Which_of_two_comes_first_means_nothing() => Prop.ForAll(Courses, Courses, (one, other) => one.With(other) == other.With(one)).QuickCheckThrowOnFailure();

    [Fact]
    public void In_which_order_three_become_one_means_nothing() =>
        Prop.ForAll(Courses, Courses, Courses, (a, b, c) => a.With(b).With(c) == a.With(b.With(c))).QuickCheckThrowOnFailure();

    [Fact]
    public void With_itself_nothing_changes() => Prop.ForAll(Courses, course => course.With(course) == course).QuickCheckThrowOnFailure();

    [Fact]
    public void The_clock_runs_from_the_earliest_word_until_all_has_ended()
    {
        var confirmed = new Course(ConversationState.Confirmed, null, null, Start.AddHours(2), Attention.Usual, new(Start, Start.AddHours(3), HappinessEnd.Confirmed));
        var open = Course.Of([In(1)]);
        Assert.Equal(new HappinessClock(Start, null, null), confirmed.With(open).Clock);
        Assert.Equal((ConversationState.Open, Start.AddHours(1)), (confirmed.With(open).State, confirmed.With(open).WaitingSince));

        var unhappy = open with { Clock = new(Start.AddHours(1), Start.AddHours(2), HappinessEnd.Unhappy) };
        Assert.Equal(new HappinessClock(Start, Start.AddHours(2), HappinessEnd.Unhappy), confirmed.With(unhappy).Clock);
        var silent = open with { Clock = new(Start.AddHours(1), Start.AddHours(9), HappinessEnd.Silent) };
        Assert.Equal(new HappinessClock(Start, Start.AddHours(9), HappinessEnd.Silent), confirmed.With(silent).Clock);
        Assert.Equal(confirmed.Clock, confirmed.With(Course.Of([In(0, author: Author.Machine)])).Clock);
    }

    [Fact]
    public void Messages_alone_tell_whose_turn_it_is()
    {
        Assert.Equal((ConversationState.Open, Start), (Course.Of([In(0), In(2)]).State, Course.Of([In(0), In(2)]).WaitingSince));
        Assert.Equal((ConversationState.Waiting, null), (Course.Of([Out(3), In(0)]).State, Course.Of([Out(3), In(0)]).WaitingSince));
        Assert.Equal(Start.AddHours(4), Course.Of([In(0), Out(3), In(4)]).WaitingSince);
        Assert.Equal(ConversationState.Waiting, Course.Of([In(0), Out(3), In(4, "Thank you!")]).State);
        Assert.Equal(new HappinessClock(Start, Start.AddHours(4), HappinessEnd.Thanked), Course.Of([In(0), Out(3), In(4, "Thank you!")]).Clock);
        Assert.Equal(ConversationState.Waiting, Course.Of([Out(0), In(1, author: Author.Machine)]).State);
        Assert.Null(Course.Of([In(0, author: Author.SomebodyElse)]).Clock.StartedAt);
    }

    [Fact]
    public void Answers_are_counted_in_the_order_of_time()
    {
        Assert.Equal(new OnTime(true, 0, 1), Said.Answers([Out(5, due: 4), In(0), Out(1, due: 2), In(3)]));
        Assert.Equal(new OnTime(null, 0, 0), Said.Answers([In(0)]));
    }
}
