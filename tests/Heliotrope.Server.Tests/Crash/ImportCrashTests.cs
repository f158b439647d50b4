using System.Text;
using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Imports;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Crash;

public sealed class ImportCrashTests
{
    private const int Tickets = 400;
    private const int Kills = 3;

    [Theory, EveryDatabase]
    public async Task Killed_again_and_again_an_import_goes_on_and_everything_is_there_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateMigrated(engine);
        string key;
        await using (var before = await TestServer.Start(database))
        {
            key = await before.NewKey(Role.Admin);
        }

        long import;
        await using (var first = await TestProcess.Serve(database))
        {
            using var api = new ApiClient(first.Url, key);
            import = (await api.Send(new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports?name=export.json") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Export())) })).Is(200).Json.GetProperty("id").GetInt64();
            await Until(api, import, "ready", -1);
            (await api.Post($"/api/v1/imports/{import}/start")).Is(200);
            await Until(api, import, "running", 1);
            await first.Kill();
        }

        for (var kill = 1; kill < Kills; kill++)
        {
            await using var next = await TestProcess.Serve(database);
            using var api = new ApiClient(next.Url, key);
            var progress = (await api.Get($"/api/v1/imports/{import}")).Is(200).Json.GetProperty("progress").GetInt32();
            await Until(api, import, "running", progress);
            await next.Kill();
        }

        await using var last = await TestServer.Start(database);
        var done = await last.Becomes(import, "done");
        Assert.Equal(Tickets, done.Count("done", "conversations"));
        Assert.Equal(Tickets, await last.Store.Read(db => db.Conversations.CountAsync()));
        Assert.Equal(Tickets, await last.Store.Read(db => db.Conversations.Select(c => c.Subject).Distinct().CountAsync()));
        Assert.Equal(Tickets * 2, await last.Store.Read(db => db.Entries.CountAsync(e => e.Direction != null)));
        Assert.Equal(Tickets, await last.Store.Read(db => db.Customers.CountAsync()));
    }

    /// <summary>Waits until it is in this state and further than this, or is past it.</summary>
    private static async Task Until(ApiClient api, long import, string state, int beyond)
    {
        var patience = Patience.Token();
        while (true)
        {
            var now = (await api.Get($"/api/v1/imports/{import}")).Is(200).Json;
            if ((now.Text("state") == state && now.GetProperty("progress").GetInt32() > beyond) || now.Text("state") == "done")
            {
                return;
            }

            Assert.NotEqual("failed", now.Text("state"));
            await Task.Delay(10, patience);
        }
    }

    private static string Export() => string.Join('\n', Enumerable.Range(1, Tickets).Select(i => JsonSerializer.Serialize(new
    {
        id = i,
        subject = $"Matter {i}",
        status = "open",
        created_at = "2025-03-03T09:00:00Z",
        requester = new { id = 100_000 + i, name = $"Customer {i}", email = $"c{i}@client.example" },
        comments = new[]
        {
            new { id = i * 2, author_id = 100_000 + i, body = "What about it?", created_at = "2025-03-03T09:00:00Z" },
            new { id = (i * 2) + 1, author_id = 9, body = "This.", created_at = "2025-03-03T10:00:00Z" },
        },
    })));
}
