using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Heliotrope.Server.Tests.Database;

public sealed class MigrationsAtOnceTests
{
    [Theory, EveryDatabase]
    public async Task Of_several_processes_that_start_at_once_one_migrates_and_the_others_wait(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => new Migrations(database.OpenEngine(), NullLogger<Migrations>.Instance).Run(CancellationToken.None))));
        await using var db = database.OpenEngine().Open();
        Assert.Empty(db.Conversations.ToList());
    }
}
