using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Assignment;

namespace Heliotrope.Core.Tests.Assignment;

public sealed class BestColleagueTests
{
    private static readonly Need German = new("de", 7);

    private static Colleague Somebody(long id) => new(id, $"Colleague {id}", AtWork: true, Open: 0, Room: 10, Languages: [], Skills: [], KnowsCustomer: false, LastGiven: null);

    [Fact]
    public void Whoever_helped_this_customer_before_is_chosen_before_whoever_knows_the_matter()
    {
        var chosen = BestColleague.Choose(German, [Somebody(1) with { Skills = [7] }, Somebody(2) with { KnowsCustomer = true, Open = 9 }])!;
        Assert.Equal((2, ChosenBecause.KnowsCustomer), (chosen.Colleague.Id, Assert.Single(chosen.Because)));
    }

    [Fact]
    public void Whoever_writes_the_language_is_chosen_before_whoever_helped_before_without_it()
    {
        var chosen = BestColleague.Choose(German, [Somebody(1) with { KnowsCustomer = true, Languages = ["en"] }, Somebody(2) with { Languages = ["de", "en"] }])!;
        Assert.Equal(2, chosen.Colleague.Id);
        Assert.Equal([ChosenBecause.Language, ChosenBecause.Room], chosen.Because);
    }

    [Fact]
    public void Where_nobody_said_what_they_write_it_holds_nobody_back() =>
        Assert.Equal(1, BestColleague.Choose(German, [Somebody(1), Somebody(2) with { Languages = ["fr"] }])!.Colleague.Id);

    [Fact]
    public void Whoever_knows_the_matter_is_chosen_and_the_reason_says_so()
    {
        var chosen = BestColleague.Choose(German, [Somebody(1), Somebody(2) with { Skills = [7], Open = 3 }])!;
        Assert.Equal(2, chosen.Colleague.Id);
        Assert.Equal([ChosenBecause.Skill, ChosenBecause.Room], chosen.Because);
    }

    [Fact]
    public void Of_those_alike_the_emptiest_hands_count_by_how_much_each_can_hold()
    {
        Assert.Equal(2, BestColleague.Choose(German, [Somebody(1) with { Open = 2, Room = 3 }, Somebody(2) with { Open = 5, Room = 20 }])!.Colleague.Id);
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(2, BestColleague.Choose(German, [Somebody(1) with { LastGiven = now }, Somebody(2) with { LastGiven = now.AddHours(-1) }])!.Colleague.Id);
    }

    [Fact]
    public void Nobody_is_chosen_who_is_away_or_has_no_room() =>
        Assert.Null(BestColleague.Choose(German, [Somebody(1) with { AtWork = false }, Somebody(2) with { Open = 10 }]));

    [Fact]
    public void The_choice_is_free_and_does_not_depend_on_the_order()
    {
        var colleagues = (from work in Gen.Choose(0, 2)
                          from open in Gen.Choose(0, 11)
                          from language in Gen.Elements<string[]>([], ["de"], ["fr"])
                          from skill in Gen.Elements<long[]>([], [7], [8])
                          from knows in Gen.Elements(true, false)
                          select Somebody(0) with { AtWork = work > 0, Open = open, Languages = language, Skills = skill, KnowsCustomer = knows }).ListOf();
        Prop.ForAll(Arb.From(colleagues), some =>
        {
            var all = some.Select((colleague, at) => colleague with { Id = at + 1 }).ToList();
            var chosen = BestColleague.Choose(German, all);
            var again = BestColleague.Choose(German, all.OrderByDescending(c => c.Id));
            return chosen?.Colleague == again?.Colleague && (chosen is null ? !all.Exists(c => c.IsFree) : chosen.Colleague.IsFree && chosen.Because.Count > 0);
        }).QuickCheckThrowOnFailure();
    }
}
