using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Mail.Tests.Writing;

/// <summary>Another program's mail reader, where the machine has it, understands what we write.</summary>
public class MailWriterReadElsewhereTests
{
    private const string Reader = """
        import base64, email, email.policy, json, sys
        from email.header import decode_header, make_header
        from email.utils import collapse_rfc2231_value, getaddresses
        # The newer policy puts a blank between the encoded words of a long name; the older functions join them as RFC 2047 says.
        def people(old, name):
            return [[str(make_header(decode_header(n))), a] for n, a in getaddresses([old[name]])]
        # get_filename takes quotes away twice, and with them a name that is only quotes: the parameter itself is read.
        def filename(old):
            name = old.get_param("filename", header="content-disposition")
            return collapse_rfc2231_value(name) if isinstance(name, tuple) else name
        for line in sys.stdin:
            raw = base64.b64decode(line)
            old, m = email.message_from_bytes(raw), email.message_from_bytes(raw, policy=email.policy.default)
            text, html = m.get_body(("plain",)), m.get_body(("html",))
            print(json.dumps({
                "subject": m["Subject"], "id": m["Message-ID"], "references": m["References"], "note": m["X-Note"], "unsubscribe": m["List-Unsubscribe"], "date": m["Date"].datetime.isoformat(),
                "from": people(old, "From"),
                "to": people(old, "To"),
                "cc": people(old, "Cc"),
                "text": text.get_content(), "html": html.get_content(),
                "levels": [p.get_content_type() for p in m.walk() if p.is_multipart()],
                "files": [[new["Content-Disposition"].params["filename"], filename(anc), new.get_content_type(), new["Content-ID"] or "", new.get_content_disposition(),
                           base64.b64encode(new.get_payload(decode=True)).decode(), str(make_header(decode_header(anc.get_param("name"))))]
                          for new, anc in zip(m.walk(), old.walk()) if new.get_content_disposition()],
                "defects": [str(d) for part in m.walk() for d in part.defects]}))
        """;

    private sealed record Seen(string Subject, string Id, string References, string Note, string Unsubscribe, string Date, string[][] From, string[][] To, string[][] Cc, string Text, string Html, string[] Levels, string[][] Files, string[] Defects);

    /// <summary>Longer than a line, and nowhere to be broken but between the two (RFC 2369, RFC 8058).</summary>
    private static readonly string Unsubscribe = $"<mailto:leave@desk.example?subject=leave>, <https://desk.example/leave/{new string('t', 120)}>";

    [Fact]
    public async Task Another_reader_sees_the_same_message()
    {
        var words = Gen.Elements("Grüße", "漢字", "🎈", "plain", "a,b", "(x)", "\"q\"", "a=b", "_", "?", "=?x", "ﷺ", "e\u0301", new string('w', 90), "back\\slash", "Ωμέγα", "@", "<tag>");
        var phrases = Gen.NonEmptyListOf(words).Select(list => string.Join(' ', list));
        var files = AttachmentProperties.Attachments.ListOf().Sample(60, 8).ToList();
        // Names that are quotes, or in quotes, keep them.
        files[0] = [.. files[0], new OutgoingAttachment("\"\"", "text/plain", new byte[] { 1 }), new OutgoingAttachment("\"a\"", "text/plain", new byte[] { 2 })];
        var mails = Gen.ArrayOf(phrases, 7).Sample(60, 60).Select((s, i) => MailWriterTests.Mail with
        {
            From = new(s[0], "help@desk.example"),
            To = [new(s[1], "ada@client.example"), new(s[2], "a..b@client.example")],
            Cc = [new(s[2], "bo@client.example")],
            Subject = s[3],
            Attachments = [.. files[i]],
            Text = s[4] + "\n\n" + s[5] + " \n\tFrom x\nFrom y\n.\n--\nend\n",
            Html = $"<p>{s[5]}</p>\n<b>{s[4]}</b>\n",
            References = ["first@client.example", "second@client.example"],
            Headers = new Dictionary<string, string> { ["X-Note"] = s[6], ["List-Unsubscribe"] = Unsubscribe, ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click" },
        }).ToList();

        if (await Python(string.Concat(mails.Select(mail => Convert.ToBase64String(Encoding.ASCII.GetBytes(MailWriterTests.Write(mail))) + "\n"))) is not { } output) return;

        var seen = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Seen>(line, JsonSerializerOptions.Web)!).ToList();
        Assert.Equal(mails.Count, seen.Count);
        foreach (var (mail, read) in mails.Zip(seen))
        {
            Assert.Empty(read.Defects);
            Assert.Equal((mail.Subject, $"<{mail.MessageId}>", "<first@client.example> <second@client.example>", mail.Headers["X-Note"]), (read.Subject, read.Id, read.References, read.Note));
            Assert.Equal(Unsubscribe, read.Unsubscribe);
            Assert.Equal(mail.Date, DateTimeOffset.Parse(read.Date, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal([mail.From.Name, mail.From.Address], Assert.Single(read.From));
            Assert.Equal(mail.To.Select(to => to.Name), read.To.Select(to => to[0]));
            Assert.Equal(["ada@client.example", "\"a..b\"@client.example"], read.To.Select(to => to[1]));
            Assert.Equal([mail.Cc[0].Name, "bo@client.example"], Assert.Single(read.Cc));
            Assert.Equal(mail.Text.TrimEnd(), read.Text.ReplaceLineEndings("\n"));
            Assert.Equal(mail.Html?.TrimEnd(), read.Html.ReplaceLineEndings("\n"));
            SameFiles(mail, read);
        }
        // The sample holds what matters.
        Assert.Contains(seen, read => read.Levels.SequenceEqual(["multipart/mixed", "multipart/related", "multipart/alternative"]));
        Assert.Contains(seen, read => read.Files.Any(file => file[0].Length > 140 && !System.Text.Ascii.IsValid(file[0])));
    }

    /// <summary>Names by the new rules and the old ones, types, ids and bytes.</summary>
    private static void SameFiles(OutgoingMail mail, Seen read)
    {
        var ours = MailReader.Read(MailWriter.Write(mail)).Attachments;
        Assert.Equal(ours.Count, read.Files.Length);
        foreach (var (file, theirs) in ours.Zip(read.Files))
        {
            Assert.Equal(theirs[0], theirs[1]);
            Assert.Equal(theirs[0], theirs[6]);
            Assert.Equal(file.Name, FileNames.Safe(theirs[0], file.Index, file.Type));
            Assert.Equal([file.Type, file.ContentId is null ? "" : $"<{file.ContentId}>", file.Inline ? "inline" : "attachment", Convert.ToBase64String(file.Content())], theirs[2..6]);
        }
    }

    /// <summary>Null where there is no Python.</summary>
    private static async Task<string?> Python(string input)
    {
        var start = new ProcessStartInfo("python3", ["-c", Reader]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        Process? python;
        try
        {
            python = Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
        using (python)
        {
            var output = python!.StandardOutput.ReadToEndAsync();
            await python.StandardInput.WriteAsync(input);
            python.StandardInput.Close();
            await python.WaitForExitAsync();
            return await output;
        }
    }
}
