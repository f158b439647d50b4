namespace Heliotrope.Server.Bulk;

/// <summary>The page on which something is done to many conversations.</summary>
/// <param name="List">The address of the list that they were chosen in.</param>
/// <param name="All">All of the list rather than some.</param>
/// <param name="Numbers">Those that were chosen; empty with all.</param>
/// <param name="Total">How many they are.</param>
/// <param name="More">There are more than can be changed at once.</param>
/// <param name="Sample">The first of them.</param>
/// <param name="Acts">What is to be done, as chosen so far.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Preview">What would become of them; null while nothing is chosen.</param>
/// <param name="LeaveOut">Codes of what keeps a conversation as it is.</param>
/// <param name="Refused">Why nothing can be done; null when it can.</param>
public sealed record BulkView(
    string List, bool All, IReadOnlyList<long> Numbers, int Total, bool More, IReadOnlyList<BulkRow> Sample, IReadOnlyList<BulkAct> Acts, IReadOnlyList<BulkMenu> Choices,
    BulkPreview? Preview, IReadOnlyList<string> LeaveOut, string? Refused);

/// <summary>A conversation, by what people call it.</summary>
public sealed record BulkRow(long Number, string Customer, string Subject);

/// <summary>Something to be done, as a form has it and in words.</summary>
public sealed record BulkAct(string Code, string Words);

/// <summary>A menu of things that can be done.</summary>
/// <param name="Name">The end of its words' key.</param>
/// <param name="Acts">What it offers.</param>
/// <param name="Typed">The code of an act whose value is typed; null for none.</param>
/// <param name="Long">Whether that is more than a line.</param>
public sealed record BulkMenu(string Name, IReadOnlyList<BulkAct> Acts, string? Typed = null, bool Long = false);

/// <summary>What would become of the conversations.</summary>
/// <param name="Changes">How many would change.</param>
/// <param name="Same">How many are so already.</param>
/// <param name="Refused">How many stay as they are, by reason.</param>
/// <param name="Beware">What to know about those that change, by code.</param>
/// <param name="Acts">What each act does, over all.</param>
/// <param name="Asks">Customers are asked whether it is resolved: such a mail cannot be taken back once it has left.</param>
public sealed record BulkPreview(
    int Changes, int Same, IReadOnlyList<BulkGroup> Refused, IReadOnlyList<BulkGroup> Beware, IReadOnlyList<BulkActCount> Acts, bool Asks);

/// <summary>Conversations that share a reason.</summary>
/// <param name="Code">The reason's code.</param>
/// <param name="Words">In words.</param>
/// <param name="Count">How many.</param>
/// <param name="Sample">The first of them.</param>
public sealed record BulkGroup(string Code, string Words, int Count, IReadOnlyList<BulkRow> Sample);

/// <summary>What one act does, over all conversations.</summary>
public sealed record BulkActCount(string Words, int Changes, int Same);

/// <summary>The page that shows how far it has come.</summary>
/// <param name="Id">Which.</param>
/// <param name="What">What is done, in words.</param>
/// <param name="List">The list that they were chosen in.</param>
/// <param name="Total">How many there are to go through.</param>
/// <param name="Done">How many were gone through.</param>
/// <param name="Changed">How many were changed.</param>
/// <param name="Same">How many were so already.</param>
/// <param name="Refused">Those that could not be changed, by reason.</param>
/// <param name="State">running, ended or stopped.</param>
/// <param name="MayUndo">Whether it can be taken back.</param>
public sealed record BulkProgress(
    long Id, IReadOnlyList<string> What, string List, int Total, int Done, int Changed, int Same, IReadOnlyList<BulkGroup> Refused, string State, bool MayUndo);
