using Heliotrope.Core.Acts;

namespace Heliotrope.Core.Views;

/// <summary>What a list of acts does to one of many conversations, taken together.</summary>
/// <param name="Effect">It changes something; all of it is so already; or part of it cannot be done, and then none of it is.</param>
/// <param name="Refusal">Why not; null when it can be done.</param>
/// <param name="Beware">What people should know before, as codes; empty for nothing.</param>
public sealed record BulkOutcome(Effect Effect, Refusal? Refusal, IReadOnlyList<string> Beware)
{
    /// <summary>Takes the steps of one conversation together.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="leaveOut">Codes of what keeps a conversation from being changed at all, as whoever acts chose.</param>
    /// <returns>What becomes of it.</returns>
    public static BulkOutcome Of(IReadOnlyList<Step> steps, IReadOnlyCollection<string> leaveOut)
    {
        if (ActPlan.RefusalOf(steps) is { } refusal)
        {
            return new(Effect.Refused, refusal, []);
        }

        var beware = steps.Where(step => step.Effect is Effect.Changes).Select(step => step.Beware).OfType<string>().Distinct().ToList();
        return beware.Find(leaveOut.Contains) is { } left
            ? new(Effect.Refused, new(RefusalKind.Conflict, "bulk.left-out", "It was left out, as you asked.", About: left), beware)
            : new(steps.Any(step => step.Effect is Effect.Changes) ? Effect.Changes : Effect.Same, null, beware);
    }
}
