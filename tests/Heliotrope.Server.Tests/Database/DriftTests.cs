using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Heliotrope.Server.Tests.Database;

public sealed class DriftTests
{
    [Theory, EveryDatabase]
    public async Task The_scripts_make_what_the_model_says(Engine engine)
    {
        await using var byScripts = await TestDatabase.Create(engine);
        await using var byModel = await TestDatabase.Create(engine);
        var (migrated, modelled) = (byScripts.OpenEngine(), byModel.OpenEngine());
        await new Migrations(migrated, NullLogger<Migrations>.Instance).Run(CancellationToken.None);
        await using (var db = modelled.Open())
        {
            await db.Database.EnsureCreatedAsync();
        }

        var expected = await Schema.Of(modelled);
        var actual = (await Schema.Of(migrated)).Where(line => !line.Contains("schema_migrations", StringComparison.Ordinal)).ToList();
        Assert.True(expected.Count > 150);
        Assert.Equal(expected, actual);
    }
}
