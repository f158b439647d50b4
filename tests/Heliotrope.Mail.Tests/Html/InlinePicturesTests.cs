using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Mail.Tests.Html;

public sealed class InlinePicturesTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0];
    private static readonly byte[] Svg = "<svg onload=\"alert(1)\"/>"u8.ToArray();

    private static readonly string PngAddress = "data:image/png;base64," + Convert.ToBase64String(Png);

    [Fact]
    public void The_type_is_that_of_the_bytes()
    {
        Assert.Equal("image/png", InlinePictures.PictureType(Png));
        Assert.Equal("image/jpeg", InlinePictures.PictureType([0xFF, 0xD8, 0xFF, 0xE0]));
        Assert.Equal("image/gif", InlinePictures.PictureType("GIF87a"u8));
        Assert.Equal("image/gif", InlinePictures.PictureType("GIF89a..."u8));
        Assert.Equal("image/webp", InlinePictures.PictureType("RIFF\u0001\0\0\0WEBPVP8 "u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF88a")]
    [InlineData("GIF8")]
    [InlineData("RIFF0000WAVE")]
    [InlineData("RIFF0000WEB")]
    [InlineData("<svg/>")]
    [InlineData("<html>")]
    [InlineData(" GIF89a")]
    [InlineData("BM000000")]
    public void What_is_no_picture_has_no_type(string content) => Assert.Null(InlinePictures.PictureType(Encoding.Latin1.GetBytes(content)));

    [Theory]
    [InlineData("cid:logo@desk.example")]
    [InlineData("CID:logo@desk.example")]
    [InlineData("cid:LOGO@Desk.Example")]
    [InlineData("cid:logo%40desk.example")]
    [InlineData("cid:%6Cogo@desk.example")]
    [InlineData(" cid:logo@desk.example ")]
    [InlineData("cid:&lt;logo@desk.example&gt;")]
    [InlineData("c\nid:logo@desk.example")]
    public void A_picture_is_found_however_its_address_is_written(string address) =>
        Assert.Equal($"<p>A <img src=\"{PngAddress}\" alt=\"Logo\"> b</p>", Embed($"<p>A <img src=\"{address}\" alt=Logo> b", 1000, new OutgoingAttachment("x", "x/y", Png, "logo@desk.example")));

    [Theory]
    [InlineData("cid:missing@x")]
    [InlineData("cid:")]
    [InlineData("cid:%")]
    [InlineData("cid:%00logo")]
    [InlineData("cid:logo@desk.example#x")]
    [InlineData("cid:vector@x")]
    [InlineData("cid:empty@x")]
    public void What_is_missing_or_no_picture_leaves_its_words(string address) =>
        Assert.Equal("<img alt=\"&quot;Logo&quot; &lt;b&gt;\" width=\"9\">", Embed($"<img src=\"{address}\" alt='\"Logo\" &lt;b>' width=9>", 1000,
            new("logo.png", "image/png", Png, "logo@desk.example"), new("a.png", "image/png", Svg, "vector@x"), new("b.png", "image/png", default, "empty@x")));

    [Fact]
    public void An_id_with_a_percent_sign_is_found_encoded_and_not()
    {
        var picture = new OutgoingAttachment("a", "image/png", Png, "a%20b@x");
        Assert.Equal($"<img src=\"{PngAddress}\"><img src=\"{PngAddress}\">", Embed("<img src=\"cid:a%20b@x\"><img src=\"cid:a%2520b@x\">", 1000, picture));
    }

    [Fact]
    public void Ids_that_differ_in_case_only_are_told_apart()
    {
        var gif = "GIF89a"u8.ToArray();
        Assert.Equal($"<img src=\"data:image/gif;base64,{Convert.ToBase64String(gif)}\"><img src=\"{PngAddress}\">",
            Embed("<img src=cid:A@x><img src=cid:a@x>", 1000, new("a", "image/png", Png, "a@x"), new("b", "image/gif", gif, "A@x")));
    }

    [Fact]
    public void Pictures_are_put_in_until_the_bytes_are_used_up()
    {
        var many = string.Concat(Enumerable.Repeat("<img src=cid:a@x alt=a>", 20_000));
        var shown = Embed(many, (Png.Length * 3) + 5, new OutgoingAttachment("a", "image/png", Png, "a@x"));
        Assert.Equal(3, shown.Split(PngAddress).Length - 1);
        Assert.Equal(20_000, shown.Split("alt=\"a\"").Length - 1);
        Assert.DoesNotContain("cid:", shown, StringComparison.Ordinal);
        Assert.Equal("<img><img src=\"" + PngAddress + "\">", Embed("<img src=cid:big@x><img src=cid:a@x>", Png.Length, new("b", "image/png", (byte[])[.. Png, 1], "big@x"), new("a", "image/png", Png, "a@x")));
        Assert.Equal("<img>", Embed("<img src=cid:a@x>", 0, new OutgoingAttachment("a", "image/png", Png, "a@x")));
        Assert.Equal("<img>", Embed("<img src=cid:a@x>", -1, new OutgoingAttachment("a", "image/png", Png, "a@x")));
    }

    [Fact]
    public void A_large_part_is_decoded_once_however_often_it_is_named()
    {
        var decoded = 0;
        var notPicture = new MailAttachment(() => { decoded++; return new MemoryStream(Svg); }) { Index = 0, Name = "a.png", Type = "image/png", Size = Svg.Length, ContentId = "a@x" };
        var tooLarge = new MailAttachment(() => { decoded += 1000; return new MemoryStream(Png); }) { Index = 1, Name = "b.png", Type = "image/png", Size = 2000, ContentId = "b@x" };
        Assert.Equal(string.Concat(Enumerable.Repeat("<img><img>", 500)), InlinePictures.Embed(string.Concat(Enumerable.Repeat("<img src=\"cid:a@x\"><img src=\"cid:b@x\">", 500)), [notPicture, tooLarge], 1000));
        Assert.Equal(1, decoded);
    }

    [Fact]
    public void Only_pictures_have_their_address_replaced_and_all_else_stays()
    {
        const string cleaned = "<p title=\"cid:a@x\">cid:a@x &amp; &lt;img src=\"cid:a@x\"&gt;</p><img data-remote-src=\"https://x.example/cid:a@x?a=1&amp;b=2\"><img src=\"data:image/png;base64,AAAA\"><br>";
        var clean = HtmlCleaner.Clean(cleaned);
        Assert.Equal(clean, Embed(clean, 1000, new OutgoingAttachment("a", "image/png", Png, "a@x")));
    }

    [Fact]
    public void Cleaned_html_stays_as_it_is_but_for_pictures()
    {
        var pieces = Gen.Elements("<p>", "</p>", "<table><td>", "<pre>\n", "<b title='\"'>", "&lt;", "&amp;amp;", "é", "😀", "\ud83c", "\n", "<img alt='a>b'>", "<a href='https://x.example/?a&b'>", "cid:", "<style>p{color:red}</style>", "<script>", "</script>", "<!--", "-->", "<img src='cid:a@x' alt=\"<'&quot;>\">", "text");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(pieces.ListOf().Select(list => string.Concat(list)).ToArbitrary(), html =>
        {
            var clean = HtmlCleaner.Clean(html + "<img src=cid:b@x>");
            return InlinePictures.Embed(clean, [], 1000) == clean.Replace(" src=\"cid:a@x\"", "", StringComparison.Ordinal).Replace(" src=\"cid:b@x\"", "", StringComparison.Ordinal);
        }));
    }

    [Fact]
    public void What_is_put_in_is_harmless() =>
        HtmlCleanerTests.AssertHarmless(Embed("<img src=cid:a@x onerror=x><img src='cid:\"><script>alert(1)</script>'>", 1000, new OutgoingAttachment("a", "image/png\" onerror=\"x", Png, "a@x")));

    private static string Embed(string html, int mostBytes, params OutgoingAttachment[] pictures)
    {
        var mail = MailReader.Read(MailWriter.Write(Writing.MailWriterTests.Mail with { Html = html, Attachments = pictures }));
        return InlinePictures.Embed(HtmlCleaner.Clean(html), mail.Attachments, mostBytes);
    }
}
