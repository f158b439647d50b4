using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Views;

namespace Heliotrope.Core.Tests.Views;

public sealed class PlaceTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Place> Places =
        from attention in Gen.Elements(Enum.GetValues<Attention>())
        from dated in Gen.Choose(0, 3)
        from hours in Gen.Choose(0, 4)
        from number in Gen.Choose(1, 6)
        select new Place(attention, dated == 0 ? null : Then.AddHours(hours), number);

    private static readonly Gen<Sort> Sorts =
        from order in Gen.Elements(Enum.GetValues<ListOrder>())
        from open in Gen.Elements(true, false)
        select new Sort(order, open);

    [Fact]
    public void A_place_is_read_as_it_was_written() =>
        Prop.ForAll(Arb.From(Places), place => Assert.Equal(place, Place.Read(place.ToString()))).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_an_address_holds_is_a_place_or_none() =>
        Prop.ForAll(Arb.From(ArbMap.Default.GeneratorFor<char[]>().Select(c => new string(c))), text => Assert.True(Place.Read(text) is not { } place || Place.Read(place.ToString()) == place)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("40-1")]
    [InlineData("a-1-1")]
    [InlineData("40-1-")]
    [InlineData("40-99999999999999999999-1")]
    [InlineData("40-9223372036854775807-1")]
    [InlineData("40-1-1-1")]
    public void What_is_no_place_is_none(string? text) => Assert.Null(Place.Read(text));

    [Fact]
    public void Any_two_places_have_one_order_and_any_three_agree() =>
        Prop.ForAll(Arb.From(from sort in Sorts from a in Places from b in Places from c in Places select (sort, a, b, c)), given =>
        {
            var (sort, a, b, c) = given;
            Assert.Equal(0, sort.Compare(a, a));
            Assert.Equal(Math.Sign(sort.Compare(a, b)), -Math.Sign(sort.Compare(b, a)));
            Assert.True(sort.Compare(a, b) > 0 || sort.Compare(b, c) > 0 || sort.Compare(a, c) <= 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_presses_comes_first_and_what_has_no_time_comes_where_it_belongs()
    {
        var (dated, undated, pressing) = (new Place(Attention.Usual, Then, 1), new Place(Attention.Usual, null, 2), new Place(Attention.SaidNo, Then.AddDays(1), 3));
        Assert.True(new Sort(ListOrder.Pressing).Compare(pressing, dated) < 0);
        Assert.True(new Sort(ListOrder.Due).Compare(pressing, dated) > 0);
        Assert.True(new Sort(ListOrder.Pressing, AllOpen: true).Compare(undated, dated) < 0);
        Assert.True(new Sort(ListOrder.Pressing).Compare(undated, dated) > 0);
        Assert.True(new Sort(ListOrder.Due).Compare(undated, dated) > 0);
        Assert.True(new Sort(ListOrder.Newest).Compare(new(default, Then.AddDays(1), 1), new(default, Then, 2)) < 0);
        Assert.True(new Sort(ListOrder.Oldest).Compare(new(default, Then.AddDays(1), 1), new(default, Then, 2)) > 0);
    }
}
