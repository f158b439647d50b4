using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Browser.Tests;

public class ScratchLook(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task Look() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.SignIn();
        var number = await journey.Receive(TestMail.FromSomebodyNew() with { Text = "This is the second time that my grinder comes back broken. I am really disappointed and angry. I want my money back!" });
        await journey.Server.Store.Write(async db =>
        {
            var customer = await db.Conversations.Where(c => c.Number == number).Select(c => c.CustomerId).SingleAsync();
            var owner = await db.Users.Select(u => u.Id).FirstAsync();
            for (var i = 0; i < 15; i++)
            {
                var made = DateTimeOffset.UtcNow.AddDays(-40 + i);
                var p = Promise.Make(new(number, customer, owner), new("I will call you", made.AddDays(5), true, i % 2 == 0 ? Deed.Call : Deed.Answer), made, WorkingHours.Usual).Value;
                p.Keep(made.AddDays(i % 7 == 6 ? 6 : 3), WorkingHours.Usual);
                db.Promises.Add(p);
                var q = Promise.Make(new(number, customer, owner), new("I will call you", made.AddDays(5), true, i % 2 == 1 ? Deed.Call : Deed.Answer), made, WorkingHours.Usual).Value;
                q.Keep(made.AddDays(2), WorkingHours.Usual);
                db.Promises.Add(q);
            }
            return true;
        }, CancellationToken.None);
        await page.Open(number);
        await page.Press("r");
        await page.Write(page.Reply(), "Hello Ada,\n\nI am sorry that your grinder came back broken. I will call you tomorrow at 11:00 to hear it grind. Your money is on its way.");
        await page.WaitForTimeoutAsync(3000);
        await page.ScreenshotAsync(new() { Path = "/tmp/cu1.png" });
        await page.Press("Alt+w");
        await page.WaitForTimeoutAsync(1500);
        await page.Press("Alt+Enter");
        await page.WaitForTimeoutAsync(1000);
        await page.ScreenshotAsync(new() { Path = "/tmp/cu2.png" });
        await page.Reply().FillAsync("Hello Ada,\n\nI am sorry that your grinder came back broken. We will let you know.");
        await page.WaitForTimeoutAsync(2000);
        await page.ScreenshotAsync(new() { Path = "/tmp/cu3.png" });
        await page.Locator("#me summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await page.WaitForTimeoutAsync(1500);
        await page.SetViewportSizeAsync(360, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.WaitForTimeoutAsync(1000);
        await page.ScreenshotAsync(new() { Path = "/tmp/cu4.png", FullPage = true });
    });
}
