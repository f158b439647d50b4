using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Heliotrope.Mail.Writing;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Heliotrope.Mail.Tests.Writing;

public class DkimTests
{
    /// <summary>Debian's python3-dkim: an implementation that has nothing in common with ours.</summary>
    private const string Verifier = """
        import base64, dkim, json, sys
        for line in sys.stdin:
            case = json.loads(line)
            seen = []
            def answer(name, timeout=5):
                seen.append(name.decode())
                return case["record"].encode()
            try:
                good = dkim.verify(base64.b64decode(case["message"]), dnsfunc=answer)
            except dkim.DKIMException:
                good = False
            print(json.dumps({"good": good, "asked": seen}))
        """;

    /// <summary>Where the headers end, or what they are, is a matter of opinion. We write none such.</summary>
    private static readonly string[] BrokenHeaders = ["no-blank-line-before-body.eml", "obsolete-header-syntax.eml", "junk-among-headers.eml", "byte-order-mark.eml"];

    private static readonly DkimKey Key = DkimKey.New();
    private static readonly DkimKey OtherKey = DkimKey.New();

    /// <summary>What somebody on the way puts above the signature, so that it is shown in place of ours or where there was none.</summary>
    private static readonly string[] Added =
        ["From: boss@desk.example", "Subject: Pay at once", "Reply-To: thief@evil.example", "To: other@client.example", "Cc: other@client.example", "Date: Mon, 23 Nov 2026 10:00:00 +0100", "Content-Type: text/html", "In-Reply-To: <x@evil.example>"];

    private sealed record Case(byte[] Message, string Record);

    private sealed record Judged(bool Good, string[] Asked);

    [Fact]
    public async Task Another_program_finds_the_signature_good_and_notices_what_was_changed()
    {
        var cases = new List<Case>();
        var expected = new List<bool>();
        foreach (var mail in Mails())
        {
            var signed = DkimSignature.Sign(MailWriter.Write(mail), "desk.example", "sel1", Key);
            Add(signed, Key, true);
            Add(Changed(signed, "Subject: ", "Subject: Re: "), Key, false);
            Add(Changed(signed, "\r\nFrom: ", "\r\nFrom: boss@desk.example\r\nFrom: "), Key, false);
            foreach (var added in Added) Add([.. Encoding.ASCII.GetBytes(added + "\r\n"), .. signed], Key, false);
            Add([.. signed, .. "more\r\n"u8], Key, false);
            Add(signed, OtherKey, false);
            // What happens on the way and means nothing: white space at the ends of lines, other headers above.
            Add([.. "Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0100\r\n"u8, .. signed, .. "\r\n\r\n"u8], Key, true);
        }

        var judged = await Judge(cases);
        Assert.Equal(expected, judged.Select(one => one.Good));
        Assert.All(judged, one => Assert.All(one.Asked, name => Assert.Equal("sel1._domainkey.desk.example.", name)));

        void Add(byte[] message, DkimKey key, bool good)
        {
            Assert.Equal(good, IsGood(message, key));
            cases.Add(new(message, key.DnsRecord));
            expected.Add(good);
        }
    }

    [Fact]
    public void The_bytes_stay_and_the_signature_names_what_it_covers()
    {
        foreach (var mail in Mails())
        {
            var message = MailWriter.Write(mail);
            var signed = DkimSignature.Sign(message, "Desk.Example", "sel1", Key);
            Assert.True(signed.AsSpan().EndsWith(message));
            var header = Encoding.ASCII.GetString(signed, 0, signed.Length - message.Length);
            Assert.All(header.Split("\r\n"), line => Assert.InRange(line.Length, 0, 100));
            Assert.EndsWith("\r\n", header, StringComparison.Ordinal);
            var one = string.Concat(header.Where(c => !char.IsWhiteSpace(c)));
            Assert.StartsWith("DKIM-Signature:v=1;", one, StringComparison.Ordinal);
            Assert.Contains(";a=rsa-sha256;", one, StringComparison.Ordinal);
            Assert.Contains(";c=relaxed/relaxed;", one, StringComparison.Ordinal);
            Assert.Contains("h=from:to:", one, StringComparison.OrdinalIgnoreCase);
            var named = Regex.Match(one, "h=([a-z:-]+);", RegexOptions.IgnoreCase).Groups[1].Value.ToLowerInvariant().Split(':');
            foreach (var always in (string[])["from", "to", "subject", "date", "message-id", "mime-version", "content-type"]) Assert.Equal(2, named.Count(name => name == always));
            Assert.Equal(mail.References.Count > 0 ? 2 : 1, named.Count(name => name == "references"));
            Assert.Single(named, name => name == "reply-to");
            Assert.True(IsGood(signed, Key));
        }
    }

    [Fact]
    public async Task Messages_of_others_that_can_be_signed_are_signed_well()
    {
        var cases = new List<Case>();
        var files = new List<string>();
        foreach (var file in Directory.GetFiles(Corpus.Folder, "*.eml"))
        {
            var message = Heliotrope.Mail.Smtp.DotStuffing.Stuff(File.ReadAllBytes(file)).ToArray();
            try
            {
                cases.Add(new(DkimSignature.Sign(message, "desk.example", "sel1", Key), Key.DnsRecord));
                files.Add(Path.GetFileName(file));
            }
            catch (ArgumentException e) when (e.ParamName == "message")
            {
                continue;
            }
            Assert.True(cases[^1].Message.AsSpan().EndsWith(message));
        }
        Assert.True(cases.Count > 10);
        var judged = await Judge(cases);
        Assert.Empty(files.Zip(judged).Where(one => !one.Second.Good).Select(one => one.First).Except(BrokenHeaders));
    }

    [Fact]
    public void A_key_is_read_again_as_it_was_kept()
    {
        var again = DkimKey.FromPem(Key.Pem);
        Assert.Equal((Key.DnsRecord, Key.Pem), (again.DnsRecord, again.Pem));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Key.Pem);
        Assert.Equal(2048, rsa.KeySize);
        Assert.StartsWith("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", Key.DnsRecord, StringComparison.Ordinal);
        Assert.NotEqual(Key.Pem, OtherKey.Pem);
    }

    [Fact]
    public void What_is_no_key_is_refused_without_repeating_it()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Key.Pem);
        foreach (var pem in new[]
        {
            "", "s3cret", "-----BEGIN PRIVATE KEY-----\nczNjcmV0\n-----END PRIVATE KEY-----", Key.Pem[..300] + Key.Pem[400..], ec.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem(),
            rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportEncryptedPkcs8PrivateKeyPem("s3cret", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
        })
        {
            var refused = Assert.Throws<CryptographicException>(() => DkimKey.FromPem(pem));
            Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("desk.example; x=1", "sel1")]
    [InlineData("", "sel1")]
    [InlineData("[192.0.2.1]", "sel1")]
    [InlineData("desk.example", "sel 1")]
    [InlineData("desk.example", "sel\r\nX: 1")]
    [InlineData("desk.example", "")]
    public void A_domain_or_selector_that_is_none_is_refused(string domain, string selector)
        => Assert.Throws<ArgumentException>(() => DkimSignature.Sign(MailWriter.Write(MailWriterTests.Mail), domain, selector, Key));

    [Fact]
    public void What_has_no_sender_is_not_signed()
        => Assert.Throws<ArgumentException>(() => DkimSignature.Sign("Subject: x\r\n\r\nx\r\n"u8, "desk.example", "sel1", Key));

    private static List<OutgoingMail> Mails()
    {
        var words = Gen.Elements("Grüße", "漢字", "plain", "a  b", ".", "", "From x", new string('w', 90), "tab\t", "end ");
        var texts = Gen.NonEmptyListOf(words).Select(list => string.Join('\n', list)).Sample(20, 6).ToList();
        return [.. texts.Select((text, i) => MailWriterTests.Mail with
        {
            Text = text,
            Subject = $"Grüße  {i} {new string('s', 70 * (i % 3))}",
            References = [.. Enumerable.Range(0, i).Select(n => $"{n}@client.example")],
            Attachments = i % 2 == 0 ? [] : [new OutgoingAttachment("a b.bin", "application/octet-stream", Encoding.UTF8.GetBytes(text))],
            Headers = i % 2 == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Auto-Submitted"] = "auto-replied" },
        })];
    }

    private static byte[] Changed(byte[] signed, string from, string to)
    {
        var text = Encoding.Latin1.GetString(signed);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text[..at] + to + text[(at + from.Length)..]);
    }

    private static bool IsGood(byte[] signed, DkimKey key)
    {
        var message = MimeMessage.Load(new MemoryStream(signed));
        return new DkimVerifier(new Records(key.DnsRecord)).Verify(message, message.Headers.First(header => header.Id is HeaderId.DkimSignature));
    }

    private static async Task<List<Judged>> Judge(List<Case> cases)
    {
        // Debian's own, which sees Debian's packages; another Python that comes before it may not.
        using var process = Process.Start(new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", ["-c", Verifier]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            foreach (var one in cases) await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(one, JsonSerializerOptions.Web));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has gone already, and its exit code says so.
        }
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("The signatures were judged by nobody. Install python3-dkim, or run ./test, which does.");
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Judged>(line, JsonSerializerOptions.Web)!)];
    }

    private sealed class Records(string record) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => GetPublicKey(record);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(GetPublicKey(record));
    }
}
