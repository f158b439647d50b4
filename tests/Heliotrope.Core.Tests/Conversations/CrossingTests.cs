using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Tests.Conversations;

public class CrossingTests
{
    private const long Priya = 1;
    private const long Tom = 2;
    private static readonly Heard FromAda = new(10, Direction.In, Author.Known, null, "Ada Lovelace");
    private static readonly Heard FromTom = new(12, Direction.Out, Author.Known, Tom, "Tom Weaver");

    [Fact]
    public void What_came_after_the_last_one_that_was_seen_is_unseen_oldest_first() =>
        Assert.Equal([FromAda, FromTom], Crossing.Unseen([FromTom, FromAda], 9, Priya));

    [Fact]
    public void What_was_seen_crosses_with_nothing() => Assert.Empty(Crossing.Unseen([FromAda, FromTom], 12, Priya));

    [Fact]
    public void Ones_own_words_are_known() => Assert.Equal([FromAda], Crossing.Unseen([FromAda, FromTom], 9, Tom));

    [Fact]
    public void A_program_has_no_words_of_its_own() => Assert.Single(Crossing.Unseen([FromTom with { UserId = null }], 9, null));

    [Fact]
    public void An_absence_notice_is_nothing_to_read_first() => Assert.Empty(Crossing.Unseen([FromAda with { Author = Author.Machine }], 9, Priya));

    [Fact]
    public void Somebody_elses_answer_is() => Assert.Single(Crossing.Unseen([FromAda with { Author = Author.SomebodyElse }], 9, Priya));
}
