using Heliotrope.Core.Drivers;

namespace Heliotrope.Core.Tests.Drivers;

public sealed class DriverModelTests
{
    [Fact]
    public void Messages_never_seen_get_their_driver_in_both_languages()
    {
        var asked = Examples.ToAskAbout.Where(row => row.Driver is not null).ToArray();

        var right = asked.Count(row => Examples.Model.Read(row.Text).Driver == row.Driver);

        Assert.Equal(24, asked.Length);
        Assert.True(right >= 22, $"{right} of 24");
    }

    [Fact]
    public void It_is_less_sure_of_matters_that_it_has_never_met()
    {
        var readings = Examples.ToAskAbout.ToLookup(row => row.Driver is not null, row => Examples.Model.Read(row.Text));

        Assert.True(readings[true].Average(reading => reading.Sure) > 0.9);
        Assert.All(readings[false], reading => Assert.True(reading.Driver is null || reading.Sure < 0.75, Examples.Told(reading)));
    }

    [Theory]
    [InlineData("My account is LOCKED, and nobody told me!", "LOCKED")]
    [InlineData("Guten Tag, der Henkel ist beim Auspacken zerbrochen.", "zerbrochen")]
    [InlineData("I'd like a refund, please.", "refund")]
    public void What_spoke_most_are_words_as_they_stand_in_the_text(string text, string word)
    {
        var because = Examples.Model.Read(text).Because;

        Assert.Contains(word, because);
        Assert.InRange(because.Count, 1, 3);
        Assert.All(because, reason => Assert.Contains(reason, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("?!… 🙂")]
    [InlineData("Ωψξ Ωψξ")]
    [InlineData(null)]
    public void Of_a_text_without_a_known_word_it_says_nothing(string? text) => Assert.Equal("  0 ".Trim(), Examples.Told(Examples.Model.Read(text!)).Trim());

    [Fact]
    public void Texts_shown_as_none_of_the_drivers_teach_what_none_is()
    {
        string[] none = ["We offer search engine optimisation for your shop.", "Our agency offers better ranking in every search engine.", "Grow your shop with our marketing agency.", "Special offer: search engine marketing for shops.", "Would you like to rank first in the search engines?", "Our marketing agency would like to offer you a ranking report."];
        var taught = DriverModel.Train([.. Examples.ToLearnFrom, .. none.Select(text => new LabelledText(text, null))]);

        var offer = taught.Read("An offer from our agency: marketing and search engine ranking for your shop");
        Assert.Null(offer.Driver);
        Assert.Empty(offer.Because);
        Assert.True(offer.Sure > 0.5);
        Assert.Equal("cannot sign in", taught.Read("I cannot log in, my password is wrong").Driver);
    }

    [Fact]
    public void Two_rows_of_a_driver_are_not_enough_to_know_it_by()
    {
        LabelledText[] rows = [new("my parcel is late", "late"), new("the parcel did not come", "late"), new("where is my parcel", "late"), new("refund me", "money"), new("give me my money", "money"), new("something else", null)];

        var before = DriverModel.Train(rows);
        Assert.False(before.Knows);
        Assert.Equal((null, 0.0), (before.Read("where is my parcel").Driver, before.Read("where is my parcel").Sure));

        var after = DriverModel.Train([.. rows, new("money back please", "money")]);
        Assert.True(after.Knows);
        Assert.Equal("late", after.Read("where is my parcel").Driver);
        Assert.Equal("money", after.Read("I want my money back").Driver);
    }

    [Fact]
    public void Nothing_or_one_driver_alone_teaches_nothing()
    {
        Assert.False(DriverModel.Train([]).Knows);
        Assert.False(DriverModel.Train([new("a", "only"), new("b", "only"), new("c", "only"), new("d", "only")]).Knows);
        Assert.False(DriverModel.Train([new("a", null), new("b", ""), new("c", " "), new(null!, "x")]).Knows);
    }

    [Fact]
    public void Empty_texts_with_labels_are_passed_over()
    {
        LabelledText[] empty = [.. Enumerable.Repeat(new LabelledText(" ", "a"), 5), .. Enumerable.Repeat(new LabelledText("…", "b"), 5)];

        Assert.Null(DriverModel.Train(empty).Read("anything").Driver);
    }

    [Fact]
    public void The_same_words_with_two_labels_follow_the_more_frequent_one()
    {
        var rows = Examples.ToLearnFrom
            .Concat(Enumerable.Repeat(new LabelledText("The frobnicator hums", "arrived broken"), 9))
            .Concat(Enumerable.Repeat(new LabelledText("The frobnicator hums", "wants to cancel"), 2));

        Assert.Equal("arrived broken", DriverModel.Train([.. rows]).Read("the frobnicator hums").Driver);
    }

    [Fact]
    public void A_driver_with_few_rows_is_found_beside_one_with_many()
    {
        var many = Enumerable.Range(0, 600).Select(i => new LabelledText($"Where is parcel {i}? {Examples.ToLearnFrom[i % 20].Text}", "delivery is late"));
        LabelledText[] few = [new("The kettle is broken", "arrived broken"), new("A broken lid", "arrived broken"), new("It came broken", "arrived broken"), new("please cancel it", "wants to cancel"), new("cancel my plan", "wants to cancel")];

        var model = DriverModel.Train([.. many, .. few]);

        Assert.Equal("delivery is late", model.Read("Where is my parcel 7?").Driver);
        Assert.Equal("arrived broken", model.Read("the broken kettle").Driver);
        Assert.Equal("wants to cancel", model.Read("cancel").Driver);
    }

    [Fact]
    public void Slips_and_other_endings_do_not_hide_a_word() => Assert.Equal(
        ["wants money back", "cannot sign in", "wants to cancel"],
        new[] { "refundd please", "pasword resett", "Kündigung des Abonnements" }.Select(text => Examples.Model.Read(text).Driver));
}
