using System.Text;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory, EveryDatabase]
    public async Task Mail_is_delivered_with_and_without_a_running_server(Engine engine)
    {
        await using var database = await TestDatabase.CreateMigrated(engine);
        var environment = TestProcess.Environment(database);
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal(new(0, "", ""), await TestProcess.Run(environment, mail.Bytes(), "deliver"));

        await using (var server = await TestProcess.Serve(database))
        {
            Assert.Equal(0, (await TestProcess.Run(environment, mail.Bytes(), "deliver")).Exit);
            Assert.Equal(0, (await TestProcess.Run(environment, (mail with { MessageId = "second@client.example" }).Bytes(), "deliver", "--to", "help@desk.example")).Exit);
            Assert.Contains("Another Heliotrope is running", (await TestProcess.Run(environment, [], "serve")).Error, StringComparison.Ordinal);
            await server.Stop();
        }

        await using var after = await TestServer.Start(database);
        Assert.Equal(2, await after.Store.Read(db => db.Entries.CountAsync()));
        Assert.Equal(["pipe", "pipe"], await after.Store.Read(db => db.RawMail.Select(m => m.Source).ToListAsync()));
    }

    [Fact]
    public async Task Whoever_is_unknown_here_and_what_must_be_tried_again_are_told_by_the_exit_code()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using (var server = await TestServer.Start(database))
        {
            (await server.Api.Post("/api/v1/settings/addresses", new { address = "help@desk.example" })).Is(200);
        }

        var environment = TestProcess.Environment(database);
        var mail = TestMail.FromSomebodyNew().Bytes();
        Assert.Equal(67, (await TestProcess.Run(environment, mail, "deliver", "--to", "nobody@desk.example")).Exit);
        Assert.Equal(0, (await TestProcess.Run(environment, mail, "deliver", "--to", "help@desk.example")).Exit);
        Assert.Equal(65, (await TestProcess.Run(environment, [], "deliver")).Exit);

        environment["HELIOTROPE_DATABASE"] = "Host=127.0.0.1;Port=1;Database=gone;Username=x";
        var later = await TestProcess.Run(environment, mail, "deliver");
        Assert.Equal(75, later.Exit);
        Assert.Equal("", later.Output);
        Assert.Contains("try again", later.Error, StringComparison.Ordinal);
        environment["HELIOTROPE_DATABASE"] = "nonsense";
        Assert.Equal(75, (await TestProcess.Run(environment, mail, "deliver")).Exit);
    }

    [Fact]
    public async Task People_and_keys_are_made_with_and_without_a_running_server()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite); // on the other one mail is delivered in the same way, above
        var environment = TestProcess.Environment(database);
        var password = Encoding.UTF8.GetBytes(Browser.Password + "\n");
        var alone = await TestProcess.Run(environment, password, "user", "add", "--email", "priya@desk.example", "--name", "Priya Nair", "--role", "admin", "--password-stdin");
        Assert.Equal((0, ""), (alone.Exit, alone.Error));
        var weak = await TestProcess.Run(environment, "password1234\n"u8.ToArray(), "user", "add", "--email", "ann@desk.example", "--name", "Ann", "--role", "agent", "--password-stdin");
        Assert.Equal((1, ""), (weak.Exit, weak.Output));
        Assert.Contains("password.common", weak.Error, StringComparison.Ordinal);

        await using var server = await TestProcess.Serve(database);
        Assert.Contains("/sign-in", server.Said, StringComparison.Ordinal); // setup is closed
        Assert.Equal(0, (await TestProcess.Run(environment, password, "user", "add", "--email", "ben@desk.example", "--name", "Ben", "--role", "agent", "--password-stdin")).Exit);
        Assert.Contains("email.taken", (await TestProcess.Run(environment, password, "user", "add", "--email", "BEN@desk.example", "--name", "Ben", "--role", "agent", "--password-stdin")).Error, StringComparison.Ordinal);
        using var browser = new Browser(server.Url);
        await browser.SignIn("ben@desk.example");

        var made = await TestProcess.Run(environment, [], "apikey", "add", "--name", "reports", "--role", "lead");
        using var api = new ApiClient(server.Url, made.Output.Split().Last(word => word.Length > 0));
        (await api.Get("/api/v1/conversations")).Is(200);
        Assert.NotEqual(0, (await TestProcess.Run(environment, [], "apikey", "add", "--name", "x", "--role", "owner")).Exit);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        var environment = TestProcess.Environment(database);
        environment["HELIOTROPE_SMTP_LISTEN"] = "everywhere";
        var stopped = await TestProcess.Run(environment, [], "serve");
        Assert.Equal((1, ""), (stopped.Exit, stopped.Output));
        Assert.Contains("HELIOTROPE_SMTP_LISTEN is \"everywhere\"", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("Allowed:", stopped.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", stopped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_explained_as_json_one_at_a_time_or_a_stream_of_them()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        var environment = TestProcess.Environment(database);
        var mail = new TestMail { Cc = "Ben <ben@client.example>", Text = "It works now.\n\nOn Mon, 23 Nov 2026 at 10:00, Priya <help@desk.example> wrote:\n> Try the other cable." };
        var one = JsonDocument.Parse((await TestProcess.Run(environment, mail.Bytes(), "inspect", "mail")).Output).RootElement;
        Assert.Equal(["messageId", "from", "to", "cc", "subject", "date", "text", "html", "reply", "attachments", "auto", "bounce", "defects"], one.Names().Take(13));
        Assert.Equal(("ada@client.example", "It works now.", "none"), (one.GetProperty("from").Text("address"), one.Text("reply"), one.Text("auto")));

        var lines = string.Join('\n', JsonSerializer.Serialize(new { id = 1, input = Encoding.UTF8.GetString(mail.Bytes()) }), JsonSerializer.Serialize(new { id = "b", input = Convert.ToBase64String(mail.Bytes()), encoding = "base64" }), "");
        var many = (await TestProcess.Run(environment, Encoding.UTF8.GetBytes(lines), "inspect", "mail", "--jsonl")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([1], many.Take(1).Select(m => m.GetProperty("id").GetInt32()));
        Assert.Equal("b", many[1].Text("id"));
        Assert.All(many, m => Assert.Equal("It works now.", m.Text("reply")));

        var reply = JsonDocument.Parse((await TestProcess.Run(environment, Encoding.UTF8.GetBytes(mail.Text), "inspect", "reply-text")).Output).RootElement;
        Assert.Equal("It works now.", reply.Text("reply"));
        Assert.Contains("Try the other cable.", reply.Text("quoted"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(database.Folder)); // neither database nor server
    }
}
