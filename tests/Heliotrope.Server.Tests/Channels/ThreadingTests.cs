using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Channels;

public sealed class ThreadingTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task An_answer_finds_its_conversation_by_in_reply_to_and_by_references(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var reply = await Reply(server, number);

        Assert.Equal(number, await server.Receive(mail.Answer("It works with the other cable.", reply)));
        Assert.Equal(number, await server.Receive(mail.Answer("One more thing.") with { References = $"<unknown@client.example> <{reply}>" }));
        Assert.Equal(number, await server.Receive(mail.Answer("And my own mail again.", mail.MessageId)));
        Assert.Equal(5, (await server.Api.Entries(number, "message")).Length);
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_its_answer_overtook_joins_it_when_it_is_the_same_customers(Engine engine)
    {
        var server = await servers.On(engine);
        var (mail, stranger) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        var second = mail.Answer("I asked already.", mail.MessageId);
        var third = second.Answer("Is anybody there?") with { References = $"<{mail.MessageId}> <{second.MessageId}>" };
        var number = await server.Receive(third);
        Assert.NotEqual(number, await server.Receive(stranger with { MessageId = mail.MessageId }));
        Assert.Equal(number, await server.Receive(mail));
        Assert.Equal(number, await server.Receive(second));
        Assert.NotEqual(number, await server.Receive(mail.Answer("Something else.", "another@client.example")));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_joins_its_answer_in_the_spam_folder(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var spam = await server.Receive(mail.Answer("Cheap watches.", mail.MessageId) with { More = ["X-Spam-Flag: YES"] });
        Assert.NotEqual(spam, await server.Receive(mail));
    }

    [Theory, EveryDatabase]
    public async Task An_answer_finds_its_conversation_by_our_signed_address(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        await Reply(server, number);
        var signed = await SignedAddress(server, number);

        Assert.Equal(number, await server.Receive(mail.Answer("Without any reference.") with { To = signed }));
        Assert.Equal(number, await server.Receive(mail.Answer("In capital letters.") with { To = signed.ToUpperInvariant() }));
        Assert.Equal(number, await server.Receive(mail.Answer("In the envelope alone.") with { EnvelopeTo = signed }));
    }

    [Theory, EveryDatabase]
    public async Task A_forged_signature_opens_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        await Reply(server, number);
        var signed = await SignedAddress(server, number);
        var at = signed.IndexOf('@', StringComparison.Ordinal);
        var forged = new[]
        {
            signed[..(at - 1)] + (signed[at - 1] == 'a' ? 'b' : 'a') + signed[at..],
            signed[..(at - 1)] + signed[at..],
            signed.Replace($"+{number}-", $"+{number + 1}-", StringComparison.Ordinal),
            $"help+{number}@desk.example",
            $"help+{number}-@desk.example",
        };
        foreach (var address in forged)
        {
            Assert.NotEqual(number, await server.Receive(TestMail.FromSomebodyNew() with { To = address }));
        }

        Assert.Equal(2, (await server.Api.Entries(number, "message")).Length);
    }

    [Theory, EveryDatabase]
    public async Task A_number_in_the_subject_is_never_looked_at(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        foreach (var subject in new[] { $"Re: [#{number}] My grinder", $"[Ticket {number}]", $"Re: {mail.Subject} ##{number}##" })
        {
            Assert.NotEqual(number, await server.Receive(mail with { MessageId = $"{Guid.NewGuid():N}@client.example", Subject = subject }));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_message_id_of_a_customers_own_mail_means_nothing_from_a_stranger(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        Assert.NotEqual(number, await server.Receive(TestMail.FromSomebodyNew() with { InReplyTo = mail.MessageId, References = $"<{mail.MessageId}>" }));
        Assert.Single(await server.Api.Entries(number));
    }

    [Theory, EveryDatabase]
    public async Task An_answer_by_somebody_else_is_shown_as_that_and_answered_to_the_customer_alone(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { Cc = "Mallory <mallory@attacker.example>" };
        var number = await server.Receive(mail);
        var reply = await Reply(server, number);
        Assert.Equal([mail.Author], (await server.Api.Outbox(number)).Select(o => o.Text("to")));

        // Mallory was copied by the customer's own program, and answers from her own address.
        var mallory = new TestMail { From = "Mallory <mallory@attacker.example>", Subject = "Re: My grinder", Text = "Send me everything, please.", InReplyTo = reply };
        Assert.Equal(number, await server.Receive(mallory));
        Assert.Equal("somebody-else", (await server.Api.Entries(number, "message"))[^1].Text("author"));

        await Reply(server, number, "We look into it.");
        Assert.All(await server.Api.Outbox(number), o => Assert.Equal(mail.Author, o.Text("to")));
        foreach (var sent in await server.Api.Outbox(number))
        {
            Assert.DoesNotContain("attacker.example", await server.Api.OutboxRaw(sent), StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_copied_stranger_who_writes_anew_gets_a_conversation_without_any_history(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { Text = "My card number is 4711.", Cc = "eve@attacker.example" };
        var number = await server.Receive(mail);
        var eve = TestMail.FromSomebodyNew() with { Subject = "Re: " + mail.Subject, InReplyTo = mail.MessageId, References = $"<{mail.MessageId}>", Cc = mail.Author };
        var hers = await server.Receive(eve);

        Assert.NotEqual(number, hers);
        await Reply(server, hers, "What is it about?");
        var sent = Assert.Single(await server.Api.Outbox(hers));
        Assert.Equal(eve.Author, sent.Text("to"));
        Assert.DoesNotContain("4711", await server.Api.OutboxRaw(sent), StringComparison.Ordinal);
        Assert.Empty(await server.Api.Outbox(number));
    }

    [Theory, EveryDatabase]
    public async Task A_sender_who_writes_as_a_colleague_is_no_colleague(Engine engine)
    {
        var server = await servers.On(engine);
        var colleague = await server.AddUser($"{Guid.NewGuid():N}@desk.example", "Priya Nair");
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var reply = await Reply(server, number);
        var before = await server.Api.Conversation(number);

        Assert.Equal(number, await server.Receive(new TestMail { From = $"Priya Nair <{colleague.Email}>", Subject = "Re: My grinder", Text = "We refund 500 €.", InReplyTo = reply }));
        var entry = (await server.Api.Entries(number, "message"))[^1];
        Assert.Equal(("in", "somebody-else"), (entry.Text("direction"), entry.Text("author")));
        Assert.Equal(1, await server.Store.Read(db => db.Outbox.CountAsync(o => o.ConversationNumber == number)));
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
        var lastAnswer = await server.Store.Read(db => db.Conversations.Where(c => c.Number == number).Select(c => c.LastAnswerAt).SingleAsync());
        Assert.True(lastAnswer <= before.GetProperty("lastActivityAt").GetDateTimeOffset());
    }

    [Theory, EveryDatabase]
    public async Task Our_own_mail_coming_back_is_kept_apart(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        await Reply(server, number);
        var sent = Assert.Single(await server.Api.Outbox(number));
        var raw = System.Text.Encoding.ASCII.GetBytes(await server.Api.OutboxRaw(sent));

        Assert.Equal("quarantined", (await server.Api.PostMail(raw)).Is(200).Json.Text("status"));
        Assert.Equal("quarantined", (await server.Api.PostMail(new TestMail { MessageId = sent.Text("messageId"), InReplyTo = mail.MessageId }.Bytes())).Is(200).Json.Text("status"));
        Assert.Equal("mail.own", (await server.Api.Get("/api/v1/quarantine")).Json.Items("items")[0].Text("reason"));
        Assert.Equal(2, (await server.Api.Entries(number, "message")).Length);
    }

    private static async Task<string> Reply(TestServer server, long number, string text = "Please try another cable.")
    {
        var details = (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text })).Is(200).Json;
        return details.Items("entries")[^1].Text("messageId");
    }

    private static async Task<string> SignedAddress(TestServer server, long number)
    {
        var raw = await server.Api.OutboxRaw((await server.Api.Outbox(number))[0]);
        var line = raw.Split("\r\n").First(l => l.StartsWith("Reply-To:", StringComparison.Ordinal));
        return line[(line.LastIndexOf('<') + 1)..line.LastIndexOf('>')];
    }
}
