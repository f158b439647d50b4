using System.Net;
using System.Net.Sockets;
using System.Text;
using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Server.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Browser.Tests;

/// <summary>What strangers send is shown, and does nothing.</summary>
public class Hostile(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task Html_in_a_mail_runs_nothing_fetches_nothing_and_leads_nowhere() => Journey.Walk(chromium, async journey =>
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var page = await journey.SignIn();
        var asked = new List<string>();
        page.Context.Request += (_, request) => asked.Add(request.Url);
        page.Dialog += (_, dialog) => asked.Add(dialog.Message);
        var number = await journey.Receive(Letter($"http://{canary.LocalEndpoint}"));
        await page.Open(number);
        await Expect(page.Entries()).ToContainTextAsync("Look at my grinder");

        await page.Locator("details[data-frame] summary").ClickAsync();
        var frame = page.FrameLocator("details[data-frame] iframe");
        await Expect(frame.GetByText("Look at my grinder")).ToBeVisibleAsync();
        await Expect(frame.Locator("b")).ToHaveTextAsync("grinder");
        await Expect(frame.Locator("script, form, input, iframe, object, embed, meta[http-equiv], link, base:not([target]), svg, [onerror], [onload], [onclick], [href^=javascript]")).ToHaveCountAsync(0);
        await frame.GetByText("press me").ClickAsync();

        // By itself, so that what the sandbox forbids is not what protects us.
        var alone = await page.Context.NewPageAsync();
        await alone.GotoAsync(new Uri(journey.Server.Url, (await page.Locator("details[data-frame] iframe").GetAttributeAsync("src"))!).ToString());
        await Expect(alone.GetByText("Look at my grinder")).ToBeVisibleAsync();
        await alone.CloseAsync();

        Assert.False(await page.EvaluateAsync<bool>("() => 'ran' in window"));
        Assert.All(asked, url => Assert.StartsWith(journey.Server.Url.ToString(), url, StringComparison.Ordinal));
        Assert.False(canary.Pending(), "Something reached the stranger's server.");
        await Expect(page.Subject()).ToBeVisibleAsync();
    });

    [Fact]
    public Task Pictures_on_the_web_come_through_us_once_somebody_asks() => Journey.Walk(
        chromium,
        async journey =>
        {
            using var stranger = new TcpListener(IPAddress.Loopback, 0);
            stranger.Start();
            var page = await journey.SignIn();
            var asked = new List<string>();
            page.Context.Request += (_, request) => asked.Add(request.Url);
            await page.Open(await journey.Receive(TestMail.FromSomebodyNew() with
            {
                More = ["MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8"],
                Text = $"<p>The news of the week</p><img src=\"http://{stranger.LocalEndpoint}/dot.gif\" width=40 height=40 alt=dot>",
            }));
            await page.Locator("details[data-frame] summary").ClickAsync();
            var frame = page.FrameLocator("details[data-frame] iframe");
            await Expect(frame.GetByText("The news of the week")).ToBeVisibleAsync();
            await Expect(frame.Locator("img[src]")).ToHaveCountAsync(0);
            Assert.False(stranger.Pending(), "Something was fetched before anybody asked.");

            var served = ServeDot(stranger);
            await page.GetByRole(AriaRole.Button, new() { Name = "Show pictures from the web" }).ClickAsync();
            await Expect(frame.Locator("img[src^='data:image/gif']")).ToBeVisibleAsync();
            Assert.DoesNotContain("Cookie", await served, StringComparison.OrdinalIgnoreCase);
            Assert.All(asked, url => Assert.True(url.StartsWith(journey.Server.Url.ToString(), StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
            await Expect(page.Subject()).ToBeVisibleAsync();
        },
        replace: services => services.AddSingleton(new PictureSources(_ => true)));

    /// <summary>Answers one request with a picture, and gives what it said.</summary>
    private static async Task<string> ServeDot(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Patience.Token());
        var stream = client.GetStream();
        var request = new byte[4096];
        var read = await stream.ReadAsync(request, Patience.Token());
        var dot = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\nContent-Length: {dot.Length}\r\nConnection: close\r\n\r\n"), Patience.Token());
        await stream.WriteAsync(dot, Patience.Token());
        return Encoding.ASCII.GetString(request, 0, read);
    }

    [Fact]
    public Task An_attachment_is_downloaded_as_it_was_sent_and_never_opened_here() => Journey.Walk(chromium, async journey =>
    {
        var bytes = Enumerable.Range(0, 4000).Select(i => (byte)(i * 7)).ToArray();
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew() with
        {
            More = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=cut"],
            Text = $"""
                --cut
                Content-Type: text/plain; charset=utf-8

                Here is a picture.
                --cut
                Content-Type: text/html; name="picture.html"
                Content-Disposition: attachment; filename="picture.html"
                Content-Transfer-Encoding: base64

                {Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}
                --cut--
                """,
        });
        await page.Open(number);
        var link = page.Locator(".files a");
        await Expect(link).ToContainTextAsync("picture.html");

        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Equal("picture.html", download.SuggestedFilename);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await download.PathAsync()));
        var answer = await page.Context.APIRequest.GetAsync(new Uri(journey.Server.Url, (await link.GetAttributeAsync("href"))!).ToString());
        Assert.StartsWith("attachment", answer.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
        Assert.Contains("sandbox", answer.Headers["content-security-policy"], StringComparison.Ordinal);
    });

    [Fact]
    public Task Names_subjects_and_words_of_strangers_are_words_everywhere() => Journey.Walk(chromium, async journey =>
    {
        const string trick = "<img src=x onerror=\"window.ran=1\">";
        var page = await journey.SignIn();
        await journey.Server.Smtp(new TestMail { From = null, Subject = trick, Text = trick });
        var name = Convert.ToBase64String(Encoding.UTF8.GetBytes(trick));
        var mail = TestMail.FromSomebodyNew();
        var number = await journey.Receive(mail with { From = $"=?utf-8?B?{name}?= <{mail.Author}>", Subject = trick, Text = trick });
        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = trick, resolve = true })).Is(200);

        foreach (var path in (string[])["/conversations?view=all", $"/conversations/{number}", "/outbox", "/outbox/1", "/quarantine", "/quarantine/1", "/happiness", await journey.ConfidenceLink(number)])
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("#main")).ToBeVisibleAsync();
            await Expect(page.Locator("#main img")).ToHaveCountAsync(0);
            Assert.False(await page.EvaluateAsync<bool>("() => 'ran' in window"), path);
        }
    });

    private static TestMail Letter(string canary) => TestMail.FromSomebodyNew() with
    {
        More = ["MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit"],
        Text = $$"""
            <html><head>
            <meta http-equiv="refresh" content="0;url={{canary}}/refresh">
            <base href="{{canary}}/">
            <link rel="stylesheet" href="{{canary}}/style.css"><link rel="preconnect" href="{{canary}}"><link rel="dns-prefetch" href="{{canary}}">
            <style>@import url({{canary}}/import.css); body { background: url({{canary}}/background.png) } @font-face { font-family: x; src: url({{canary}}/font.woff2) }</style>
            <script>window.top.ran = 1; window.ran = 1; alert(1); fetch("{{canary}}/fetch")</script>
            </head><body onload="alert(2)" background="{{canary}}/body.png">
            <p style="background-image: url('{{canary}}/inline.png')">Look at my <b>grinder</b></p>
            <img src="{{canary}}/pixel.png"><img srcset="{{canary}}/set.png 1x" src="x" onerror="alert(3); top.ran = 1">
            <picture><source srcset="{{canary}}/source.png"><img alt=""></picture>
            <a href="javascript:alert(4)" onclick="alert(5)">press me</a>
            <form action="{{canary}}/form"><input name="password" autofocus onfocus="alert(6)"><button>Sign in</button></form>
            <iframe src="{{canary}}/frame" srcdoc="<script>alert(7)</script>"></iframe>
            <object data="{{canary}}/object"></object><embed src="{{canary}}/embed">
            <video src="{{canary}}/video" poster="{{canary}}/poster.png" autoplay></video><audio src="{{canary}}/audio" autoplay></audio>
            <svg><script>alert(8)</script><image href="{{canary}}/svg.png"/><a xlink:href="javascript:alert(9)"><text>x</text></a></svg>
            <math><mtext><table><mglyph><style><img src=x onerror=alert(10)></style></mglyph></table></mtext></math>
            <noscript><p title="</noscript><img src=x onerror=alert(11)>"></noscript>
            </body></html>
            """,
    };
}
