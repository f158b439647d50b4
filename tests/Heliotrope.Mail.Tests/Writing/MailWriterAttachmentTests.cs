using System.Text;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Mail.Tests.Writing;

public class MailWriterAttachmentTests
{
    private static readonly OutgoingMail Html = MailWriterTests.Mail with { Html = "<p>Hello <img src=\"cid:logo@desk.example\"></p>" };
    private static readonly OutgoingAttachment Logo = new("logo.png", "image/png", new byte[] { 1, 2, 3 }, "logo@desk.example");
    private static readonly OutgoingAttachment Bill = new("bill.pdf", "application/pdf", new byte[100]);

    [Fact]
    public void Files_pictures_and_words_each_have_their_level()
    {
        var written = MailWriterTests.Write(Html with { Attachments = [Bill, Logo] });
        var ids = written.Split("boundary=\"").Skip(1).Select(rest => rest.Split('"')[0]).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.EndsWith($"""
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="{ids[0]}"

            --{ids[0]}
            Content-Type: multipart/related;
             type="multipart/alternative";
             boundary="{ids[1]}"

            --{ids[1]}
            Content-Type: multipart/alternative;
             boundary="{ids[2]}"

            --{ids[2]}
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            Hello Ada,
            it is on its way.
            --{ids[2]}
            Content-Type: text/html; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            <p>Hello <img src="cid:logo@desk.example"></p>
            --{ids[2]}--
            --{ids[1]}
            Content-Type: image/png; name="logo.png"
            Content-Disposition: inline; filename="logo.png"
            Content-ID: <logo@desk.example>
            Content-Transfer-Encoding: base64

            AQID
            --{ids[1]}--
            --{ids[0]}
            Content-Type: application/pdf; name="bill.pdf"
            Content-Disposition: attachment; filename="bill.pdf"
            Content-Transfer-Encoding: base64

            {new string('A', 76)}
            {new string('A', 58)}==
            --{ids[0]}--

            """.ReplaceLineEndings("\r\n"), written, StringComparison.Ordinal);
        Assert.Equal(written, MailWriterTests.Write(Html with { Attachments = [Bill, Logo] }));
    }

    [Fact]
    public void Only_the_levels_that_are_needed_are_written()
    {
        Assert.Equal(["mixed"], Levels(MailWriterTests.Mail with { Attachments = [Bill] }));
        Assert.Equal(["mixed"], Levels(MailWriterTests.Mail with { Attachments = [Logo] }));
        Assert.Equal(["related", "alternative"], Levels(Html with { Attachments = [Logo] }));
        Assert.Equal(["mixed", "alternative"], Levels(Html with { Attachments = [Bill] }));
        Assert.Equal(["alternative"], Levels(Html));

        static IEnumerable<string> Levels(OutgoingMail mail) => MailWriterTests.Write(mail).Split("Content-Type: multipart/").Skip(1).Select(rest => rest.Split(';')[0]);
    }

    [Theory]
    [InlineData("Rechnung für März.pdf", "filename*=utf-8''Rechnung%20f%C3%BCr%20M%C3%A4rz.pdf", "name=\"=?utf-8?Q?Rechnung_f=C3=BCr_M=C3=A4rz=2Epdf?=\"")]
    [InlineData("報告書.pdf", "filename*=utf-8''%E5%A0%B1%E5%91%8A%E6%9B%B8.pdf", "name=\"=?utf-8?B?5aCx5ZGK5pu4LnBkZg==?=\"")]
    [InlineData("a \"b\";c.txt", "filename=\"a \\\"b\\\";c.txt\"", "name=\"a \\\"b\\\";c.txt\"")]
    [InlineData("C:\\Users\\ada\\a.txt", "filename=\"a.txt\"", "name=\"a.txt\"")]
    [InlineData("=?utf-8?Q?x?=", "filename=\"=_utf-8?Q?x?=\"", "name=\"=_utf-8?Q?x?=\"")]
    [InlineData("a\0\u001b\u202e.txt", "filename=\"a.txt\"", "name=\"a.txt\"")]
    [InlineData(" \r\n.", "filename=\"attachment-1.pdf\"", "name=\"attachment-1.pdf\"")]
    public void A_file_name_is_written_so_that_old_and_new_programs_read_it(string name, string disposition, string type)
    {
        var written = MailWriterTests.Write(MailWriterTests.Mail with { Attachments = [Bill with { Name = name }] });
        Assert.Equal(disposition, Parameter(written, "Content-Disposition: attachment;"));
        Assert.Equal(type, Parameter(written, "Content-Type: application/pdf;"));

        static string Parameter(string written, string head) => written.Split(head)[1].Split("\r\n\r\n")[0].Split("\r\nContent-")[0].Trim();
    }

    [Theory]
    [InlineData("image/png", "image/png")]
    [InlineData("Image/PNG", "image/png")]
    [InlineData("text/html", "text/html")]
    [InlineData("message/rfc822", "application/octet-stream")]
    [InlineData("multipart/mixed", "application/octet-stream")]
    [InlineData("text/plain; charset=utf-8", "application/octet-stream")]
    [InlineData("text/plain\r\nBcc: e@x.example", "application/octet-stream")]
    [InlineData("image", "application/octet-stream")]
    [InlineData("image/pñg", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void A_type_that_is_none_or_may_not_be_encoded_goes_as_bytes(string type, string written)
        => Assert.Contains($"\r\nContent-Type: {written}; name=", MailWriterTests.Write(MailWriterTests.Mail with { Attachments = [new("a", type, default)] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a b@c")]
    [InlineData("a@b>\r\nBcc: c")]
    [InlineData("=?utf-8?Q?a?=")]
    public void A_picture_with_an_id_that_is_none_is_a_file(string id)
    {
        var written = MailWriterTests.Write(Html with { Attachments = [Logo with { ContentId = id }] });
        Assert.DoesNotContain("Content-ID:", written, StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: attachment", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_reads_along_is_named_and_who_does_so_unseen_is_not()
    {
        var written = MailWriterTests.Write(MailWriterTests.Mail with { Cc = [new("Bo", "bo@client.example"), new("", "cy@client.example")] });
        Assert.Contains("\r\nTo: Ada Lovelace <ada@client.example>\r\nCc: Bo <bo@client.example>, cy@client.example\r\nSubject:", written, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MailWriterTests.Write(MailWriterTests.Mail with { Headers = new Dictionary<string, string> { ["Bcc"] = "di@client.example" } }));
        Assert.Throws<ArgumentException>(() => MailWriterTests.Write(MailWriterTests.Mail with { Headers = new Dictionary<string, string> { ["cc"] = "di@client.example" } }));
    }

    [Fact]
    public void A_message_that_is_sent_along_is_the_same_bytes_again()
    {
        var inner = MailWriter.Write(Html with { Attachments = [Logo] });
        var read = Assert.Single(MailReader.Read(MailWriter.Write(Html with { Attachments = [new("forwarded.eml", "message/rfc822", inner)] })).Attachments);
        Assert.Equal(("forwarded.eml", "application/octet-stream"), (read.Name, read.Type));
        Assert.Equal(inner, read.Content());
    }

    [Fact]
    public void A_large_file_takes_little_more_memory_than_the_message_has_bytes()
    {
        var content = new byte[25 * 1024 * 1024];
        new Random(1).NextBytes(content);
        var mail = Html with { Attachments = [Bill with { Content = content }] };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var written = MailWriter.Write(mail);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, written.Length, written.Length + 200_000);
        Assert.InRange(written.Length, content.Length * 78L / 57, content.Length * 78L / 57 + 3000);
        Assert.True(content.AsSpan().SequenceEqual(Assert.Single(MailReader.Read(written).Attachments).Content()));
    }
}
