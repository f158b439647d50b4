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

    // Npgsql takes instants in UTC only.
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);
}
