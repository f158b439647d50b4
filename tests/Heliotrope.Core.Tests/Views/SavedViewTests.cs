using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;

namespace Heliotrope.Core.Tests.Views;

public sealed class SavedViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Priya = new(ActorKind.Person, 7, "Priya", Role.Agent);
    private static readonly Actor Tom = new(ActorKind.Person, 8, "Tom", Role.Agent);
    private static readonly Actor Lead = new(ActorKind.Person, 9, "Femke", Role.Lead);
    private static readonly Actor Admin = new(ActorKind.Person, 10, "Samira", Role.Admin);
    private static readonly Actor Light = new(ActorKind.Person, 11, "Jonas", Role.Light);
    private static readonly Actor Program = new(ActorKind.ApiKey, 7, "shop", Role.Admin);

    private static SavedView Made(Actor actor, ViewWish wish) => SavedView.Begin(actor, wish, Now).Value;

    [Fact]
    public void An_agent_makes_a_view_that_nobody_else_has()
    {
        var view = Made(Priya, new("  Late\n promises ", " promise:broken   is:open ", ListOrder.Due));
        Assert.Equal(("Late promises", "promise:broken is:open", ListOrder.Due, Sharing.Own, 7L), (view.Name, view.Query, view.Sorting, view.Sharing, view.OwnerId));
        Assert.True(view.IsFor(Priya, []));
        Assert.True(view.MayChange(Priya));
        Assert.All([Tom, Lead, Admin, Light, Program], other => Assert.False(view.IsFor(other, [1, 2]) || view.MayChange(other)));
    }

    [Fact]
    public void Only_leads_share_and_only_they_change_what_is_shared()
    {
        Assert.Equal("role.insufficient", SavedView.Begin(Priya, new("All", Sharing: Sharing.Everybody), Now).Refusal?.Code);
        var view = Made(Lead, new("All", Sharing: Sharing.Everybody));
        Assert.All([Priya, Tom, Lead, Admin, Light, Program], actor => Assert.True(view.IsFor(actor, [])));
        Assert.All([Priya, Light], actor => Assert.Equal("role.insufficient", view.Change(actor, new("Mine"))?.Code));
        Assert.Null(view.Change(Admin, new("Everything")));
        Assert.Equal("Everything", view.Name);
    }

    [Fact]
    public void A_team_has_its_view_and_others_do_not_know_of_it()
    {
        var view = Made(Lead, new("Billing", Sharing: Sharing.Team, TeamId: 3));
        Assert.True(view.IsFor(Priya, [2, 3]));
        Assert.False(view.IsFor(Tom, [2]));
        Assert.True(view.IsFor(Lead, [])); // who made it
        Assert.True(view.IsFor(Admin, []));
        Assert.Null(view.Change(Lead, new(Sharing: Sharing.Everybody)));
        Assert.Null(view.TeamId);
    }

    [Theory]
    [InlineData("", "", "view.name")]
    [InlineData(null, "", "view.name")]
    [InlineData(61, "", "view.name")]
    [InlineData("x", 1001, "view.query-long")]
    public void What_nobody_could_use_is_refused(object? name, object query, string code) =>
        Assert.Equal(code, SavedView.Begin(Priya, new(Words(name), Words(query)), Now).Refusal?.Code);

    [Fact]
    public void A_program_has_no_views_of_its_own()
    {
        Assert.Equal(Sharing.Everybody, Made(Program, new("x")).Sharing);
        Assert.Equal("view.nobodys", SavedView.Begin(Program, new("x", Sharing: Sharing.Own), Now).Refusal?.Code);
        Assert.Equal("view.no-team", SavedView.Begin(Program, new("x", Sharing: Sharing.Team), Now).Refusal?.Code);
    }

    [Fact]
    public void A_light_colleague_makes_none() => Assert.Equal("role.insufficient", SavedView.Begin(Light, new("x"), Now).Refusal?.Code);

    [Fact]
    public void Moving_keeps_every_view_once_and_moves_only_that_one() =>
        Prop.ForAll(Arb.From(from count in Gen.Choose(0, 8) from id in Gen.Choose(0, 8) from steps in Gen.Choose(-9, 9) select (count, id, steps)), given =>
        {
            List<long> ids = [.. Enumerable.Range(0, given.count).Select(i => (long)i)];
            var moved = Arrangement.Move(ids, given.id, given.steps);
            Assert.Equal(ids, moved.Order());
            Assert.Equal(ids.Where(id => id != given.id), moved.Where(id => id != given.id));
            if (ids.Contains(given.id))
            {
                Assert.Equal(Math.Clamp(given.id + given.steps, 0, ids.Count - 1), moved.ToList().IndexOf(given.id));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Those_that_were_moved_stand_where_they_were_put_and_the_others_behind_them()
    {
        var choices = new Dictionary<long, ViewChoice> { [3] = new() { ViewId = 3, Position = 0 }, [1] = new() { ViewId = 1, Position = 1 }, [4] = new() { ViewId = 4 } };
        Assert.Equal([3, 1, 2, 4], Arrangement.Of([4L, 3L, 2L, 1L], id => id, choices));
    }

    private static string? Words(object? given) => given is int length ? new string('a', length) : (string?)given;
}
