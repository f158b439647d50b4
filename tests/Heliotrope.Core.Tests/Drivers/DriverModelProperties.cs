using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Drivers;

namespace Heliotrope.Core.Tests.Drivers;

public sealed class DriverModelProperties
{
    /// <summary>Any characters, halves of some included, among words that are known.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<char[]>().Select(characters => new string(characters)),
        Gen.Elements("parcel", "Paket", "refund", "’", "'", " ", "\ud83d", "\0", "漢字", "ǆ", "ﬁ", "e\u0301", "ß", "\uffff", "مرحبا"),
        Gen.Elements(Examples.ToLearnFrom.Select(row => row.Text).ToArray())).ArrayOf().Select(string.Concat);

    [Fact]
    public void Any_text_is_read_and_the_reading_is_whole() => Prop.ForAll(Arb.From(Text), text =>
    {
        var reading = Examples.Model.Read(text);
        return reading.Sure is >= 0 and <= 1
            && (reading.Driver is null ? reading.Because.Count == 0 : Examples.ToLearnFrom.Any(row => row.Driver == reading.Driver))
            && reading.Because.All(word => word.Length > 0 && text.Contains(word, StringComparison.Ordinal));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void White_space_around_and_between_does_not_matter() => Prop.ForAll(
        Arb.From(Gen.Elements(Examples.ToAskAbout.ToArray())),
        Arb.From(Gen.Elements(" ", "\n", "\r\n\t", "\u00a0", "   ")),
        (row, blank) => Examples.Told(Examples.Model.Read(blank + row.Text.Replace(" ", blank, StringComparison.Ordinal) + blank)) == Examples.Told(Examples.Model.Read(row.Text)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Upper_and_lower_case_do_not_matter() => Prop.ForAll(Arb.From(Gen.Elements(Examples.ToAskAbout.Concat(Examples.ToLearnFrom).ToArray())), row =>
    {
        var (upper, lower) = (Examples.Model.Read(row.Text.ToUpperInvariant()), Examples.Model.Read(row.Text.ToLowerInvariant()));
        return upper.Driver == lower.Driver && upper.Sure == lower.Sure;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_rows_give_the_same_model_in_whatever_order_they_come()
    {
        var again = DriverModel.Train([.. Examples.ToLearnFrom.Reverse()]);

        Assert.All(Examples.ToAskAbout, row => Assert.Equal(Examples.Told(Examples.Model.Read(row.Text)), Examples.Told(again.Read(row.Text))));
    }

    [Fact]
    public void Any_rows_can_be_learned_from_and_each_answer_is_one_of_their_drivers()
    {
        var rows = (from text in Text from driver in Gen.Elements("a", "b", "Ä", null, "", "\ud800") select new LabelledText(text, driver)).ArrayOf();
        Prop.ForAll(Arb.From(rows), Arb.From(Text), (learned, text) =>
        {
            var reading = DriverModel.Train(learned).Read(text);
            return reading.Sure is >= 0 and <= 1 && (reading.Driver is null || learned.Any(row => row.Driver == reading.Driver));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(30));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("parcel ")]
    [InlineData("漢")]
    [InlineData("'")]
    [InlineData("\ud83d")]
    [InlineData("\ud83d\ude42")]
    public void Of_an_endless_text_only_the_beginning_is_read(string piece)
    {
        var text = "My parcel is late. " + string.Concat(Enumerable.Repeat(piece, 4_000));

        Assert.Equal(Examples.Told(Examples.Model.Read(text)), Examples.Told(Examples.Model.Read(text + string.Concat(Enumerable.Repeat(" refund", 20_000)))));
    }
}
