using Heliotrope.Core.People;

namespace Heliotrope.Core.Tests.People;

public sealed class ActorTests
{
    [Theory]
    [InlineData(Role.Agent, true, false)]
    [InlineData(Role.Lead, true, false)]
    [InlineData(Role.Admin, true, true)]
    [InlineData(null, false, false)]
    public void The_role_decides_what_somebody_may_do(Role? role, bool work, bool administer)
    {
        foreach (var kind in new[] { ActorKind.Person, ActorKind.ApiKey })
        {
            var actor = new Actor(kind, 7, "Priya", role);
            Assert.Equal(work, actor.MayWork);
            Assert.Equal(administer, actor.MayAdminister);
        }
    }

    [Fact]
    public void A_customer_may_neither_work_nor_administer()
    {
        var actor = Actor.Customer("Marta");
        Assert.Equal((ActorKind.Customer, null, "Marta"), (actor.Kind, actor.Id, actor.Name));
        Assert.False(actor.MayWork || actor.MayAdminister);
    }

    [Fact]
    public void Heliotrope_itself_may_do_its_work() => Assert.True(Actor.System.MayWork && Actor.System.MayAdminister);
}
