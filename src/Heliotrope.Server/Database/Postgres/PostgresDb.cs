using Heliotrope.Core.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Heliotrope.Server.Database.Postgres;

/// <summary>The database on a PostgreSQL server, shared by as many processes as you like.</summary>
internal sealed class PostgresDb(DbContextOptions<PostgresDb> options) : HeliotropeDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    internal override IQueryable<FoundRow> EntriesThatSay(IReadOnlyList<Sought> all)
    {
        var match = Match(all);
        return Database.SqlQuery<FoundRow>($"SELECT id AS \"Id\" FROM found_entries WHERE words @@ to_tsquery('simple', {match})");
    }

    internal override IQueryable<FoundRow> FilesThatSay(IReadOnlyList<Sought> all)
    {
        var match = Match(all);
        return Database.SqlQuery<FoundRow>($"SELECT id AS \"Id\" FROM found_files WHERE words @@ to_tsquery('simple', {match})");
    }

    internal override IQueryable<long> CustomersNamed(string part)
    {
        var pattern = $"%{Sought.Fold(part).Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
        return Database.SqlQuery<long>($"SELECT id AS \"Value\" FROM found_people WHERE names LIKE {pattern} ESCAPE '!'");
    }

    // Words hold nothing but letters and digits, so none of them can be an operator of the index's own language.
    private static string Match(IReadOnlyList<Sought> all) => string.Join(" & ", all.Select(one => $"({string.Join(" <-> ", one.Words.Select((word, at) => $"'{word}'{(one.Begins && at == one.Words.Count - 1 ? ":*" : "")}"))})"));

    // Npgsql takes instants in UTC only.
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);
}
