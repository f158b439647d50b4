using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Promises;

namespace Heliotrope.Core.Figures;

/// <summary>All that the figures of one conversation are counted from.</summary>
/// <param name="Number">The conversation's number.</param>
/// <param name="Clock">Its clock; silence is no entry, so how it ended is told here.</param>
/// <param name="Happened">What happened, in any order.</param>
/// <param name="Promises">What became of each promise made in it.</param>
/// <param name="Complaint">It reads as a complaint, or a colleague said so.</param>
/// <param name="LifeEvent">Something happened in their life: then nothing is graded (docs/method.md, C7).</param>
public sealed record History(long Number, HappinessClock Clock, IReadOnlyList<Happened> Happened, IReadOnlyList<PromiseState> Promises, bool Complaint, bool LifeEvent = false);
