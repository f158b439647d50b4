using System.Text;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Channels;

public sealed class IntakeTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task Three_ways_in_give_the_same(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { Subject = "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", Text = "Die Mühle läuft nicht." };
        var byApi = await server.Receive(mail with { MessageId = "api-" + mail.MessageId });
        var bySmtp = await Smtp(server, mail with { MessageId = "smtp-" + mail.MessageId });
        var byPipe = await Pipe(server, mail with { MessageId = "pipe-" + mail.MessageId });

        var shown = new List<string>();
        foreach (var number in new[] { byApi, bySmtp, byPipe })
        {
            var conversation = await server.Api.Conversation(number);
            var entry = Assert.Single(conversation.Items("entries"), e => e.Text("kind") == "message");
            shown.Add(string.Join('|', conversation.Text("subject"), conversation.Text("state"), conversation.GetProperty("customer"), entry.Text("text"), entry.Text("direction"), entry.GetProperty("from")));
        }

        Assert.Single(shown.Distinct());
        Assert.Contains("Grüße|open", shown[0], StringComparison.Ordinal);
        Assert.Contains("Die Mühle läuft nicht.|in", shown[0], StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task The_same_mail_is_stored_once_whichever_way_it_comes_again(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var again = mail with { Trace = ["Received: from elsewhere.example by mx.example; Mon, 23 Nov 2026 10:00:05 +0100", "Return-Path: <other@elsewhere.example>"] };

        var answer = (await server.Api.PostMail(again.Bytes())).Is(200).Json;
        Assert.Equal("duplicate", answer.Text("status"));
        Assert.Equal(number, answer.GetProperty("conversation").GetInt64());
        Assert.Equal(SendOutcome.Accepted, (await server.Smtp(again)).Outcome);
        Assert.Single(await server.Api.Entries(number));
        Assert.Equal(1, await server.Store.Read(db => db.RawMail.CountAsync(m => m.MessageId == mail.MessageId)));
    }

    [Theory, EveryDatabase]
    public async Task The_same_mail_sixteen_times_at_once_is_stored_once(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var bytes = mail.Bytes();
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i => i % 2 == 0
            ? (await server.Api.PostMail(bytes)).Is(200).Json.Text("status")
            : (await server.Smtp(bytes, mail.EnvelopeTo)).Outcome.ToString()));

        Assert.True(all.Count(a => a == "stored") <= 1);
        Assert.All(all, a => Assert.Contains(a, new[] { "stored", "duplicate", "Accepted" }));
        var raw = await server.Store.Read(db => db.RawMail.Where(m => m.MessageId == mail.MessageId).Select(m => m.Id).ToListAsync());
        Assert.Single(raw);
        Assert.Equal(1, await server.Store.Read(db => db.Entries.CountAsync(e => e.RawMailId == raw[0])));
        Assert.Equal(1, await server.Store.Read(db => db.Customers.CountAsync(c => c.Addresses.Any(a => a.Address == mail.Author))));
    }

    [Theory, EveryDatabase]
    public async Task Sixteen_mails_of_somebody_new_at_once_make_one_customer(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => server.Receive(mail with { MessageId = $"{i}-{mail.MessageId}", Text = $"Matter {i}" })));
        Assert.Equal(1, await server.Store.Read(db => db.Customers.CountAsync(c => c.Addresses.Any(a => a.Address == mail.Author))));
        Assert.Equal(16, await server.Store.Read(db => db.Conversations.CountAsync(c => c.Customer!.Addresses.Any(a => a.Address == mail.Author))));
    }

    [Theory, EveryDatabase]
    public async Task The_same_message_id_with_other_content_is_kept_and_flagged(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var first = await server.Receive(mail);
        var second = await server.Receive(mail with { Text = "Something else altogether." });

        Assert.NotEqual(first, second);
        Assert.DoesNotContain("message-id-reused", await server.Api.Events(first));
        var flag = Assert.Single(await server.Api.Entries(second, "event"));
        Assert.Equal("message-id-reused", flag.Text("text"));
        Assert.Equal(mail.MessageId, flag.Text("detail"));
    }

    [Theory]
    [EveryDatabase("one-for-all@client.example")]
    [EveryDatabase("")]
    public async Task The_same_mail_is_known_among_many_with_its_message_id_or_with_none(Engine engine, string messageId)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { MessageId = messageId.Length > 0 ? messageId : null };
        var mails = Enumerable.Range(0, 130).Select(i => (mail with { Text = $"Variant {i}" }).Bytes()).ToArray();
        foreach (var expected in new[] { "stored", "duplicate" })
        {
            var answers = await Task.WhenAll(mails.Select(m => server.Api.PostMail(m)));
            Assert.All(answers, a => Assert.Equal(expected, a.Is(200).Json.Text("status")));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_mail_without_a_sender_waits_in_quarantine_and_the_next_one_goes_in(Engine engine)
    {
        var server = await servers.On(engine);
        var nobody = TestMail.FromSomebodyNew() with { From = null, Subject = "From nobody", MessageId = null, Text = Guid.NewGuid().ToString() };
        var answer = (await server.Api.PostMail(nobody.Bytes())).Is(200).Json;
        Assert.Equal("quarantined", answer.Text("status"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("conversation").ValueKind);
        await server.Receive(TestMail.FromSomebodyNew());

        var kept = (await server.Api.Get("/api/v1/quarantine")).Is(200).Json.Items("items")[0];
        Assert.Equal("from.missing", kept.Text("reason"));
        Assert.Equal("From nobody", kept.Text("subject"));
        Assert.Equal(nobody.Bytes(), (await server.Api.Get($"/api/v1/quarantine/{kept.GetProperty("id").GetInt64()}/raw")).Is(200).Bytes);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_no_database_takes_does_not_take_its_neighbours_along(Engine engine)
    {
        var server = await servers.On(engine);
        var intake = (Heliotrope.Server.Channels.Intake)server.Services.GetService(typeof(Heliotrope.Server.Channels.Intake))!;
        var release = new TaskCompletionSource();
        var writing = server.Store.Write(async _ => { await release.Task; return true; }, CancellationToken.None); // on SQLite all others wait, and are then stored together
        Task<Heliotrope.Server.Channels.IntakeOutcome> Accept(string source) => intake.Accept(new(TestMail.FromSomebodyNew().Bytes(), "", [], source), CancellationToken.None);
        var before = Accept("smtp");
        var impossible = Accept(null!); // a column that may not be empty
        var after = Enumerable.Range(0, 5).Select(_ => Accept("smtp")).ToArray();
        release.SetResult();
        await writing;
        await Assert.ThrowsAnyAsync<Exception>(() => impossible);
        Assert.All([await before, .. await Task.WhenAll(after)], o => Assert.Equal(Heliotrope.Server.Channels.IntakeStatus.Stored, o.Status));
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_our_reader_failed_on_is_kept_once_for_a_person(Engine engine)
    {
        var server = await servers.On(engine);
        var filer = (Heliotrope.Server.Channels.FileMail)server.Services.GetService(typeof(Heliotrope.Server.Channels.FileMail))!;
        var incoming = new Heliotrope.Server.Channels.IncomingMail(TestMail.FromSomebodyNew().Bytes(), "a@client.example", [], "smtp");
        foreach (var expected in new[] { Heliotrope.Server.Channels.IntakeStatus.Quarantined, Heliotrope.Server.Channels.IntakeStatus.Duplicate })
        {
            var outcome = await server.Store.Write(
                async db => await filer.File(
                    db, Heliotrope.Server.Channels.PreparedMail.Unread(incoming, server.Clock.GetUtcNow(), "It broke."), await Heliotrope.Server.Settings.Organisation.Of(db), server.Clock.GetUtcNow()),
                CancellationToken.None);
            Assert.Equal(expected, outcome.Status);
        }

        var kept = (await server.Api.Get("/api/v1/quarantine")).Is(200).Json.Items("items")[0];
        Assert.Equal(("mail.unreadable", "It broke.", "a@client.example"), (kept.Text("reason"), kept.Text("detail"), kept.Text("from")));
    }

    [Theory, EveryDatabase]
    public async Task A_message_id_longer_than_an_index_takes_is_no_reason_to_refuse_a_mail(Engine engine)
    {
        var server = await servers.On(engine);
        var random = new Random(17);
        var id = new string([.. Enumerable.Range(0, 900).Select(_ => (char)random.Next(0x4E00, 0x9FFF))]);
        var mail = TestMail.FromSomebodyNew() with { MessageId = $"{id}@client.example" };
        await server.Receive(mail);
        Assert.Equal("duplicate", (await server.Api.PostMail(mail.Bytes())).Is(200).Json.Text("status"));
    }

    [Theory, EveryDatabase]
    public async Task Bytes_that_are_no_mail_at_all_are_kept_as_well(Engine engine)
    {
        var server = await servers.On(engine);
        var noise = new byte[5_000];
        new Random(7).NextBytes(noise);
        foreach (var bytes in new[] { noise, [0], "\r\n\r\n"u8.ToArray(), "From:"u8.ToArray(), Encoding.ASCII.GetBytes(new string('A', 100_000)) })
        {
            Assert.Equal("quarantined", (await server.Api.PostMail(bytes)).Is(200).Json.Text("status"));
        }
    }

    [Theory, EveryDatabase]
    public async Task Names_and_subjects_are_decoded(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail with { From = $"=?iso-8859-1?Q?J=F6rg?= =?utf-8?B?w4Ruc2V0?= <{mail.Author}>", Subject = "=?utf-8?B?4piVIGthcHV0dA==?=" });
        var conversation = await server.Api.Conversation(number);
        Assert.Equal("☕ kaputt", conversation.Text("subject"));
        Assert.Equal("JörgÄnset", conversation.GetProperty("customer").Text("name"));
        Assert.Equal(mail.Author, conversation.GetProperty("customer").Text("email"));
    }

    [Theory, EveryDatabase]
    public async Task A_nul_or_half_a_character_in_any_field_stops_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        const string half = "=?utf-16?B?2AA=?="; // a lone high surrogate
        var number = await server.Receive(mail with
        {
            From = $"\"A\0da\" {half} <{mail.Author}>",
            Subject = $"Grin\0der {half} =?utf-8?Q?=00?=",
            MessageId = $"with\0nul-{mail.MessageId}",
            InReplyTo = "a\0b@x",
            Text = "Words with a NUL \0 in them, and \ud83d\ude00",
            More = ["X-Odd: \0"],
        });
        var entry = Assert.Single(await server.Api.Entries(number, "message"));
        Assert.Contains("Words with a NUL", entry.Text("text"), StringComparison.Ordinal);
        Assert.DoesNotContain('\0', entry.Text("text"));
    }

    [Theory, EveryDatabase]
    public async Task An_attachment_comes_back_byte_for_byte_and_is_never_shown(Engine engine)
    {
        var server = await servers.On(engine);
        var file = new byte[70_000];
        new Random(11).NextBytes(file);
        var mail = TestMail.FromSomebodyNew() with
        {
            More = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=seam"],
            Text = string.Join('\n',
                "--seam", "Content-Type: text/plain", "", "See the picture.",
                "--seam", "Content-Type: text/html; name=\"../../etc/page.html\"", "Content-Disposition: attachment; filename=\"../../etc/page.html\"", "Content-Transfer-Encoding: base64", "",
                Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks), "--seam--"),
        };
        var number = await server.Receive(mail);
        var attachment = Assert.Single(Assert.Single(await server.Api.Entries(number)).Items("attachments"));
        Assert.Equal("page.html", attachment.Text("name"));
        Assert.Equal(file.Length, attachment.GetProperty("size").GetInt64());

        var download = (await server.Api.Get($"/api/v1/attachments/{attachment.GetProperty("id").GetInt64()}")).Is(200);
        Assert.Equal(file, download.Bytes);
        Assert.Equal("application/octet-stream", download.Type);

        // Small mails stand in a row, large ones in a file: both come back.
        var large = new byte[3 * 1024 * 1024];
        new Random(13).NextBytes(large);
        var second = await server.Receive(mail with
        {
            MessageId = "large-" + mail.MessageId,
            Text = string.Join('\n', "--seam", "Content-Type: application/zip; name=a.zip", "Content-Transfer-Encoding: base64", "", Convert.ToBase64String(large, Base64FormattingOptions.InsertLineBreaks), "--seam--"),
        });
        var id = Assert.Single(Assert.Single(await server.Api.Entries(second)).Items("attachments")).GetProperty("id").GetInt64();
        Assert.Equal(large, (await server.Api.Get($"/api/v1/attachments/{id}")).Is(200).Bytes);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_above_the_limit_is_refused_on_every_way_and_one_at_the_limit_is_not(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var head = mail.Bytes();
        const int limit = 50 * 1024 * 1024;
        var bytes = new byte[limit + 1];
        Array.Fill(bytes, (byte)'a');
        for (var i = 98; i + 1 < bytes.Length; i += 100)
        {
            "\r\n"u8.CopyTo(bytes.AsSpan(i));
        }

        head.CopyTo(bytes, 0);
        "\r\n"u8.CopyTo(bytes.AsSpan(limit - 2));
        (await server.Api.PostMail(bytes)).IsProblem(413, "request.too-large");
        var smtp = await server.Smtp([.. bytes, .. "\r\n"u8], mail.EnvelopeTo);
        Assert.Equal(SendOutcome.Permanent, smtp.Outcome); // before a byte of it is sent: the server has said how much it takes
        Assert.Contains($"{limit}", smtp.Text, StringComparison.Ordinal);
        Assert.Equal(552, await RawSmtp(server, $" SIZE={bytes.Length}", null)); // said before the first byte
        Assert.Equal(552, await RawSmtp(server, "", [.. bytes, .. "\r\n.\r\n"u8])); // to one who did not say how much comes
        Assert.Equal("stored", (await server.Api.PostMail(bytes[..limit])).Is(200).Json.Text("status"));
    }

    [Theory, EveryDatabase]
    public async Task Mail_is_kept_exactly_as_it_came(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { Text = "..a dot first\n.\nÄ\n" };
        await Smtp(server, mail);
        var raw = await server.Store.Read(db => db.RawMail.SingleAsync(m => m.MessageId == mail.MessageId));
        var store = (Heliotrope.Server.Channels.RawMailStore)server.Services.GetService(typeof(Heliotrope.Server.Channels.RawMailStore))!;
        Assert.Equal(mail.Bytes(), await store.Read(raw, CancellationToken.None));
        Assert.Equal(("smtp", "sender@client.example", "help@desk.example"), (raw.Source, raw.EnvelopeFrom, raw.EnvelopeTo));
    }

    /// <summary>The last answer to a sender that goes on whatever it is answered.</summary>
    private static async Task<int> RawSmtp(TestServer server, string more, byte[]? data)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(server.Url.Host, server.SmtpPort);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        string[] commands = ["EHLO client.example", $"MAIL FROM:<a@client.example>{more}", .. data is null ? (string[])[] : ["RCPT TO:<help@desk.example>", "DATA"]];
        var answer = await Answer(reader);
        foreach (var command in commands)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
            answer = await Answer(reader);
        }

        if (data is not null)
        {
            Assert.Equal(354, answer);
            await stream.WriteAsync(data);
            answer = await Answer(reader);
        }

        return answer;

        static async Task<int> Answer(StreamReader reader)
        {
            string line;
            do
            {
                line = (await reader.ReadLineAsync(Patience.Token()))!;
            }
            while (line[3] == '-');
            return int.Parse(line[..3], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static async Task<long> Smtp(TestServer server, TestMail mail)
    {
        Assert.Equal(SendOutcome.Accepted, (await server.Smtp(mail)).Outcome);
        return await NumberOf(server, mail);
    }

    private static async Task<long> Pipe(TestServer server, TestMail mail)
    {
        var intake = (Heliotrope.Server.Channels.Intake)server.Services.GetService(typeof(Heliotrope.Server.Channels.Intake))!;
        await intake.AcceptAlone(new(mail.Bytes(), "", [mail.EnvelopeTo], "pipe"), CancellationToken.None);
        return await NumberOf(server, mail);
    }

    private static Task<long> NumberOf(TestServer server, TestMail mail) =>
        server.Store.Read(db => db.Entries.Where(e => e.MessageId == mail.MessageId).Select(e => e.ConversationNumber).SingleAsync());
}
