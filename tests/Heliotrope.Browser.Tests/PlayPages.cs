using Heliotrope.Browser.Tests.Infrastructure;
using Heliotrope.Server.NextQuestion;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Browser.Tests;

/// <summary>The manual, what people ask next, and what of both stands beside a reply, as everybody must be able to use them.</summary>
internal static class PlayPages
{
    public static async Task Seen(Journey journey, IPage page, Inspection inspect, long number)
    {
        await inspect.See(page, "/plays", "Plays");
        await inspect.See(page, "/plays/new", "New play");
        journey.Expect("status of 422");
        await page.GetByLabel("What works").FillAsync("Hold the switch");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(page.Locator(".wrong").First).ToBeVisibleAsync();
        await inspect.Of(page, "play, refused");
        await page.GetByLabel("Steps").FillAsync("Ask which model it is.\nSay that we pay for the parcel.");
        await page.Locator("#play-words").FillAsync("Hello {{customer.first_name | there}}, please hold the switch for ten seconds.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Hold the switch");
        var play = new Uri(page.Url).AbsolutePath;
        await inspect.See(page, play, "Hold the switch");
        await inspect.See(page, play + "/edit", "Change the play");
        await inspect.See(page, play + "/conversations", "With “Hold the switch”");

        await NextQuestion(journey, number);
        await inspect.See(page, "/next-questions", "Next questions");
        await page.Locator(".next-answer summary").First.ClickAsync();
        await page.GetByLabel("Words", new() { Exact = true }).First.FillAsync("And you can follow the parcel in your account.");
        await inspect.Of(page, "next questions, an answer");
        await page.Locator(".next-answer").First.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(page.Locator(".next-answer").First).ToContainTextAsync("Has words of its own");
        await page.Locator(".next-says a").First.ClickAsync();
        await Expect(page.Heading()).ToContainTextAsync("then");
        await inspect.See(page, new Uri(page.Url).PathAndQuery, "");

        await page.Open(number);
        await Expect(page.Locator("[data-next-question]")).ToBeVisibleAsync();
        await page.Locator(".beside-reply summary").First.ClickAsync();
        await inspect.Of(page, "conversation, a play offered");
        await page.Locator("[data-play]").ClickAsync();
        await Expect(page.Locator("[data-put-box=plays] li")).ToBeVisibleAsync();
        await inspect.Of(page, "conversation, a play put in");
        await page.Locator("[data-put-drop]").First.ClickAsync();
        await page.Reply().FillAsync("");

        // Nobody waits here: what was said is worth a play.
        await page.Open(await journey.Receive(TestMail.FromSomebodyNew()));
        await page.Reply().FillAsync("Please hold the switch for ten seconds.");
        await page.Press("Control+Enter");
        await Expect(page.Entries()).ToContainTextAsync("hold the switch");
        await page.Locator(".make-play button").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take it" })).ToBeVisibleAsync();
        await inspect.Of(page, "play, suggested");
        await inspect.See(page, "/plays", "Plays");
    }

    /// <summary>As if half of those who wrote about the same as this one asked something else next.</summary>
    public static async Task NextQuestion(Journey journey, long number)
    {
        var names = new[] { "Grinder hums", "Where it is now" };
        foreach (var name in names)
        {
            (await journey.Server.Api.Post("/api/v1/drivers", new { name })).Is(200);
        }

        (await journey.Server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver = names[0] })).Is(200);
        await journey.Server.Store.Write(
            async db =>
            {
                var drivers = await db.Drivers.Where(d => names.Contains(d.Name)).ToDictionaryAsync(d => d.Name, d => d.Id);
                db.NextPairs.Add(new NextPair { FromDriverId = drivers[names[0]], ToDriverId = drivers[names[1]], AfterCount = 27, AfterOf = 140, OtherwiseCount = 40, OtherwiseOf = 640, WithoutCount = 24, WithoutOf = 120, CountedAt = journey.Server.Clock.GetUtcNow() });
                return true;
            },
            CancellationToken.None);
    }
}
