using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class MailLimitsTests
{
    private static MailMessage Read(string mail, MailLimits? limits = null) => MailReader.Read(Encoding.UTF8.GetBytes(mail), limits);

    private static string Repeat(string piece, int count) => new StringBuilder().Insert(0, piece, count).ToString();

    [Fact]
    public void A_nesting_bomb_ends_at_the_depth_limit()
    {
        var bomb = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));
        Assert.Contains(Read(bomb).Defects, defect => defect.Code == "limit.depth");
    }

    [Fact]
    public void Messages_within_messages_end_at_the_depth_limit() =>
        Assert.Contains(Read(Repeat("Content-Type: message/rfc822\n\n", 50_000)).Defects, defect => defect.Code == "limit.depth");

    [Fact]
    public void A_million_empty_parts_end_at_the_part_limit()
    {
        var message = Read("Content-Type: multipart/mixed; boundary=b\n\n" + Repeat("--b\nContent-Type: image/png\n\n", 100_000));
        Assert.Contains(message.Defects, defect => defect.Code == "limit.parts");
        Assert.InRange(message.Attachments.Count, 1, MailLimits.Default.MaxParts);
    }

    [Fact]
    public void An_endless_header_is_cut()
    {
        var message = Read("Subject: " + Repeat("x", 3_000_000) + "\nFrom: a@example.org\n\nbody");
        Assert.Contains(message.Defects, defect => defect.Code == "header.too-large");
        Assert.Equal("body", message.Text);
        Assert.InRange(message.Subject.Length, 1, MailLimits.Default.MaxHeaderBytes);
    }

    [Fact]
    public void A_million_headers_are_not_kept()
    {
        var message = Read(Repeat("a: b\n", 200_000) + "\nbody");
        Assert.Contains(message.Defects, defect => defect.Code == "header.too-many");
        Assert.Equal(MailLimits.Default.MaxHeaders, message.Header("a").Count);
        Assert.Equal("body", message.Text);
    }

    [Fact]
    public void A_list_of_addresses_is_cut() =>
        Assert.Equal(7, Read("To: " + Repeat("a@example.org, ", 1000) + "\n\n", new MailLimits { MaxAddresses = 7 }).To.Count);

    [Fact]
    public void The_newest_references_are_kept() =>
        Assert.Equal(["8@x", "9@x"], Read("References: " + string.Concat(Enumerable.Range(0, 10).Select(i => $"<{i}@x> ")) + "\n\n",
            new MailLimits { MaxReferences = 2 }).References);

    [Fact]
    public void A_huge_text_is_cut()
    {
        var message = Read("Subject: x\n\n" + Repeat("y", 100), new MailLimits { MaxTextChars = 10 });
        Assert.Equal(10, message.Text.Length);
        Assert.Contains(message.Defects, defect => defect.Code == "limit.text");
    }

    [Fact]
    public void Many_texts_are_cut_as_one_would_be()
    {
        var message = Read("Content-Type: multipart/mixed; boundary=b\n\n" + Repeat("--b\n\nwords\n", 100) + "--b--\n", new MailLimits { MaxTextChars = 23 });
        Assert.Equal(23, message.Text.Count(char.IsLetter));
        Assert.Contains(message.Defects, defect => defect.Code == "limit.text");
    }

    [Fact]
    public void A_message_encoded_in_messages_is_not_unpacked_at_every_level()
    {
        var bomb = Repeat("Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n", 40) + "Subject: x\n\n" + Repeat("y", 20_000);
        Assert.Contains(Read(bomb, new MailLimits { MaxUnpackedBytes = 100_000 }).Defects, defect => defect.Code == "limit.unpacked");
        Assert.DoesNotContain(Read(bomb).Defects, defect => defect.Code == "limit.unpacked");
    }

    [Fact]
    public void A_winmail_dat_beyond_the_limit_is_a_file_like_another()
    {
        var raw = File.ReadAllBytes(Path.Combine(Corpus.Folder, "winmail-attachments.eml"));
        Assert.Equal(3, MailReader.Read(raw).Attachments.Count);
        var message = MailReader.Read(raw, new MailLimits { MaxUnpackedBytes = 4 });
        Assert.Equal("winmail.dat", Assert.Single(message.Attachments).Name);
        Assert.Contains(message.Defects, defect => defect.Code == "limit.unpacked");
    }

    [Fact]
    public void A_uuencoded_file_cannot_grow_out_of_all_proportion()
    {
        var message = Read("Content-Type: application/x; name=a\nContent-Transfer-Encoding: x-uuencode\n\n" + Repeat("_\n", 100_000));
        Assert.InRange(Assert.Single(message.Attachments).Size, 1, 500_000);
        Assert.Contains(message.Defects, defect => defect.Code == "encoding.damaged");
    }

    [Fact]
    public void Defects_are_counted_out() =>
        Assert.Equal(3, Read("To: " + string.Concat(Enumerable.Range(0, 100).Select(i => $"nobody{i};")) + "\n\n", new MailLimits { MaxDefects = 3 }).Defects.Count);

    [Theory]
    [InlineData("To: ", "(")]
    [InlineData("To: ", "<")]
    [InlineData("To: ", "\"a")]
    [InlineData("To: a@b", ":")]
    [InlineData("Subject: ", "=?")]
    [InlineData("Subject: ", "=?x?Q? ")]
    [InlineData("Subject: ", "=?utf-8?Q?")]
    [InlineData("References: ", "<a")]
    [InlineData("Content-Type: text/plain; ", "(")]
    [InlineData("Content-Type: text/plain; ", "a=b ")]
    [InlineData("X: ", "\ra: b")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n", "--b")]
    [InlineData("\n", "begin 644 a\n")]
    public void Repeating_what_opens_something_is_read_to_the_end(string start, string piece)
    {
        var message = Read(start + Repeat(piece, 300_000 / piece.Length) + "\nend\n\n");
        Assert.NotEmpty(message.Defects);
    }
}
