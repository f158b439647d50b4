using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Heliotrope.Server.Database.Sqlite;

/// <summary>The database in a file. SQLite has no type for instants: they are whole microseconds since 1970 UTC, so that they compare and sort.</summary>
internal sealed class SqliteDb(DbContextOptions<SqliteDb> options) : HeliotropeDb(options)
{
    internal override bool NullsComeFirst => true;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Microseconds>();
    }

    private sealed class Microseconds() : ValueConverter<DateTimeOffset, long>(
        at => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        micro => new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + (micro * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero));
}
