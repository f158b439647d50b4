using Heliotrope.Core.Acts;
using Heliotrope.Core.Views;

namespace Heliotrope.Core.Tests.Views;

public sealed class BulkOutcomeTests
{
    private static Step Step(Effect effect, string? beware = null) =>
        new(0, new(ActKind.Resolve), effect, Refusal: effect is Effect.Refused ? new(RefusalKind.Conflict, "conversation.resolved", "It is.") : null, Beware: beware);

    [Fact]
    public void One_act_that_cannot_be_done_keeps_all_of_them_from_being_done()
    {
        var outcome = BulkOutcome.Of([Step(Effect.Changes), Step(Effect.Refused)], []);
        Assert.Equal((Effect.Refused, "conversation.resolved"), (outcome.Effect, outcome.Refusal?.Code));
    }

    [Fact]
    public void What_is_so_already_does_not_change()
    {
        Assert.Equal(Effect.Same, BulkOutcome.Of([Step(Effect.Same), Step(Effect.Same, "promise-open")], ["promise-open"]).Effect);
        Assert.Equal(Effect.Changes, BulkOutcome.Of([Step(Effect.Same), Step(Effect.Changes)], []).Effect);
    }

    [Fact]
    public void What_is_to_be_left_out_is_left_out_and_says_why()
    {
        Assert.Equal(["promise-open"], BulkOutcome.Of([Step(Effect.Changes, "promise-open")], []).Beware);
        var left = BulkOutcome.Of([Step(Effect.Changes, "promise-open")], ["promise-open"]);
        Assert.Equal((Effect.Refused, "bulk.left-out", "promise-open"), (left.Effect, left.Refusal?.Code, left.Refusal?.About));
    }
}
