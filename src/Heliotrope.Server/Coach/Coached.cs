using Heliotrope.Core.Coach;
using Heliotrope.Core.Promises;

namespace Heliotrope.Server.Coach;

/// <summary>What the coach says of a reply that is being written, in the language of whoever writes it.</summary>
/// <param name="Language">The language of the reply, in which a date is put into it: <c>en</c> or <c>de</c>.</param>
/// <param name="Remarks">The remarks, in the order of their words.</param>
/// <param name="Promises">The promises, in the order of their words.</param>
public sealed record Coached(string Language, IReadOnlyList<RemarkView> Remarks, IReadOnlyList<PromiseView> Promises)
{
    /// <summary>Nothing to say.</summary>
    public static Coached Nothing { get; } = new("en", [], []);
}

/// <summary>One remark.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="At">Where its words begin in the text, in UTF-16 units.</param>
/// <param name="Length">Their length; 0 where something is missing.</param>
/// <param name="Sentence">What it says, with its reason.</param>
/// <param name="Fix">What to put in place of the words; null when only a person can tell.</param>
/// <param name="FixLabel">What that does, for its button; null when there is none.</param>
/// <param name="Blocks">Whether the reply cannot leave before.</param>
public sealed record RemarkView(RemarkKind Kind, int At, int Length, string Sentence, string? Fix, string? FixLabel, bool Blocks);

/// <summary>A promise in the words.</summary>
/// <param name="At">Where its words begin in the text, in UTF-16 units.</param>
/// <param name="Length">Their length.</param>
/// <param name="Text">The words, with one space between: as they are accepted.</param>
/// <param name="Due">By when; null when it is vague.</param>
/// <param name="Precision">How exactly that is said.</param>
/// <param name="Deed">What kind of thing is promised.</param>
/// <param name="Kept">How many promises like it were kept.</param>
/// <param name="Of">Of how many that is known.</param>
/// <param name="NineInTen">By when nine in ten would be kept; null when that is not known, or no later than what is promised.</param>
/// <param name="When">Where another date is put, in place of what stands there.</param>
public sealed record PromiseView(int At, int Length, string Text, DueView? Due, Precision Precision, Deed Deed, int Kept, int Of, DueView? NineInTen, PlaceView When);

/// <summary>A place in the text, in UTF-16 units.</summary>
public sealed record PlaceView(int At, int Length);

/// <summary>By when.</summary>
/// <param name="Words">For a person.</param>
/// <param name="Iso">The day, or the day and the time, on the clock of the team: <c>2026-12-03T17:00</c>.</param>
public sealed record DueView(string Words, string Iso);
