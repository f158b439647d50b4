using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.MailServices;
using Heliotrope.Server.Tests.Rules;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Brands;

/// <summary>From which address, in whose name and with whose signature mail leaves.</summary>
public sealed partial class BrandMailTests
{
    private static void IsFrom(MailMessage mail, string name, string address)
    {
        Assert.Equal(new MailAddress(name, address), mail.From);
        Assert.StartsWith(address.Split('@')[0], Assert.Single(mail.ReplyTo).Address, StringComparison.Ordinal);
        Assert.Equal(Regex.Replace(name, @"^.* \((.*)\)$", "$1"), mail.ReplyTo[0].Name);
    }

    [Theory, EveryDatabase]
    public async Task A_reply_and_a_question_leave_from_the_address_that_was_written_to_in_the_name_of_its_brand(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        using var priya = await brands.Server.SignedIn(name: "Priya Nair");
        foreach (var (to, us) in new[] { (TwoBrands.Harbour, "Harbour Goods"), (TwoBrands.Orchard, "Orchard"), (TwoBrands.Plain, "Heliotrope") })
        {
            var number = await brands.Receive(to);
            (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", "It is on its way."), ("resolve", "on"))).Is(302);
            IsFrom(await brands.Sent(number, "reply"), $"Priya Nair ({us})", to);
            IsFrom(await brands.Sent(number, "confidence"), $"Priya Nair ({us})", to);
            (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/forward", ("kind", "forward"), ("to", "maker@parts.example"), ("text", "Which part is it?"))).Is(302);
            IsFrom(await brands.Sent(number, "forward"), $"Priya Nair ({us})", to);
            (await brands.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "By a program." })).Is(200);
            IsFrom(await brands.Sent(number, "reply"), us, to);
        }
    }

    [Theory, EveryDatabase]
    public async Task The_signature_stands_below_what_was_written_and_nowhere_in_it(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        using var priya = await brands.Server.SignedIn(name: "Priya Nair");
        var first = TestMail.FromSomebodyNew();
        var number = await brands.Receive(TwoBrands.Harbour, first);
        var page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Equal(2, page.QuerySelectorAll(".signed").Length);
        Assert.Contains("Kind regards · **Priya Nair** · Harbour Goods", page.QuerySelector(".writing-reply .signed")!.TextContent, StringComparison.Ordinal);

        (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", "It is on *its* way.\n"))).Is(302);
        var mail = await brands.Sent(number, "reply");
        Assert.Equal("It is on *its* way.\n\n-- \nKind regards\n**Priya Nair**\nHarbour Goods", mail.Text.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Contains("<em>its</em> way.</p>\n<div class=\"heliotrope-signature\">-- <br /><p>Kind regards<br />\n<strong>Priya Nair</strong><br />\nHarbour Goods</p>", mail.Html!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("It is on *its* way.", (await brands.Server.Api.Entries(number, "message"))[^1].Text("text"));
        Assert.DoesNotContain("Kind regards", (await priya.Get($"/conversations/{number}")).Document.QuerySelector(".entries")!.TextContent, StringComparison.Ordinal);

        // Our own reader takes it off, where it is not quoted and where it is.
        Assert.Equal("It is on *its* way.", ReplyText.Split(mail.Text).Reply.Trim());
        Assert.DoesNotContain("Kind regards", ReplyHtml.Split(mail.Html!).Reply, StringComparison.Ordinal);
        var quoted = string.Join('\n', mail.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => $"> {line}"));
        Assert.Equal(number, await brands.Receive(TwoBrands.Harbour, first.Answer($"On Monday, Harbour wrote:\n{quoted}\n\nThank you, and when?", mail.MessageId)));
        Assert.Equal("Thank you, and when?", (await brands.Server.Api.Entries(number, "message"))[^1].Text("text"));

        // What is forwarded has it below what is quoted, or it would be taken for a part of it; a line that needs somebody's name is not there for a program.
        (await brands.Server.Api.Post($"/api/v1/conversations/{number}/forward", new { to = "maker@parts.example", text = "Which part?", entries = new[] { (await brands.Server.Api.Entries(number, "message"))[0].GetProperty("id").GetInt64() } })).Is(200);
        var forward = await brands.Sent(number, "forward");
        Assert.StartsWith("Which part?\n\n", forward.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith("\n\n-- \nKind regards\nHarbour Goods", forward.Text.ReplaceLineEndings("\n").TrimEnd('\n'), StringComparison.Ordinal);
        Assert.True(forward.Html!.IndexOf("heliotrope-signature", StringComparison.Ordinal) > forward.Html.IndexOf("</blockquote>", StringComparison.Ordinal));

        // Another brand's conversation has another one, or none.
        var other = await brands.Receive(TwoBrands.Orchard);
        Assert.Empty((await priya.Get($"/conversations/{other}")).Document.QuerySelectorAll(".signed"));
        (await priya.Submit($"/conversations/{other}", $"/conversations/{other}/reply", ("text", "Hello."))).Is(302);
        Assert.Equal("Hello.", (await brands.Sent(other, "reply")).Text.Trim());
    }

    [Theory, EveryDatabase]
    public async Task The_preview_shows_the_signature_with_a_script_and_without(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        using var priya = await brands.Server.SignedIn(name: "Priya <i>Nair</i>");
        var number = await brands.Receive(TwoBrands.Harbour);
        async Task<Page> Preview(string text, string at, params (string, string)[] more) =>
            await priya.Submit($"/conversations/{at}", at == "new" ? "/conversations/new" : $"/conversations/{at}/reply", $"/conversations/{at}/preview", [("text", text), .. more]);
        var seen = await Preview("Hello **there**", $"{number}", ("scripted", "yes"));
        Assert.Contains("<strong>there</strong></p>\n<div class=\"heliotrope-signature\">-- <br /><p>Kind regards<br />", seen.Html.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Priya &lt;i&gt;Nair&lt;/i&gt;", seen.Html, StringComparison.Ordinal);
        Assert.Equal("", (await Preview("", $"{number}", ("scripted", "yes"))).Html); // nothing is written yet
        Assert.Contains("heliotrope-signature", (await Preview("Hello", "new", ("scripted", "yes"), ("from", TwoBrands.Harbour))).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("heliotrope-signature", (await Preview("Hello", "new", ("scripted", "yes"), ("from", TwoBrands.Orchard))).Html, StringComparison.Ordinal);

        (await Preview("Hello **there**", $"{number}")).Is(302);
        Assert.NotNull((await priya.Get($"/conversations/{number}?preview=yes")).Document.QuerySelector("[data-preview] .heliotrope-signature"));
    }

    [Theory, EveryDatabase]
    public async Task A_rules_mail_names_the_brand_and_says_what_the_brand_says_below_it(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        (await brands.Change(brands.HarbourId, new
        {
            templates = new[] { new { kind = "rule", language = "en", text = "A machine of {{desk.name}} wrote this about {{conversation.subject}}.\nSomebody answers [here]({{link}})." } },
        })).Is(200);
        await brands.Server.RuleOn(new { name = "Thanks", when = "began", then = new[] { new { kind = "reply", value = "We have your message, {{desk.name}}." } } });
        var mail = await brands.Sent(await brands.Receive(TwoBrands.Harbour, TestMail.FromSomebodyNew() with { Subject = "Salt & *pepper*" }), "rule");
        IsFrom(mail, "Harbour Goods", TwoBrands.Harbour);
        Assert.Matches(@"^We have your message, Harbour Goods\.\n\n---\n\nA machine of Harbour Goods wrote this about Salt & \*pepper\*\.\nSomebody answers \[here\]\(http://\S+/person/\S+\)\.\n*$", mail.Text.ReplaceLineEndings("\n"));
        Assert.Contains("about Salt &amp; *pepper*.", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("heliotrope-signature", mail.Html, StringComparison.Ordinal);
        var person = new Uri(Regex.Match(mail.Text, @"http://[^\s)]+/person/[^\s)]+").Value).AbsolutePath;
        using var customer = brands.Server.NewBrowser();
        Assert.Contains("Harbour Goods", (await customer.Get(person)).Is(200).Html, StringComparison.Ordinal);

        // What could be a link of a stranger's is not said; another brand says the usual words, and itself.
        var link = await brands.Sent(await brands.Receive(TwoBrands.Harbour, TestMail.FromSomebodyNew() with { Subject = "Win at casino.example" }), "rule");
        Assert.DoesNotContain("A machine", link.Text, StringComparison.Ordinal);
        Assert.Contains("/person/", link.Text, StringComparison.Ordinal);
        var orchard = await brands.Sent(await brands.Receive(TwoBrands.Orchard), "rule");
        IsFrom(orchard, "Orchard", TwoBrands.Orchard);
        Assert.Contains("written automatically, for Orchard", orchard.Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task The_question_after_resolving_is_asked_in_the_brands_words_where_it_has_them_for_the_language(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        (await brands.Change(brands.HarbourId, new
        {
            templates = new[]
            {
                new { kind = "confidence", language = "EN", subject = " All ship-shape, {{customer.first_name | you there}}? ", text = "Ahoy {{customer.first_name}},\r\n\r\nall **well** with {{conversation.subject}}? {{link}}" },
                new { kind = "confidence", language = "de", subject = "Alles in Ordnung?", text = "" },
            },
        })).Is(200);
        async Task<MailMessage> Ask(string to, string words, string subject)
        {
            var number = await brands.Receive(to, TestMail.FromSomebodyNew() with { Text = words, Subject = subject });
            (await brands.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Use the other cable.", resolve = true })).Is(200);
            return await brands.Sent(number, "confidence");
        }

        const string english = "Hello, my grinder does not start and I have no idea what to do with it.";
        var own = await Ask(TwoBrands.Harbour, english, "My <b>grinder</b>");
        Assert.Equal("All ship-shape, Ada?", own.Subject);
        Assert.Matches(@"^Ahoy Ada,\n\nall \*\*well\*\* with My <b>grinder</b>\? http://\S+/confidence/\S+\n*$", own.Text.ReplaceLineEndings("\n"));
        Assert.Contains("all <strong>well</strong> with My &lt;b&gt;grinder&lt;/b&gt;?", own.Html, StringComparison.Ordinal);

        var german = await Ask(TwoBrands.Harbour, "Hallo, meine Mühle startet nicht und ich habe keine Ahnung, was ich tun soll.", "Mühle");
        Assert.Equal("Alles in Ordnung?", german.Subject);
        Assert.Contains("Harbour Goods", german.Text, StringComparison.Ordinal); // the usual words, in its name
        Assert.DoesNotContain("Ahoy", german.Text, StringComparison.Ordinal);
        Assert.StartsWith("Is it resolved?", (await Ask(TwoBrands.Orchard, english, "Grinder")).Subject, StringComparison.Ordinal);

        using var customer = brands.Server.NewBrowser();
        var page = (await customer.Get(new Uri(Regex.Match(own.Text, @"http://\S+/confidence/\S+").Value).AbsolutePath)).Is(200);
        Assert.Contains("Harbour Goods", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Heliotrope", page.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_is_said_in_a_hard_time_is_said_by_the_brand_and_so_is_the_familys_page(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        var number = await brands.Receive(TwoBrands.Harbour, TestMail.FromSomebodyNew() with { Text = "Hello, my husband died two weeks ago. He had coffee from you and I do not know how to stop it." });
        using var priya = await brands.Server.SignedIn(name: "Priya Nair");
        var id = Assert.Single((await brands.Server.Api.Get("/api/v1/life-events?open=true")).Is(200).Json.EnumerateArray()).GetProperty("id").GetInt64();
        (await priya.Submit($"/conversations/{number}", $"/life-events/{id}/words", ("wording", "link"))).Is(302);
        var words = (await priya.Get($"/conversations/{number}")).Document.QuerySelector("textarea[data-write=reply]")!.TextContent;
        (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", words))).Is(302);
        var mail = await brands.Sent(number, "reply");
        IsFrom(mail, "Priya Nair (Harbour Goods)", TwoBrands.Harbour);
        Assert.Contains("-- \nKind regards", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        using var family = brands.Server.NewBrowser();
        var page = (await family.Get(Regex.Match(words, @"/family/\S+").Value)).Is(200).Document.Body!.TextContent;
        Assert.Contains("Harbour Goods", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Heliotrope", page, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_names_no_address_of_ours_is_answered_from_the_usual_one_and_has_its_face_everywhere(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        using var priya = await brands.Server.SignedIn(name: "Priya Nair");
        (await brands.Server.Api.Post("/api/v1/teams", new { name = "Sailors" })).Is(200);
        (await brands.Change(brands.HarbourId, new { team = "Sailors" })).Is(200);
        using var service = await PostingService.Add(brands.Server, "raw"); // which names no recipient, as a mailbox does not
        var posted = TestMail.FromSomebodyNew() with { To = "everybody@lists.example" };
        Assert.Equal((200, "stored"), await service.PostBytes(posted.Bytes(), "message/rfc822"));
        var number = (await service.Stored(posted.MessageId!)).Entry.ConversationNumber;
        var filing = (await brands.Server.Api.Conversation(number)).GetProperty("filing");
        Assert.Equal((TwoBrands.Harbour, "Harbour Goods", JsonValueKind.Null), (filing.Text("ourAddress"), filing.GetProperty("brand").Text("name"), filing.GetProperty("team").ValueKind));
        (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", "It is on its way."))).Is(302);
        var mail = await brands.Sent(number, "reply");
        IsFrom(mail, "Priya Nair (Harbour Goods)", TwoBrands.Harbour);
        Assert.Contains("-- \nKind regards", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal($"{number}", Assert.Single((await priya.Get("/conversations?view=all&q=brand:%22Harbour%20Goods%22")).Document.QuerySelectorAll("[data-row]")).GetAttribute("data-number"));
        Assert.Equal("Harbour Goods", (await priya.Get($"/conversations/{number}")).Document.QuerySelector(".talk-meta a")!.TextContent);
    }

    [Theory, EveryDatabase]
    public async Task A_merged_conversation_goes_on_from_the_address_of_the_one_that_is_left(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var (gone, left) = (await brands.Receive(TwoBrands.Orchard, mail), await brands.Receive(TwoBrands.Harbour, mail.Answer("And the cable?") with { Subject = "The cable" }));
        (await brands.Server.Api.Post($"/api/v1/conversations/{gone}/merge", new { into = left })).Is(200);
        (await brands.Server.Api.Post($"/api/v1/conversations/{left}/replies", new { text = "Both are on their way." })).Is(200);
        IsFrom(await brands.Sent(left, "reply"), "Harbour Goods", TwoBrands.Harbour);
        Assert.Equal("Harbour Goods", (await brands.Server.Api.Conversation(left)).GetProperty("filing").GetProperty("brand").Text("name"));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_writes_first_chooses_from_which_address(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        using var priya = await brands.Server.SignedIn(name: "Priya Nair");
        var choices = (await priya.Get("/conversations/new")).Document.QuerySelectorAll("select[name=from] option");
        Assert.Equal([TwoBrands.Harbour, TwoBrands.Orchard, TwoBrands.Plain], choices.Select(choice => choice.GetAttribute("value")));
        Assert.Equal("Orchard · orchard@desk.example", choices[1].TextContent);
        Assert.DoesNotContain(choices, choice => choice.HasAttribute("selected")); // the first is the usual one

        (string, string)[] Form(string from) => [("from", from), ("to", $"{Guid.NewGuid():N}@client.example"), ("subject", "Your order"), ("text", "It leaves today.")];
        var kept = (await priya.Submit("/conversations/new", "/conversations/new", "/conversations/new/draft", Form(TwoBrands.Orchard))).Is(200);
        var draft = await brands.Server.Store.Read(db => db.Drafts.Select(d => d.Id).SingleAsync());
        Assert.Equal(TwoBrands.Orchard, (await priya.Get($"/conversations/new?draft={draft}")).Document.QuerySelector("select[name=from] option[selected]")!.GetAttribute("value"));

        async Task<long> Send(string from) => long.Parse((await priya.Submit("/conversations/new", "/conversations/new", Form(from))).Is(302).Location!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        IsFrom(await brands.Sent(await Send(TwoBrands.Orchard), "reply"), "Priya Nair (Orchard)", TwoBrands.Orchard);
        var usual = await brands.Sent(await Send(""), "reply");
        IsFrom(usual, "Priya Nair (Harbour Goods)", TwoBrands.Harbour);
        Assert.Contains("-- \nKind regards", usual.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        var refused = (await priya.Submit("/conversations/new", "/conversations/new", Form("else@desk.example"))).Is(422);
        Assert.Equal("It leaves today.", refused.Document.QuerySelector("textarea[name=text]")!.TextContent);
        (await brands.Server.Api.Post("/api/v1/conversations", new { to = "x@client.example", subject = "S", text = "T", from = "else@desk.example" })).IsProblem(422, "from.unknown");
        var begun = (await brands.Server.Api.Post("/api/v1/conversations", new { to = "x@client.example", subject = "S", text = "T", from = "Plain@desk.example" })).Is(200).Json;
        Assert.Equal(TwoBrands.Plain, begun.GetProperty("filing").Text("ourAddress"));
    }

    [Theory, EveryDatabase]
    public async Task Where_mail_leaves_through_a_mailbox_of_the_address_nothing_of_it_changes(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        var number = await brands.Receive(TwoBrands.Harbour);
        async Task<MailMessage> Reply()
        {
            (await brands.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It is on its way." })).Is(200);
            return await brands.Sent(number, "reply");
        }

        var (plain, box) = (await Reply(), 0L);
        await brands.Server.Store.Write(
            async db =>
            {
                var mailbox = db.Mailboxes.Add(new() { Address = TwoBrands.Harbour, ImapHost = IPAddress.Loopback.ToString(), ImapPort = 1, SmtpHost = IPAddress.Loopback.ToString(), SmtpPort = 1, Paused = true }).Entity;
                await db.SaveChangesAsync();
                box = mailbox.Id;
                return true;
            },
            CancellationToken.None);
        var through = await Reply();
        Assert.Equal((plain.From, plain.Text, plain.Html), (through.From, through.Text, through.Html));
        Assert.Equal([null, box], await brands.Server.Store.Read(db => db.Outbox.Where(o => o.ConversationNumber == number).OrderBy(o => o.Id).Select(o => o.MailboxId).ToListAsync()));
    }
}
