using Heliotrope.Mail.Html;

namespace Heliotrope.Mail.Tests.Html;

public sealed class RemotePicturesTests
{
    private static readonly byte[] Dot = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static readonly string Cleaned = HtmlCleaner.Clean("<p>News</p><img src='https://a.example/1.gif' alt='one'><img src='//b.example/2.png?x=1&amp;y=2'><img src='https://a.example/1.gif'><img src='cid:x'>");

    [Fact]
    public void Each_address_on_the_web_is_named_once()
    {
        Assert.True(RemotePictures.Any(Cleaned));
        Assert.False(RemotePictures.Any(HtmlCleaner.Clean("<p>data-remote-src=</p><img src='cid:x'>")));
        Assert.Equal(["https://a.example/1.gif", "https://b.example/2.png?x=1&y=2"], RemotePictures.Addresses(Cleaned));
    }

    [Fact]
    public void What_was_fetched_is_shown_and_the_rest_stays_as_it_was()
    {
        var shown = RemotePictures.Show(Cleaned, new Dictionary<string, byte[]> { ["https://a.example/1.gif"] = Dot, ["https://b.example/2.png?x=1&y=2"] = "<svg/>"u8.ToArray() }, int.MaxValue);
        Assert.Equal(Cleaned.Replace("data-remote-src=\"https://a.example/1.gif\"", $"src=\"data:image/gif;base64,{Convert.ToBase64String(Dot)}\"", StringComparison.Ordinal), shown);
        Assert.Equal(Cleaned, RemotePictures.Show(Cleaned, new Dictionary<string, byte[]>(), int.MaxValue));
    }

    [Fact]
    public void One_picture_named_ten_thousand_times_makes_no_page_without_end()
    {
        var often = HtmlCleaner.Clean(string.Concat(Enumerable.Repeat("<img src='https://a.example/1.gif'>", 10_000)));
        var shown = RemotePictures.Show(often, new Dictionary<string, byte[]> { ["https://a.example/1.gif"] = Dot }, 10 * Dot.Length);
        Assert.Equal(11, shown.Split("src=\"data:").Length);
    }
}
