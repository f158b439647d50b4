using Heliotrope.Core.Conversations;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Rules;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Imports;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Notifications;
using Heliotrope.Server.Tests.People;
using Heliotrope.Server.Tests.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Merging;

/// <summary>What hangs on a conversation that becomes part of another one, and must neither be lost nor reach anybody else.</summary>
public sealed class WhatMergingKeepsTests
{
    private static Task<ApiAnswer> Merge(TestServer server, long number, long into) => server.Api.Post($"/api/v1/conversations/{number}/merge", new { into });

    [Theory, EveryDatabase]
    public async Task A_reply_that_waits_for_its_time_is_not_brought_to_another_customer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var (number, same, other) = (await server.Receive(mail), await server.Receive(mail with { MessageId = "second@client.example", Subject = "Another matter" }), await server.Receive(TestMail.FromSomebodyNew()));
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "For you alone.", sendAt = server.In(TimeSpan.FromHours(2)) })).Is(200);
        (await Merge(server, number, other)).IsProblem(409, "merge.leaving");
        (await server.Api.Post($"/api/v1/conversations/{number}/move", new { customer = "somebody@else.example" })).IsProblem(409, "merge.leaving");

        (await Merge(server, number, same)).Is(200); // the same person
        server.Advance(TimeSpan.FromHours(3));
        await server.Until(() => server.Said(same), said => said.Length == 1);
        Assert.Equal(mail.Author, (await server.Api.Outbox(same, "reply"))[0].Text("to"));
    }

    [Theory, EveryDatabase]
    public async Task A_reply_that_stands_apart_comes_along_beside_what_is_being_written(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var user = await server.AddUser("tom@desk.example", "Tom Weaver");
        var mail = TestMail.FromSomebodyNew();
        var (into, number) = (await server.Receive(mail), await server.Receive(mail with { MessageId = "second@client.example", Subject = "Another matter" }));
        await server.Store.Write(
            db =>
            {
                foreach (var (where, text, apart) in new[] { (into, "written", false), (into, "stopped", true), (number, "written too", false), (number, "stopped too", true) })
                {
                    db.Drafts.Add(new Draft { ConversationNumber = where, UserId = user.Id, Text = text, Apart = apart, UpdatedAt = server.Clock.GetUtcNow() });
                }

                return Task.FromResult(true);
            },
            CancellationToken.None);
        (await Merge(server, number, into)).Is(200);
        var drafts = await server.Store.Read(db => db.Drafts.OrderBy(d => d.Id).Select(d => new { d.ConversationNumber, d.Text, d.Apart }).ToListAsync());
        Assert.All(drafts, d => Assert.Equal(into, d.ConversationNumber));
        Assert.Equal(["written\n\nwritten too"], drafts.Where(d => !d.Apart).Select(d => d.Text));
        Assert.Equal(["stopped", "stopped too"], drafts.Where(d => d.Apart).Select(d => d.Text).Order());
    }

    [Theory, EveryDatabase]
    public async Task What_nobody_has_read_yet_is_told_also_where_the_like_was_read_before(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        var mail = TestMail.FromSomebodyNew();
        var (into, number) = (await server.Receive(mail), await server.Receive(mail with { MessageId = "second@client.example", Subject = "Another matter" }));
        await server.Assign(priya, into, tom);
        await server.Store.Write(db => db.Notifications.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, server.Clock.GetUtcNow())), CancellationToken.None);
        await server.Assign(priya, number, tom);
        (await Merge(server, number, into)).Is(200);
        Assert.Equal([false, true], (await server.Told(tom)).Where(n => n.Reason is Reason.Assigned && n.ConversationNumber == into).Select(n => n.ReadAt is not null).Order());
    }

    [Theory, EveryDatabase]
    public async Task One_that_a_rule_has_looked_at_can_be_merged_and_taken_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.RuleOn(new { name = "Waits", when = "waits", waitMinutes = 60, @if = "tag:nothing", then = new object[] { new { kind = "note", value = "Somebody waits." } } });
        var mail = TestMail.FromSomebodyNew();
        var (into, number) = (await server.Receive(mail), await server.Receive(mail with { MessageId = "second@client.example", Subject = "Another matter" }));
        server.Advance(TimeSpan.FromHours(9));
        await server.Services.GetRequiredService<RuleWorker>().RunDue(CancellationToken.None);
        Assert.Equal(2, await server.Store.Read(db => db.RuleMarks.CountAsync()));
        var done = (await Merge(server, number, into)).Is(200).Json;
        (await server.Api.Post($"/api/v1/undo/{done.Text("undo")}")).Is(200);
        Assert.Equal(2, await server.Store.Read(db => db.RuleMarks.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Taking_an_import_back_leaves_what_it_was_merged_with(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var live = await server.Receive(TestMail.FromSomebodyNew() with { Text = "My kettle leaks." });
        var import = await server.TakeIn("inbox.mbox", System.Text.Encoding.ASCII.GetBytes(Exports.Mbox("\n")));
        var brought = await server.Store.Read(db => db.Conversations.Where(c => c.Number != live).Select(c => c.Number).FirstAsync());
        (await Merge(server, brought, live)).Is(200);
        var removed = await server.Act(import, "remove", "removed");
        Assert.Equal(1, removed.Count("done", "kept"));
        Assert.Contains("My kettle leaks.", (await server.Api.Conversation(live)).Items("entries").Select(e => e.Text("text")));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_writes_to_an_address_of_somebody_hidden_writes_to_them(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var hidden = (await HiddenMatter.On(server)).Number;
        var address = await server.Store.Read(db => db.Conversations.Where(c => c.Number == hidden).Select(c => c.Customer!.Addresses.OrderBy(a => a.Id).First().Address).SingleAsync());
        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Post("/api/v1/conversations", new { to = address, subject = "Your order", text = "It is on its way." })).Is(200);
        Assert.Equal(1, await server.Store.Read(db => db.CustomerAddresses.CountAsync(a => a.Address == address)));
    }
}
