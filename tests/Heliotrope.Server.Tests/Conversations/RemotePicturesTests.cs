using System.Net;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Heliotrope.Server.Tests.Conversations;

public sealed class RemotePicturesTests
{
    private static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    [Fact]
    public async Task Pictures_on_the_web_are_fetched_when_somebody_asks_and_shown_without_their_address()
    {
        await using var web = await PictureServer.Start();
        await using var server = await TestServer.Start(Engine.Sqlite, replace: services => services.AddSingleton(new PictureSources(_ => true)));
        var (desk, address) = await Open(server, $"<p>News</p><img src=\"{web.Url}pixel.gif\" alt=\"one\"><img src=\"{web.Url}moved\" alt=\"two\"><img src=\"{web.Url}page\" alt=\"three\"><img src=\"{web.Url}endless\" alt=\"four\"><img src=\"http://[\" alt=\"five\">");
        using (desk)
        {
            var before = (await desk.Get(address)).Is(200);
            Assert.Empty(web.Asked);
            Assert.DoesNotContain("src=\"data:", before.Html, StringComparison.Ordinal);

            var after = (await desk.Submit(address[..address.IndexOf("/entries", StringComparison.Ordinal)], address)).Is(200);
            var shown = after.Document.QuerySelectorAll("img[src]");
            Assert.Equal(["one", "two"], shown.Select(picture => picture.GetAttribute("alt")));
            Assert.All(shown, picture => Assert.StartsWith("data:image/gif;base64,", picture.GetAttribute("src"), StringComparison.Ordinal));
            Assert.Equal(5, after.Document.QuerySelectorAll("img").Length);
            Assert.Contains("Not every picture could be fetched.", after.Html, StringComparison.Ordinal);
            Assert.All(web.Asked, headers => Assert.DoesNotContain(headers, header => header is "Cookie" or "Referer" or "User-Agent"));
        }
    }

    [Fact]
    public async Task Nothing_of_our_own_network_is_ever_fetched()
    {
        await using var web = await PictureServer.Start();
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (desk, address) = await Open(server, $"<img src=\"{web.Url}pixel.gif\"><img src=\"http://localhost:{web.Url.Port}/pixel.gif\"><img src=\"http://[::ffff:127.0.0.1]:{web.Url.Port}/pixel.gif\">");
        using (desk)
        {
            var page = (await desk.Submit(address[..address.IndexOf("/entries", StringComparison.Ordinal)], address)).Is(200);
            Assert.Equal(3, page.Document.QuerySelectorAll("img").Length);
            Assert.Empty(page.Document.QuerySelectorAll("img[src]"));
            Assert.Empty(web.Asked);
        }
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("::ffff:93.184.216.34", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001:0:1::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:a00:1::", false)]
    public void What_is_public_is_told_from_what_is_ours(string address, bool isPublic)
    {
        Assert.Equal(isPublic, PublicInternet.Includes(IPAddress.Parse(address)));
        Assert.Equal(isPublic, PictureSources.Web.May(new(IPAddress.Parse(address), 443)));
        Assert.False(PictureSources.Web.May(new(IPAddress.Parse(address), 22)));
    }

    private static async Task<(Browser Desk, string Address)> Open(TestServer server, string html)
    {
        var number = await server.Receive(TestMail.FromSomebodyNew() with { More = ["MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8"], Text = html });
        var desk = await server.SignedIn();
        var form = (await desk.Get($"/conversations/{number}")).Document.QuerySelector("form.remote")!;
        return (desk, form.GetAttribute("action")!);
    }

    /// <summary>A web server of a stranger.</summary>
    private sealed class PictureServer : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private PictureServer(WebApplication app) => _app = app;

        public Uri Url => new(_app.Urls.First());

        public List<string[]> Asked { get; } = [];

        public static async Task<PictureServer> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var server = new PictureServer(app);
            app.Run(async http =>
            {
                lock (server.Asked)
                {
                    server.Asked.Add([.. http.Request.Headers.Keys]);
                }

                switch (http.Request.Path.Value)
                {
                    case "/pixel.gif":
                        await http.Response.Body.WriteAsync(Pixel);
                        break;
                    case "/moved":
                        http.Response.Redirect("/pixel.gif");
                        break;
                    case "/endless":
                        var block = new byte[64 * 1024];
                        Pixel.CopyTo(block, 0);
                        for (var sent = 0; sent < 200 && !http.RequestAborted.IsCancellationRequested; sent++)
                        {
                            await http.Response.Body.WriteAsync(block, http.RequestAborted);
                        }

                        break;
                    default:
                        http.Response.ContentType = "image/png";
                        await http.Response.WriteAsync("<script>alert(1)</script>");
                        break;
                }
            });
            await app.StartAsync();
            return server;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
