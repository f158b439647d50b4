using Heliotrope.Core.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Heliotrope.Server.Database.Sqlite;

/// <summary>The database in a file. SQLite has no type for instants: they are whole microseconds since 1970 UTC, so that they compare and sort.</summary>
internal sealed class SqliteDb(DbContextOptions<SqliteDb> options) : HeliotropeDb(options)
{
    /// <summary>The index of names knows every three letters in a row.</summary>
    private const int LettersInIndex = 3;

    internal override bool NullsComeFirst => true;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Microseconds>();
    }

    internal override IQueryable<FoundRow> EntriesThatSay(IReadOnlyList<Sought> all)
    {
        var match = Match(all);
        return Database.SqlQuery<FoundRow>($"SELECT rowid AS \"Id\" FROM found_entries WHERE found_entries MATCH {match}");
    }

    internal override IQueryable<FoundRow> FilesThatSay(IReadOnlyList<Sought> all)
    {
        var match = Match(all);
        return Database.SqlQuery<FoundRow>($"SELECT rowid AS \"Id\" FROM found_files WHERE found_files MATCH {match}");
    }

    internal override IQueryable<long> CustomersNamed(string part)
    {
        var letters = Sought.Fold(part);
        if (letters.EnumerateRunes().Count() < LettersInIndex)
        {
            var pattern = $"%{letters.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
            return Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM found_people WHERE names LIKE {pattern} ESCAPE '!'");
        }

        var match = $"\"{letters.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM found_people WHERE found_people MATCH {match}");
    }

    // Words hold nothing but letters and digits, so none of them can be an operator of the index's own language.
    private static string Match(IReadOnlyList<Sought> all) => string.Join(" AND ", all.Select(one => $"\"{string.Join(' ', one.Words)}\"{(one.Begins ? " *" : "")}"));

    private sealed class Microseconds() : ValueConverter<DateTimeOffset, long>(
        at => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        micro => new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + (micro * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero));
}
