using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

/// <summary>Pictures within the message are told from files beside it, however a program marks them.</summary>
public sealed class InlineAttachmentsTests
{
    [Theory]
    [InlineData("related", "image/png", "<image001.png@01DA2B3C.4D5E6F70>", "", "cid:image001.png@01DA2B3C.4D5E6F70")]
    [InlineData("related", "image/png", "<image001.png@01DA2B3C.4D5E6F70>", "attachment", "cid:image001.png@01DA2B3C.4D5E6F70")]
    [InlineData("mixed", "image/png", "<image001.png@01DA2B3C.4D5E6F70>", "attachment; filename=image001.png", "cid:image001.png@01DA2B3C.4D5E6F70")]
    [InlineData("mixed", "image/png", "<ii_abc>", "attachment", "CID:II_ABC")]
    [InlineData("mixed", "image/png", "<a b@x>", "attachment", "cid:a%20b@x")]
    [InlineData("mixed", "image/png", "no.brackets@x", "attachment", "cid:no.brackets@x")]
    [InlineData("mixed", "application/octet-stream", "<logo@x>", "", "cid:logo@x")]
    [InlineData("mixed", "application/octet-stream", "<logo@x>", "inline", "")]
    [InlineData("mixed", "image/png", "<logo@x>", "", "")]
    public void A_picture_that_the_HTML_shows_is_inline(string level, string type, string id, string disposition, string address)
    {
        var attachment = Read(level, type, id, disposition, $"<img src=\"{address}\">");
        Assert.Equal((id.Trim('<', '>'), true), (attachment.ContentId, attachment.Inline));
    }

    [Theory]
    [InlineData("image/jpeg", "attachment", "")]
    [InlineData("image/jpeg", "attachment", "<img src=\"cid:other@x\">")]
    [InlineData("image/jpeg", "attachment", "<img src=\"https://x.example/cid:f_photo\">")]
    [InlineData("image/jpeg", "attachment", "<a href=\"cid:f_photo\">cid:f_photo</a><!-- <img src=\"cid:f_photo\"> -->")]
    [InlineData("application/pdf", "", "")]
    public void A_file_with_an_id_that_the_HTML_does_not_show_is_beside_the_message(string type, string disposition, string html) =>
        Assert.False(Read("mixed", type, "<f_photo>", disposition, html).Inline);

    private static MailAttachment Read(string level, string type, string id, string disposition, string html)
    {
        var raw = $"""
            From: ada@client.example
            Content-Type: multipart/{level}; boundary=b

            --b
            Content-Type: text/html

            <p>Hello</p>{html}
            --b
            Content-Type: {type}
            Content-ID: {id}
            {(disposition.Length > 0 ? "Content-Disposition: " + disposition : "X-Nothing: here")}
            Content-Transfer-Encoding: base64

            AQID
            --b--
            """;
        return Assert.Single(MailReader.Read(Encoding.ASCII.GetBytes(raw)).Attachments);
    }
}
