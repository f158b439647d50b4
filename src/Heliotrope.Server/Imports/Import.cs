using System.Text.Json;
using Heliotrope.Core.Imports;

namespace Heliotrope.Server.Imports;

/// <summary>Where an import is.</summary>
public enum ImportState
{
    /// <summary>Its files are still coming.</summary>
    Uploading,

    /// <summary>Its files are read through, to say what would happen; nothing is changed.</summary>
    Reading,

    /// <summary>What would happen is known; it waits to be started.</summary>
    Ready,

    /// <summary>It comes in.</summary>
    Running,

    /// <summary>Somebody stopped it; it can go on where it was.</summary>
    Stopped,

    /// <summary>All of it is in.</summary>
    Done,

    /// <summary>It is taken back.</summary>
    Removing,

    /// <summary>It was taken back.</summary>
    Removed,

    /// <summary>Its files cannot be read; nothing was changed.</summary>
    Failed,
}

/// <summary>One import: its files, how far it is, and what became of it. Progress is a row, committed with what it tells of.</summary>
public sealed class Import
{
    /// <summary>Stands among the numbers of conversations for news of an import: no conversation has it, and no list looks for it.</summary>
    internal const long News = -1;

    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>What it is called: the names of its files.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it comes from; null until that is known.</summary>
    public ImportSource? Source { get; set; }

    /// <summary>The account there: the same ids of two accounts are two things.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Where it is.</summary>
    public ImportState State { get; set; }

    /// <summary>Who brought it.</summary>
    public string ByName { get; set; } = "";

    /// <summary>When it was brought (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ended, for good or ill (UTC).</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Its files as JSON: what they were called, where they lie, how large they are.</summary>
    public string Files { get; set; } = "[]";

    /// <summary>What the columns of a table mean, as JSON; empty for what has none.</summary>
    public string Columns { get; set; } = "";

    /// <summary>Teams that are not here are made.</summary>
    public bool MakeTeams { get; set; } = true;

    /// <summary>Which time through the files: people first, then what they said.</summary>
    public int Pass { get; set; }

    /// <summary>Which file is read.</summary>
    public int FileIndex { get; set; }

    /// <summary>How far within it everything is in.</summary>
    public long Position { get; set; }

    /// <summary>How much of the work is done, in thousandths.</summary>
    public int Progress { get; set; }

    /// <summary>What would happen, as JSON; empty until it was read through.</summary>
    public string Plan { get; set; } = "";

    /// <summary>What has happened, as JSON; empty until it was started.</summary>
    public string Tally { get; set; } = "";

    /// <summary>Why it failed: a refusal's code; empty when it did not.</summary>
    public string Problem { get; set; } = "";

    /// <summary>The process that works on it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>Until when nobody else does (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    internal IReadOnlyList<ImportFile> FileList
    {
        get => JsonSerializer.Deserialize<List<ImportFile>>(Files) ?? [];
        set => Files = JsonSerializer.Serialize(value);
    }

    internal IReadOnlyList<CsvField> ColumnList
    {
        get => Columns.Length == 0 ? [] : [.. Columns.Split(',').Select(name => Enum.TryParse<CsvField>(name, out var meant) ? meant : CsvField.Ignored)];
        set => Columns = string.Join(',', value);
    }

    internal Place Place
    {
        get => new(Pass, FileIndex, Position);
        set => (Pass, FileIndex, Position) = (value.Pass, value.File, value.Position);
    }
}

/// <summary>A file of an import.</summary>
/// <param name="Name">What it was called.</param>
/// <param name="File">Its name in the import's folder: never one from outside.</param>
/// <param name="Size">Bytes.</param>
internal sealed record ImportFile(string Name, string File, long Size);

/// <summary>How far everything before it is in.</summary>
internal readonly record struct Place(int Pass, int File, long Position)
{
    public static readonly Place Start = new(0, 0, 0);
}

/// <summary>What kind of thing was imported.</summary>
public enum ImportedKind
{
    Organisation,
    Team,
    Person,
    Agent,
    Conversation,
    Message,
}

/// <summary>One thing of another desk and what it is here. Because of it nothing comes in twice, and everything can be taken back.</summary>
public sealed class Imported
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The import that brought it.</summary>
    public long ImportId { get; set; }

    /// <summary>The account that it comes from.</summary>
    public string Origin { get; set; } = "";

    /// <summary>What kind of thing it is.</summary>
    public ImportedKind Kind { get; set; }

    /// <summary>Its id there.</summary>
    public string ForeignId { get; set; } = "";

    /// <summary>Its name, where that is all there is: of a colleague who has no account here.</summary>
    public string Name { get; set; } = "";

    /// <summary>It was made by this import, and goes when that is taken back; else it was here before.</summary>
    public bool Made { get; set; }

    /// <summary>The conversation that it is, or that it belongs to.</summary>
    public long? ConversationNumber { get; set; }

    /// <summary>The entry that a message is; of a conversation the last that came with it.</summary>
    public long? EntryId { get; set; }

    /// <summary>The customer that it is.</summary>
    public long? CustomerId { get; set; }

    /// <summary>The colleague that it is.</summary>
    public long? UserId { get; set; }

    /// <summary>The team that it is.</summary>
    public long? TeamId { get; set; }

    /// <summary>The organisation that it is.</summary>
    public long? OrganisationId { get; set; }
}
