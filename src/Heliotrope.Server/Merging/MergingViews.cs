using Heliotrope.Server.Conversations;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Merging;

/// <summary>The page on which conversations become one.</summary>
/// <param name="Number">Whose page led here.</param>
/// <param name="Called">What it is called.</param>
/// <param name="Also">Others that were selected with it.</param>
/// <param name="Choices">What they could become part of: the others selected, and those of the same customer.</param>
/// <param name="Into">What is asked for; null while nothing is.</param>
/// <param name="Preview">What would change; null while nothing is asked for.</param>
/// <param name="Form">What to change about what was asked for.</param>
public sealed record MergeView(long Number, string Called, IReadOnlyList<long> Also, IReadOnlyList<ConversationRow> Choices, long? Into, MergePreview? Preview, FormState Form);

/// <summary>The page on which messages are chosen that go elsewhere.</summary>
/// <param name="Number">Of which conversation.</param>
/// <param name="Called">What it is called.</param>
/// <param name="Entries">Its messages and notes, newest first.</param>
/// <param name="More">There are earlier ones, which this page does not list.</param>
/// <param name="Form">What to change, and what was typed.</param>
public sealed record SplitView(long Number, string Called, IReadOnlyList<SplitEntry> Entries, bool More, FormState Form);

/// <summary>A message or note that can go elsewhere.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Note">Whether colleagues alone see it.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Text">Its first words.</param>
/// <param name="Chosen">It goes.</param>
public sealed record SplitEntry(long Id, bool Note, string Author, DateTimeOffset At, string Text, bool Chosen);
