using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Channels;

public sealed class RecipientTests
{
    [Theory, EveryDatabase]
    public async Task Everybody_is_a_recipient_until_an_address_is_configured(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal(SendOutcome.Accepted, (await server.Smtp(mail.Bytes(), "anybody@nowhere.example")).Outcome);
        (await server.Api.PostMail(mail.Bytes(), "somebody@nowhere.example")).Is(200);

        (await server.Api.Post("/api/v1/settings/addresses", new { address = "Help@Desk.example" })).Is(200);
        var refused = await server.Smtp((mail with { MessageId = "second@client.example" }).Bytes(), "anybody@nowhere.example");
        Assert.Equal((SendOutcome.Permanent, (int?)550), (refused.Outcome, refused.Code));
        (await server.Api.PostMail(mail.Bytes(), "anybody@nowhere.example")).IsProblem(422, "recipient.unknown");
        (await server.Api.PostMail(mail.Bytes(), "no address")).IsProblem(422, "recipient.unknown");

        Assert.Equal(SendOutcome.Accepted, (await server.Smtp((mail with { MessageId = "third@client.example" }).Bytes(), "HELP@desk.example")).Outcome);
        Assert.Equal(SendOutcome.Accepted, (await server.Smtp((mail with { MessageId = "fourth@client.example" }).Bytes(), "help+anything@desk.example")).Outcome);
        (await server.Api.PostMail((mail with { MessageId = "fifth@client.example" }).Bytes())).Is(200); // nobody said to whom

        (await server.Api.Post("/api/v1/settings/addresses/remove", new { address = "help@desk.example" })).Is(200);
        Assert.Equal(SendOutcome.Accepted, (await server.Smtp((mail with { MessageId = "sixth@client.example" }).Bytes(), "anybody@nowhere.example")).Outcome);
    }

    [Theory, EveryDatabase]
    public async Task An_empty_mail_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.PostMail([])).IsProblem(422, "mail.empty");
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_cannot_be_filed_goes_into_quarantine_and_its_neighbours_go_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine);

        // A subject that the table refuses stands for any defect of ours.
        await server.Store.Write(
            async db =>
            {
                var engineOfThis = server.Store.Engine.Name;
                return engineOfThis == "Sqlite"
                    ? await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER poison BEFORE INSERT ON conversations WHEN new.subject LIKE '%poison%' BEGIN SELECT RAISE(ABORT, 'poisoned'); END")
                    : await db.Database.ExecuteSqlRawAsync("ALTER TABLE conversations ADD CONSTRAINT poison CHECK (subject NOT LIKE '%poison%')");
            },
            CancellationToken.None);

        var mails = Enumerable.Range(0, 24).Select(i => TestMail.FromSomebodyNew() with { Subject = i == 11 ? "poison" : $"Matter {i}" }).ToArray();
        var answers = await Task.WhenAll(mails.Select(m => server.Api.PostMail(m.Bytes())));

        Assert.All(answers.Where((_, i) => i != 11), a => Assert.Equal("stored", a.Is(200).Json.Text("status")));
        Assert.Equal("quarantined", answers[11].Is(200).Json.Text("status"));
        var kept = Assert.Single((await server.Api.Get("/api/v1/quarantine")).Json.Items("items"));
        Assert.Equal(("intake.failed", "poison"), (kept.Text("reason"), kept.Text("subject")));
        Assert.Equal(mails[11].Bytes(), (await server.Api.Get($"/api/v1/quarantine/{kept.GetProperty("id").GetInt64()}/raw")).Bytes);
        Assert.Equal(23, await server.Store.Read(db => db.Conversations.CountAsync()));
        Assert.NotEmpty(server.Log.Errors);
    }

    [Theory, EveryDatabase]
    public async Task A_person_can_open_the_quarantine(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Services.GetRequiredService<Intake>().Accept(new((TestMail.FromSomebodyNew() with { From = null, Subject = "From <b>nobody</b>" }).Bytes(), "", [], "api"), CancellationToken.None);
        using var browser = await server.SignedIn();
        var list = await browser.Get("/quarantine");
        Assert.Equal(200, list.Status);
        Assert.Contains("From <b>nobody</b>", list.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(200, (await browser.Get("/quarantine/1")).Status);
        Assert.Equal(200, (await browser.Get("/quarantine/1/raw")).Status);
        Assert.Equal(404, (await browser.Get("/quarantine/99")).Status);
    }
}
