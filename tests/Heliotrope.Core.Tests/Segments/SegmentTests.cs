using Heliotrope.Core.Search;
using Heliotrope.Core.Segments;

namespace Heliotrope.Core.Tests.Segments;

public sealed class SegmentTests
{
    [Theory]
    [InlineData("Plan=Pro", "Plan", Comparison.Same, "Pro")]
    [InlineData("Seats >= 10", "Seats", Comparison.AtLeast, "10")]
    [InlineData("Seats<10", "Seats", Comparison.Less, "10")]
    [InlineData("Seats>10", "Seats", Comparison.More, "10")]
    [InlineData("Seats<=10", "Seats", Comparison.AtMost, "10")]
    [InlineData("Plan", "Plan", Comparison.Same, "")]
    public void A_condition_on_an_own_field_has_a_name_and_a_comparison(string said, string field, Comparison comparison, string value) =>
        Assert.Equal(new FieldTest(field, comparison, value), FieldTest.Read(said));

    [Fact]
    public void None_asks_for_no_value()
    {
        Assert.True(FieldTest.Read("Plan=none").None);
        Assert.False(FieldTest.Read("Plan=Pro").None);
    }

    [Theory]
    [InlineData("org:none purchases:>3 -promise:broken", null)]
    [InlineData("lovelace", null)]
    [InlineData("", "segment.empty")]
    [InlineData("purchases:many", "segment.query")]
    [InlineData("is:open", "segment.query")]
    [InlineData("end:happy", "segment.query")]
    public void A_segment_says_people_that_can_be_understood(string text, string? code)
    {
        var made = Segment.Of("Some", text, default);
        Assert.Equal(code, made.Refusal?.Code);
    }

    [Fact]
    public void Every_example_is_understood_and_says_the_same_again() => Assert.All(PeopleOperators.All, found =>
    {
        var query = PeopleOperators.Read(found.Example);
        Assert.Empty(query.Problems);
        Assert.Equal(query.ToString(), PeopleOperators.Read(query.ToString()).ToString());
    });
}
