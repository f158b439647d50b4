using System.Text;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Tests.Customers;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Imports;

public sealed class OtherSourcesTests
{
    [Theory, EveryDatabase]
    public async Task Freshdesk_tickets_come_in_with_their_notes_and_without_its_own_marks(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser("priya@desk.example");
        var import = await server.TakeIn("export.zip", Exports.Zip(("Tickets0.json", Exports.FreshdeskTickets()), ("Users0.json", Exports.FreshdeskUsers("priya@desk.example"))));
        Assert.Equal("freshdesk", import.Text("source"));
        Assert.Equal((1, 2, 1), (import.Count("done", "conversations"), import.Count("done", "messages"), import.Count("done", "notes")));
        var conversation = await server.Store.Read(db => db.Conversations.Include(c => c.Entries).Include(c => c.Customer).SingleAsync());
        Assert.Equal(["imported", "The shirt is too small.", "We send the next size.", "Second return of hers.", "resolved"], conversation.Entries.OrderBy(e => e.Id).Select(e => e.Text));
        Assert.Equal("Freshdesk #12", conversation.Entries.MinBy(e => e.Id)!.Detail);
        Assert.Equal(new DateTimeOffset(2025, 5, 5, 8, 0, 0, TimeSpan.Zero), conversation.HappinessStartedAt);

        // Nobody said anything for a week after it was resolved.
        Assert.Equal(HappinessEnd.Silent, conversation.HappinessEnd);
        Assert.Equal(new DateTimeOffset(2025, 5, 12, 10, 1, 0, TimeSpan.Zero), conversation.HappinessEndedAt);
        Assert.Equal("Grace Hopper", conversation.Customer!.Name);
        Assert.Equal(["Problem", "size"], (await server.Store.Read(db => db.Tags.Select(t => t.Name).ToListAsync())).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase("\n"), EveryDatabase("\r\n")]
    public async Task A_mailbox_becomes_conversations_by_the_time_our_server_received_each_mail(Engine engine, string lineEnd)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = "help@desk.example" })).Is(200);
        var import = await server.TakeIn("inbox.mbox", Encoding.ASCII.GetBytes(Exports.Mbox(lineEnd)));
        Assert.Equal("mbox", import.Text("source"));
        Assert.Equal((2, 3), (import.Count("done", "conversations"), import.Count("done", "messages")));
        var kettle = await server.Store.Read(db => db.Conversations.Include(c => c.Entries).SingleAsync(c => c.Subject == "The kettle leaks"));
        Assert.Equal(new DateTimeOffset(2025, 3, 3, 9, 0, 5, TimeSpan.Zero), kettle.HappinessStartedAt); // the sender's own date is six hours earlier
        var entries = kettle.Entries.Where(e => e.Kind == EntryKind.Message).OrderBy(e => e.Id).ToList();
        Assert.Equal("The kettle leaks.\nFrom the bottom, I think.\nWhat can I do?", entries[0].Text.ReplaceLineEndings("\n"));
        Assert.Equal((Direction.Out, "Tighten the screw below."), (entries[1].Direction!.Value, entries[1].Text));
        Assert.Equal(ConversationState.Resolved, kettle.State); // long over

        // The same mail again, through the door that mail comes in by: it is known, and an answer to our old mail finds its place.
        var again = await server.TakeIn("inbox.mbox", Encoding.ASCII.GetBytes(Exports.Mbox(lineEnd)));
        Assert.Equal(3, again.Count("done", "messages-here"));
        Assert.Equal(2, await server.Store.Read(db => db.Conversations.CountAsync()));
        var later = await server.Receive(new TestMail { From = "Ada Lovelace <ada@client.example>", Subject = "Re: The kettle leaks", InReplyTo = "three@desk.example", Text = "It leaks again. What now?" });
        Assert.Equal(kettle.Number, (await server.Store.Read(db => db.Conversations.SingleAsync(c => c.Number == later))).FollowsNumber);
        Assert.Equal(0, await server.Store.Read(db => db.Outbox.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_table_of_customers_is_read_whatever_its_separator_and_encoding(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var table = "Kundennummer;Vorname;Nachname;E-Mail-Adresse;Telefon\r\n17;Zoë;Müller;zoe@client.example;030 1\r\n18;\"Weber; Jonas\";;jonas@client.example;\r\n;;;kein@;\r\n19;Ohne;Adresse;;\r\n";
        var import = await server.Bring("kunden.csv", Encoding.Latin1.GetBytes(table));
        Assert.Equal("csv", import.Text("source"));
        Assert.Equal(["id", "first-name", "last-name", "email", "phone"], import.GetProperty("columns").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(2, import.Count("plan", "people"));
        Assert.Equal(new() { ["address-broken"] = 1, ["no-address"] = 1 }, import.Reasons("plan", "left"));
        Assert.Contains("kunden.csv:4", import.GetProperty("plan").Items("left").Single(r => r.Text("code") == "address-broken").Items("examples")[0].GetString(), StringComparison.Ordinal);
        var id = import.GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/imports/{id}", new { columns = new[] { "id", "name" } })).IsProblem(422, "import.columns");
        (await server.Api.Post($"/api/v1/imports/{id}", new { columns = new[] { "id", "name", "ignored", "email", "ignored" } })).Is(200);
        await server.Becomes(id, "ready");
        await server.Act(import, "start", "done");
        Assert.Equal(["Weber; Jonas", "Zoë"], (await server.Store.Read(db => db.Customers.Select(c => c.Name).ToListAsync())).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_table_gives_customers_what_nobody_here_knew_and_leaves_what_is_known(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(TestMail.FromSomebodyNew() with { From = "Ada Lovelace <ada@client.example>" });
        var ada = await server.Store.Read(db => db.Customers.Select(c => c.Id).SingleAsync());
        (await CustomersTests.Patch(server.Api, $"/api/v1/customers/{ada}", new { zone = "Europe/London", notes = "Likes tea." })).Is(200);
        var table = "Name,Email,Phone,Company,Time zone,Notes\nA. Lovelace,ada@client.example,+44 20 7946 0188,Analytical Engines,Asia/Tokyo,Likes coffee.\nGrace Hopper,grace@client.example,not a phone,analytical engines,Mars/Olympus,\n";
        var import = await server.Bring("customers.csv", Encoding.UTF8.GetBytes(table));
        Assert.Equal((1, 1, 1), (import.Count("plan", "people"), import.Count("plan", "people-here"), import.Count("plan", "organisations")));
        var done = await server.Act(import, "start", "done");
        Assert.Equal((1, 1, 1, 1), (done.Count("done", "people"), done.Count("done", "people-here"), done.Count("done", "completed"), done.Count("done", "organisations")));
        var customers = await server.Store.Read(db => db.Customers.Include(c => c.Phones).OrderBy(c => c.Id).ToListAsync());
        var organisation = await server.Store.Read(db => db.Organisations.SingleAsync());
        Assert.Equal(("Ada Lovelace", "Europe/London", "Likes tea.", "Analytical Engines"), (customers[0].Name, customers[0].Zone, customers[0].Notes, organisation.Name));
        Assert.Equal("+44 20 7946 0188", Assert.Single(customers[0].Phones).Typed);
        Assert.Equal(("Grace Hopper", (string?)null), (customers[1].Name, customers[1].Zone));
        Assert.Empty(customers[1].Phones);
        Assert.All(customers, c => Assert.Equal(organisation.Id, c.OrganisationId));

        // Taken back, what it made goes, and who was here stays.
        await server.Act(import, "remove", "removed");
        var left = await server.Store.Read(db => db.Customers.SingleAsync());
        Assert.Equal(("Ada Lovelace", (long?)null), (left.Name, left.OrganisationId));
        Assert.Empty(await server.Store.Read(db => db.Organisations.ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Broken_lines_are_told_with_their_number_and_the_rest_comes_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var lines = Exports.ZendeskTickets(server.Clock.GetUtcNow()).Split('\n');
        var hostile = string.Join('\n', lines[0], "{\"id\":", "[1,2]", "{\"id\":1,\"requester_id\":2,\"status\":\"deleted\"}", "{\"id\":3,\"requester_id\":7,\"status\":\"brand new\",\"created_at\":\"tomorrow\",\"comments\":[]}", "null", "{\"subject\":\"\\ud800\",\"requester_id\":1}", lines[1]);
        var import = await server.Bring("export.json", hostile);
        Assert.Equal("ready", import.Text("state"));
        Assert.Equal(2, import.Count("plan", "conversations"));
        Assert.Equal(new() { ["broken"] = 1, ["not-an-object"] = 2, ["deleted"] = 1, ["no-date"] = 1, ["no-id"] = 1 }, import.Reasons("plan", "left"));
        Assert.Equal("export.json:2", import.GetProperty("plan").Items("left").Single(r => r.Text("code") == "broken").Items("examples")[0].GetString());
        Assert.Equal(2, (await server.Act(import, "start", "done")).Count("done", "conversations"));
    }

    [Theory, EveryDatabase]
    public async Task What_stands_twice_in_the_files_comes_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var lines = Exports.ZendeskTickets(server.Clock.GetUtcNow()).Split('\n');
        var twice = lines[0].Replace("\"id\":3", "\"id\":2", StringComparison.Ordinal); // two comments with one id
        var import = await server.TakeIn("export.json", Encoding.UTF8.GetBytes(string.Join('\n', twice, twice, lines[1], lines[1])));
        Assert.Equal(2, import.Count("plan", "conversations"));
        Assert.Equal(new Dictionary<string, int> { ["twice"] = 2 }, import.Reasons("plan", "left"));
        Assert.Equal(2, await server.Store.Read(db => db.Conversations.CountAsync()));
        Assert.Equal(5, await server.Store.Read(db => db.Entries.CountAsync(e => e.Kind != EntryKind.Event))); // four messages, and the note with the file
    }

    [Theory, EveryDatabase]
    public async Task Stopped_it_goes_on_and_two_processes_do_not_do_it_twice(Engine engine)
    {
        await using var database = await TestDatabase.CreateMigrated(engine);
        await using var server = await TestServer.Start(database);
        await using var other = engine is Engine.Postgres ? await TestServer.Start(database) : null; // SQLite is for one process
        const int tickets = 300;
        var import = await server.Bring("export.json", string.Join('\n', Enumerable.Range(1, tickets).Select(i => $"{{\"id\":{i},\"subject\":\"Matter {i}\",\"status\":\"open\",\"created_at\":\"2026-01-0{1 + (i % 9)}T08:00:00Z\",\"requester\":{{\"id\":{i % 40},\"name\":\"C {i % 40}\",\"email\":\"c{i % 40}@client.example\"}},\"description\":\"What about it?\"}}")));
        var id = import.GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/imports/{id}/start")).Is(200);
        var stopped = await server.Api.Post($"/api/v1/imports/{id}/stop");
        if ((int)stopped.Status == 200) // unless it was quicker
        {
            Assert.Equal("stopped", stopped.Json.Text("state"));
            (await server.Api.Post($"/api/v1/imports/{id}/stop")).IsProblem(409, "import.not-now");
            (await server.Api.Post($"/api/v1/imports/{id}/start")).Is(200);
        }

        var done = await server.Becomes(id, "done");
        Assert.Equal((tickets, 40), (done.Count("done", "conversations"), done.Count("done", "people")));
        Assert.Equal(tickets, await server.Store.Read(db => db.Conversations.CountAsync()));
        Assert.Equal(40, await server.Store.Read(db => db.Customers.CountAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_command_line_says_what_would_happen_and_does_it_with_and_without_a_server(bool running)
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        await using var process = running ? await TestProcess.Serve(database) : null;
        var file = Path.Combine(database.Folder, "inbox.mbox");
        await File.WriteAllTextAsync(file, Exports.Mbox());
        var dry = await TestProcess.Run(TestProcess.Environment(database), [], "import", "--dry-run", file);
        Assert.True(dry.Exit == 0, dry.Error);
        var plan = System.Text.Json.JsonDocument.Parse(dry.Output).RootElement;
        Assert.Equal(("ready", 3), (plan.Text("state"), plan.Count("plan", "conversations"))); // no address is ours yet
        var real = await TestProcess.Run(TestProcess.Environment(database), [], "import", file);
        Assert.Equal((0, 3), (real.Exit, System.Text.Json.JsonDocument.Parse(real.Output).RootElement.Count("done", "conversations")));
        var missing = await TestProcess.Run(TestProcess.Environment(database), [], "import", file + ".missing");
        Assert.NotEqual(0, missing.Exit);
        Assert.Contains("inbox.mbox.missing", missing.Error, StringComparison.Ordinal);
    }
}
