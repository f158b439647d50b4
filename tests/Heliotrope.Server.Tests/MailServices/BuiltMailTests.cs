using System.Text;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.MailServices;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class BuiltMailTests
{
    private static MailMessage Read(BuiltMail mail) => MailReader.Read(mail.ToBytes());

    private static string Written(BuiltMail mail) => Encoding.ASCII.GetString(mail.ToBytes());

    [Theory]
    [InlineData("Hello\r\nBcc: all@client.example")]
    [InlineData("Hello\nBcc: all@client.example")]
    [InlineData("Hello\r\n\r\nBcc: all@client.example")]
    [InlineData("Hello\rBcc: all@client.example")]
    [InlineData("Größe\r\nBcc: all@client.example")]
    [InlineData("Größe\u2028\u0085\0\r\nBcc: all@client.example")]
    public void No_value_becomes_a_header_of_its_own(string value)
    {
        using var mail = new BuiltMail { Text = "Hello" };
        mail.Add("From", "ada@client.example");
        mail.Add("Subject", value);
        mail.Add("X-Note", value);
        mail.Add("To", value);
        var read = Read(mail);
        Assert.Empty(read.Header("Bcc"));
        Assert.Equal("Hello", read.Text.Trim());
        Assert.Contains("Bcc: all@client.example", read.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X: y\r\nBcc")]
    [InlineData("B cc")]
    [InlineData("")]
    [InlineData("Größe")]
    [InlineData("a:b")]
    public void What_is_no_name_of_a_header_is_left_out(string name)
    {
        using var mail = new BuiltMail { Text = "Hello" };
        mail.Add("From", "ada@client.example");
        mail.Add(name, "value");
        Assert.DoesNotContain("value", Written(mail), StringComparison.Ordinal);
    }

    [Fact]
    public void How_the_body_is_made_up_is_not_for_the_sender_to_say()
    {
        using var mail = new BuiltMail { Text = "Hello" };
        mail.Add("From", "ada@client.example");
        mail.Add("Content-Type", "text/html");
        mail.Add("content-transfer-encoding", "base64");
        mail.Add("CONTENT-DISPOSITION", "attachment");
        mail.Add("Mime-Version", "7");
        var read = Read(mail);
        Assert.Equal("Hello", read.Text.Trim());
        Assert.Null(read.Html);
        Assert.Empty(read.Attachments);
        Assert.Equal("1.0", read.Header("MIME-Version").Single().Trim());
    }

    [Fact]
    public void What_was_encoded_already_and_what_was_not_are_read_alike()
    {
        using var encoded = new BuiltMail { Text = "Hello" };
        encoded.Add("From", "=?UTF-8?Q?Zo=C3=AB?= <zoe@client.example>");
        encoded.Add("Subject", "=?UTF-8?B?R3LDtsOfZQ==?=");
        using var plain = new BuiltMail { Text = "Hello" };
        plain.Add("From", "Zoë <zoe@client.example>");
        plain.Add("Subject", "Größe");
        foreach (var read in new[] { Read(encoded), Read(plain) })
        {
            Assert.Equal(("Größe", "Zoë", "zoe@client.example"), (read.Subject, read.From!.Name, read.From.Address));
        }
    }

    [Fact]
    public void Nothing_is_made_up_and_long_values_are_folded()
    {
        var references = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"<{i:d40}@client.example>"));
        using var mail = new BuiltMail { Text = "Hello" };
        mail.Add("From", "ada@client.example");
        mail.Add("References", references);
        mail.Add("Received", "first");
        mail.Add("Received", "second");
        var written = Written(mail);
        Assert.DoesNotContain("Message-Id", written, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Date:", written, StringComparison.Ordinal);
        Assert.All(written.Split("\r\n"), line => Assert.True(line.Length <= 998));
        Assert.Equal(100, Read(mail).Ancestors.Count);
        Assert.Equal(2, Read(mail).Header("Received").Count);
    }

    [Theory]
    [InlineData("logo.")]
    [InlineData("\"abc")]
    [InlineData("(x")]
    [InlineData("a@,b")]
    [InlineData("a b")]
    [InlineData("a>\r\nBcc: all@client.example")]
    public void A_picture_with_a_strange_id_costs_no_mail(string id)
    {
        using var mail = new BuiltMail { Text = "Hello", Html = $"<p>Hello <img src=\"cid:{id}\">", Files = [new("a.png", "image/png", [1, 2, 3], id)] };
        mail.Add("From", "ada@client.example");
        var read = Read(mail);
        Assert.Equal("Hello", read.Text.Trim());
        Assert.Empty(read.Header("Bcc"));
        Assert.Equal([1, 2, 3], Assert.Single(read.Attachments).Content());
    }

    [Fact]
    public void An_id_stands_in_the_mail_as_it_was_posted()
    {
        using var mail = new BuiltMail { Text = "Hello", Html = "<img src=\"cid:logo.\">", Files = [new("a.png", "image/png", [1], "logo.")] };
        mail.Add("From", "ada@client.example");
        Assert.Equal("logo.", Assert.Single(Read(mail).Attachments).ContentId);
    }

    [Fact]
    public void The_same_parts_give_the_same_bytes()
    {
        BuiltMail Make() => new() { Text = "Hello", Html = "<p>Hello", Files = [new("ä.png", "image/png", [1, 2, 3], "a"), new("b.bin", "nonsense", [4], null), new("letter.eml", "message/rfc822", "From: x"u8.ToArray(), null)] };
        using var one = Make();
        using var two = Make();
        var bytes = one.ToBytes();
        Assert.Equal(bytes, two.ToBytes());
        Assert.Equal(["ä.png", "b.bin", "letter.eml"], MailReader.Read(bytes).Attachments.Select(a => a.Name));
    }
}
