using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Tests.Acts;

public sealed class ActPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private static readonly Standing Open = new(ConversationState.Open, 7, null, 3, ["refund"], false, null, OpenPromises: 1);

    private static Step Only(Standing standing, ActKind kind, string value = "") => Assert.Single(ActPlan.Of(standing, [new(kind, value)], Now, 2));

    [Theory]
    [InlineData(ActKind.Assign, "7", Effect.Same)]
    [InlineData(ActKind.Assign, "8", Effect.Changes)]
    [InlineData(ActKind.Assign, "", Effect.Changes)]
    [InlineData(ActKind.Team, "", Effect.Same)]
    [InlineData(ActKind.Driver, "3", Effect.Same)]
    [InlineData(ActKind.Tag, "REFUND", Effect.Same)]
    [InlineData(ActKind.Tag, "late", Effect.Changes)]
    [InlineData(ActKind.Untag, "Refund", Effect.Changes)]
    [InlineData(ActKind.Untag, "late", Effect.Same)]
    [InlineData(ActKind.Reopen, "", Effect.Same)]
    [InlineData(ActKind.NotSpam, "", Effect.Same)]
    [InlineData(ActKind.Spam, "", Effect.Changes)]
    [InlineData(ActKind.Note, "Words.", Effect.Changes)]
    public void What_is_so_already_is_told_apart_from_what_changes(ActKind kind, string value, Effect effect) => Assert.Equal(effect, Only(Open, kind, value).Effect);

    [Fact]
    public void A_resolved_conversation_is_not_put_off()
    {
        var resolved = Open with { State = ConversationState.Confirmed };
        Assert.Equal("conversation.resolved", Only(resolved, ActKind.Snooze, "P1D").Refusal?.Code);
        Assert.Equal(Effect.Same, Only(resolved, ActKind.Resolve).Effect);
        Assert.Equal(("confirmed", "open"), (Only(resolved, ActKind.Reopen).From, Only(resolved, ActKind.Reopen).To));
        Assert.Equal("snooze.date", Only(Open, ActKind.Snooze, "2026-11-30T08:59:00Z").Refusal?.Code);
    }

    [Fact]
    public void An_open_promise_is_named_before_a_conversation_is_resolved()
    {
        Assert.Equal("promise-open", Only(Open, ActKind.Resolve).Beware);
        Assert.Null(Only(Open with { OpenPromises = 0 }, ActKind.Resolve).Beware);
    }

    [Fact]
    public void Each_act_is_planned_on_what_those_before_it_leave()
    {
        var steps = ActPlan.Of(Open, [new(ActKind.Resolve), new(ActKind.Tag, "a"), new(ActKind.Tag, "b"), new(ActKind.Reply, "Hello.")], Now, 2);
        Assert.Equal([3, 1, 2, 0], steps.Select(step => step.Index));
        var refusal = ActPlan.RefusalOf(steps)!;
        Assert.Equal(("tag.too-many", "acts[2]"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Done_twice_changes_nothing_more() => Prop.ForAll<bool, bool, byte>(Twice).QuickCheckThrowOnFailure();

    private static void Twice(bool spam, bool tagged, byte pick)
    {
        Act[] once = [new(ActKind.Assign, "9"), new(ActKind.Team, "2"), new(ActKind.Driver), new(ActKind.Tag, "late"), new(spam ? ActKind.Spam : ActKind.NotSpam), new(pick % 2 == 0 ? ActKind.Resolve : ActKind.Reopen)];
        var standing = Open with { State = (ConversationState)(pick % 5), Spam = !spam, Tags = tagged ? ["late"] : [] };
        var after = standing with { Assignee = 9, Team = 2, Driver = null, Tags = ["late"], Spam = spam, State = pick % 2 == 0 ? ConversationState.Resolved : ConversationState.Open };
        Assert.DoesNotContain(ActPlan.Of(standing, once, Now, 20), step => step.Effect is Effect.Refused);
        Assert.All(ActPlan.Of(after, once, Now, 20), step => Assert.Equal(Effect.Same, step.Effect));
    }
}
