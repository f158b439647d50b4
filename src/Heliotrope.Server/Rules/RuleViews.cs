using Heliotrope.Core.Rules;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Rules;

/// <summary>A rule in words.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="State">on, off, untried or broken: what the words beside it say.</param>
/// <param name="When">What sets it off.</param>
/// <param name="If">What must hold; empty for always.</param>
/// <param name="Then">What it does.</param>
/// <param name="Stop">When it ran, no further rule does.</param>
/// <param name="Because">Why Heliotrope switched it off, in words; null when it did not.</param>
/// <param name="Owner">Who wrote it last.</param>
/// <param name="ChangedAt">When (UTC).</param>
/// <param name="OnSince">Since when it is on (UTC); null while it is not.</param>
/// <param name="Demo">Part of the demo company.</param>
public sealed record RuleSaid(
    long Id, string Name, string State, string When, IReadOnlyList<string> If, IReadOnlyList<string> Then, bool Stop, string? Because, string Owner, DateTimeOffset ChangedAt, DateTimeOffset? OnSince, bool Demo);

/// <summary>A rule in the list.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Days">How often it ran on each of the last 30 days, the oldest first.</param>
/// <param name="Runs">How often in all.</param>
/// <param name="Refused">How often of those it could not.</param>
public sealed record RuleRow(RuleSaid Rule, IReadOnlyList<int> Days, int Runs, int Refused);

/// <summary>All rules.</summary>
/// <param name="Rows">In their order.</param>
/// <param name="MayWrite">Whether the viewer writes them.</param>
public sealed record RulesView(IReadOnlyList<RuleRow> Rows, bool MayWrite);

/// <summary>One rule, with what it did.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="MayWrite">Whether the viewer writes rules.</param>
/// <param name="MayUndo">Whether the viewer may take back what it did.</param>
/// <param name="Runs">What it did, newest first.</param>
/// <param name="MoreRuns">Where earlier ones are; null when there are none.</param>
/// <param name="Tried">What a try found; null when none was asked for.</param>
/// <param name="Problem">What could not be done, in words; null when nothing was asked for.</param>
public sealed record RuleView(RuleSaid Rule, bool MayWrite, bool MayUndo, IReadOnlyList<RunSaid> Runs, string? MoreRuns, TrySaid? Tried, string? Problem = null);

/// <summary>A run in words.</summary>
/// <param name="Id">The id.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Words">What it changed, or why it could not.</param>
/// <param name="Undoable">It can still be taken back.</param>
/// <param name="TakenBack">It was taken back.</param>
public sealed record RunSaid(long Id, DateTimeOffset At, long Conversation, string Subject, RuleOutcome Outcome, IReadOnlyList<string> Words, bool Undoable, bool TakenBack);

/// <summary>What a try found, in words.</summary>
/// <param name="Says">How many would have matched.</param>
/// <param name="Fine">What the count leaves out, and which conditions were judged by today.</param>
/// <param name="Rows">A page of them.</param>
/// <param name="More">Where the next page is; null when this is the last.</param>
public sealed record TrySaid(string Says, IReadOnlyList<string> Fine, IReadOnlyList<MatchSaid> Rows, string? More);

/// <summary>One that would have matched.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="Acts">What each act would have changed.</param>
public sealed record MatchSaid(DateTimeOffset At, long Conversation, string Subject, string Customer, IReadOnlyList<string> Acts);

/// <summary>A choice of a menu.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Words">What is shown.</param>
public sealed record RuleChoice(string Value, string Words);

/// <summary>Choices that belong together.</summary>
/// <param name="Words">What they are about.</param>
/// <param name="Choices">The choices.</param>
public sealed record RuleChoices(string Words, IReadOnlyList<RuleChoice> Choices);

/// <summary>A row of the form: something chosen, and words beside it.</summary>
/// <param name="Choice">What is chosen; empty for nothing yet.</param>
/// <param name="Text">The words.</param>
/// <param name="Not">For a condition: it must not be so.</param>
public sealed record RuleFormRow(string Choice, string Text, bool Not = false);

/// <summary>The form of a rule.</summary>
/// <param name="Id">Which rule; null for a new one.</param>
/// <param name="Form">Names, numbers and what is wrong.</param>
/// <param name="Message">The conditions on the message, and room for more.</param>
/// <param name="Acts">The acts, and room for more.</param>
/// <param name="Does">What can be chosen as an act.</param>
public sealed record RuleFormView(long? Id, FormState Form, IReadOnlyList<RuleFormRow> Message, IReadOnlyList<RuleFormRow> Acts, IReadOnlyList<RuleChoices> Does);
