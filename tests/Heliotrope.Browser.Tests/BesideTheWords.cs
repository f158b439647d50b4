using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The coach and the promises beside a reply that is being written.</summary>
public class BesideTheWords(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Angry = "This is the second time that my grinder comes back broken. I am really disappointed and angry. I want my money back!";

    [Fact]
    public Task Look() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Text = Angry });
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "Hello,\n\nas I already said, the fault is a defective burr carrier. I'm sorry if you feel let down. I will call you tomorrow at 11:00 to hear it grind. We will send you a new one soon. Dear {{first_name}}, buy our premium plan.");
        await page.WaitForTimeoutAsync(1500);
        await page.ScreenshotAsync(new() { Path = "/tmp/cu1.png" });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.Press("Alt+j");
        await page.Press("Alt+j");
        await page.Press("Alt+j");
        await page.WaitForTimeoutAsync(300);
        await page.ScreenshotAsync(new() { Path = "/tmp/cu2.png" });
        await page.SetViewportSizeAsync(360, 800);
        await page.WaitForTimeoutAsync(500);
        await page.ScreenshotAsync(new() { Path = "/tmp/cu3.png", FullPage = true });
        await File.WriteAllTextAsync("/tmp/cu.html", await page.Locator(".composer").InnerHTMLAsync());
    });
}
