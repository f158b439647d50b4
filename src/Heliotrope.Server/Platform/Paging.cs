using Heliotrope.Core;

namespace Heliotrope.Server.Platform;

/// <summary>What every list says of a page that it cannot give.</summary>
internal static class Paging
{
    /// <summary>A place that no page before has told.</summary>
    public static Refusal NoPlace { get; } = Refusal.Invalid("after.malformed", "Give the value of next from the page before.", "after");

    /// <summary>A page of more than it gives at once.</summary>
    public static Refusal TooMany(int most) => Refusal.Invalid("limit.out-of-range", $"The limit is between 1 and {most}.", "limit");
}
