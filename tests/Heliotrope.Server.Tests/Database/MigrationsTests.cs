using Heliotrope.Server.Database;
using Heliotrope.Server.Database.Sqlite;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Heliotrope.Server.Tests.Database;

public sealed class MigrationsTests
{
    [Theory, EveryDatabase]
    public async Task A_script_runs_once_and_keeps_every_row(Engine engine)
    {
        await using var database = await Filled(engine);
        var opened = database.OpenEngine();
        var before = await Schema.Counts(opened);
        var scripts = With(opened, "ALTER TABLE customers ADD COLUMN nickname TEXT NULL");
        await Run(opened, scripts);
        await Run(opened, scripts); // a second ALTER TABLE would fail

        Assert.Contains(await Schema.Of(opened), line => line.Contains("customers column nickname", StringComparison.Ordinal));
        var after = await Schema.Counts(opened);
        Assert.Equal(before["schema_migrations"] + 1, after["schema_migrations"]);
        Assert.Equal(before.Where(t => t.Key != "schema_migrations").OrderBy(t => t.Key, StringComparer.Ordinal), after.Where(t => t.Key != "schema_migrations").OrderBy(t => t.Key, StringComparer.Ordinal));
        Assert.True(before["entries"] > 0 && before["attachments"] == 0 && before["raw_mail"] > 0);
    }

    [Fact]
    public async Task Rebuilding_a_table_on_sqlite_deletes_no_row_that_refers_to_it()
    {
        await using var database = await Filled(Engine.Sqlite);
        var opened = database.OpenEngine();
        var before = await Schema.Counts(opened);
        var sql = (string)(await Schema.Query(opened, "SELECT sql FROM sqlite_master WHERE name = 'conversations'"))[0][0];

        // Triggers of others name the table, which is gone for a moment: SQLite must not look after names meanwhile (docs/decisions/0004).
        var made = $"CREATE TABLE new_conversations {sql[sql.IndexOf('(', StringComparison.Ordinal)..]}";
        var rebuild = $"PRAGMA legacy_alter_table = ON; {made}; INSERT INTO new_conversations SELECT * FROM conversations; DROP TABLE conversations; ALTER TABLE new_conversations RENAME TO conversations; PRAGMA legacy_alter_table = OFF;";
        await Run(opened, With(opened, rebuild));
        Assert.Equal(before["entries"], (await Schema.Counts(opened))["entries"]);
        Assert.Equal(before["conversations"], (await Schema.Counts(opened))["conversations"]);
    }

    [Theory, EveryDatabase]
    public async Task A_script_that_leaves_a_row_without_what_it_refers_to_changes_nothing(Engine engine)
    {
        await using var database = await Filled(engine);
        var opened = database.OpenEngine();
        var (before, schema) = (await Schema.Counts(opened), await Schema.Of(opened));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Run(opened, With(opened, "ALTER TABLE customers ADD COLUMN nickname TEXT NULL; DELETE FROM conversations WHERE number = 1; DELETE FROM customers")));
        Assert.NotEqual("", failure.Message);
        Assert.Equal(before, await Schema.Counts(opened));
        Assert.Equal(schema, await Schema.Of(opened));
    }

    [Fact]
    public async Task A_sqlite_database_is_copied_aside_before_it_is_migrated_and_only_then()
    {
        await using var database = await Filled(Engine.Sqlite);
        var opened = database.OpenEngine();
        var copy = Path.Combine(database.Folder, $"heliotrope.db.before-{Next(opened):0000}");
        await Run(opened, Migrations.ScriptsFor("Sqlite"));
        Assert.False(File.Exists(copy));

        var before = await Schema.Counts(opened);
        await Run(opened, With(opened, "DELETE FROM confidence_checks"));
        Assert.Equal(0, (await Schema.Counts(opened))["confidence_checks"]);
        Assert.Equal(before, await Schema.Counts(new SqliteEngine(copy)));
    }

    [Theory, EveryDatabase]
    public async Task A_script_changed_after_it_ran_stops_the_start(Engine engine)
    {
        await using var database = await Filled(engine);
        var opened = database.OpenEngine();
        var scripts = Migrations.ScriptsFor(opened.Name);
        Migrations.Script[] changed = [new(1, scripts[0].Name, scripts[0].Sql + "-- a word more"), .. scripts.Skip(1)];
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Run(opened, changed));
        Assert.Contains(scripts[0].Name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("changed after it ran", refused.Message, StringComparison.Ordinal);

        // Another system's line ends are no change.
        await Run(opened, [.. scripts.Select(s => new Migrations.Script(s.Number, s.Name, s.Sql.ReplaceLineEndings("\r\n")))]);
    }

    [Theory, EveryDatabase]
    public async Task A_database_of_a_newer_version_stops_the_start(Engine engine)
    {
        await using var database = await Filled(engine);
        var opened = database.OpenEngine();
        await Run(opened, With(opened, "ALTER TABLE customers ADD COLUMN nickname TEXT NULL"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Run(opened, Migrations.ScriptsFor(opened.Name)));
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Next(opened).ToString(System.Globalization.CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Processes_that_start_at_once_migrate_once(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run(database.OpenEngine(), Migrations.ScriptsFor(engine.ToString())))));
        Assert.Equal(Migrations.ScriptsFor(engine.ToString()).Count, (await Schema.Counts(database.OpenEngine()))["schema_migrations"]);
    }

    [Theory, EveryDatabase]
    public async Task Answers_given_before_they_were_counted_are_counted_by_the_script(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using (var server = await TestServer.Start(database))
        {
            await Happiness.KnownMatters.On(server);
        }

        const string counted = "SELECT number, first_answer_on_time, next_answers_on_time, next_answers_late FROM conversations ORDER BY number";
        var opened = database.OpenEngine();
        var before = await Schema.Query(opened, counted);
        Assert.True(before.Count(row => row[1] is not DBNull) > 5 && before.Exists(row => Convert.ToInt32(row[2], null) > 0) && before.Exists(row => Convert.ToInt32(row[3], null) > 0));
        await Schema.Query(opened, "UPDATE conversations SET first_answer_on_time = NULL, next_answers_on_time = 0, next_answers_late = 0");
        var script = Migrations.ScriptsFor(opened.Name).Single(s => s.Name == "0003_figures").Sql;
        var from = script.IndexOf("UPDATE conversations", StringComparison.Ordinal);
        await Schema.Query(opened, script[from..script.IndexOf(';', from)]);
        Assert.Equal(before, await Schema.Query(opened, counted));
    }

    /// <summary>Databases as released versions left them are in the folder Upgrades, one file each; this one is made up on the spot.</summary>
    [Fact]
    public async Task Every_stored_database_of_an_earlier_version_opens_in_this_one()
    {
        var stored = Directory.EnumerateFiles(Path.Combine(Shell.Sources.Root, "tests", "Heliotrope.Server.Tests", "Database", "Upgrades"), "*.db").ToList();
        await using var made = await Filled(Engine.Sqlite);
        var madeUp = Path.Combine(made.Folder, "as-released.db");
        await Schema.Query(made.OpenEngine(), $"VACUUM INTO '{madeUp}'");
        foreach (var file in stored.Append(madeUp))
        {
            await using var database = await TestDatabase.Create(Engine.Sqlite);
            File.Copy(file, Path.Combine(database.Folder, "heliotrope.db"));
            var before = await Schema.Counts(database.OpenEngine());
            await using var server = await TestServer.Start(database);
            var items = (await server.Api.Get("/api/v1/conversations")).Is(200).Json.Items("items");
            Assert.Equal(Math.Min(50, before["conversations"]), items.Length);
            foreach (var item in items)
            {
                await server.Api.Conversation(item.GetProperty("number").GetInt64());
            }

            var after = await Schema.Counts(database.OpenEngine());
            Assert.All(before.Where(t => t.Key is not ("schema_migrations" or "api_keys" or "settings" or "audit" or "protection_keys")), t => Assert.Equal(t.Value, after[t.Key]));
        }
    }

    private static int Next(IEngine engine) => Migrations.ScriptsFor(engine.Name).Count + 1;

    private static List<Migrations.Script> With(IEngine engine, string sql) => [.. Migrations.ScriptsFor(engine.Name), new(Next(engine), $"{Next(engine):0000}_made_up", sql)];

    private static Task Run(IEngine engine, IReadOnlyList<Migrations.Script> scripts) => new Migrations(engine, NullLogger<Migrations>.Instance).Run(scripts, CancellationToken.None);

    private static async Task<TestDatabase> Filled(Engine engine)
    {
        var database = await TestDatabase.Create(engine);
        await using var server = await TestServer.Start(database);
        for (var i = 0; i < 5; i++)
        {
            var number = await server.Receive(TestMail.FromSomebodyNew());
            await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Hello.", resolve = true });
        }

        return database;
    }
}
