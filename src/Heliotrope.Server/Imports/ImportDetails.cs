using Heliotrope.Core.Imports;

namespace Heliotrope.Server.Imports;

/// <summary>Numbers of what an import would do, or has done.</summary>
/// <param name="Counts">How many of each: conversations, messages, notes, people, organisations, teams, tags, drivers, agents; with <c>-here</c> behind it, how many were here already.</param>
/// <param name="Left">What is left out, and why.</param>
/// <param name="Remarks">What is read otherwise than it was written.</param>
/// <param name="Unmatched">Colleagues who have no account here; their names are kept.</param>
/// <param name="Samples">Conversations to look at.</param>
public sealed record ImportReport(
    IReadOnlyDictionary<string, int> Counts, IReadOnlyList<ImportReason> Left, IReadOnlyList<ImportReason> Remarks, IReadOnlyList<string> Unmatched, IReadOnlyList<ImportSample> Samples)
{
    internal static ImportReport? Of(string json) => json.Length == 0 ? null : Of(ImportTally.Of(json));

    private static ImportReport Of(ImportTally tally) =>
        new(tally.Counts, [.. tally.Left.Values.OrderByDescending(r => r.Count)], [.. tally.Remarks.Values.OrderByDescending(r => r.Count)], tally.Unmatched, tally.Samples);
}

/// <summary>An import.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The names of its files.</param>
/// <param name="Source">mbox, zendesk, freshdesk or csv; null until that is known.</param>
/// <param name="Account">The account there; the same ids of two accounts are two things.</param>
/// <param name="State">uploading, reading, ready, running, stopped, done, removing, removed or failed.</param>
/// <param name="Progress">How much of it is read, in thousandths; of tables and mailboxes it is a guess.</param>
/// <param name="By">Who brought it.</param>
/// <param name="CreatedAt">When it was brought (UTC).</param>
/// <param name="EndedAt">When it ended (UTC); null while it has not.</param>
/// <param name="Problem">Why it failed, as a stable code; null when it did not.</param>
/// <param name="Columns">What the columns of a table mean; empty for what has none.</param>
/// <param name="MakeTeams">Teams that are not here are made.</param>
/// <param name="Plan">What would happen; null until it was read through.</param>
/// <param name="Done">What has happened; null until it was started.</param>
public sealed record ImportDetails(
    long Id, string Name, ImportSource? Source, string Account, ImportState State, int Progress, string By, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Problem, IReadOnlyList<CsvField> Columns, bool MakeTeams,
    ImportReport? Plan, ImportReport? Done)
{
    internal IReadOnlyList<ImportFile> Files { get; private init; } = [];

    internal static ImportDetails Of(Import import) => new(
        import.Id, import.Name, import.Source, import.Origin.Split(':', 2) is [_, var account] ? account : "", import.State, import.Progress, import.ByName, import.CreatedAt, import.EndedAt,
        import.Problem.Length > 0 ? import.Problem : null, import.ColumnList, import.MakeTeams, ImportReport.Of(import.Plan), ImportReport.Of(import.Tally))
    { Files = import.FileList };
}
