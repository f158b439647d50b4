using Heliotrope.Browser.Tests.Infrastructure;

namespace Heliotrope.Browser.Tests;

/// <summary>The inspection that every page must pass can fail.</summary>
public class Inspecting(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public Task What_shuts_people_out_is_found_and_what_an_open_menu_covers_is_not_held_against_it() => Journey.Walk(chromium, async journey =>
    {
        var page = await journey.NewVisitor();
        await page.GotoAsync("/sign-in");
        await page.Locator("main").EvaluateAsync("""
            main => {
              main.innerHTML = `<h1>Wrong</h1><img src="/assets/mark.svg" width="20"><p id="pale">Pale words</p><p id="wide">Wide</p>
                <details class="menu" open><summary>Menu</summary><div class="menu-body"><button>What is open</button></div></details>
                <p id="small"><button>a</button><button>b</button></p>`;
              main.querySelector("#pale").style.color = "#ddd";
              main.querySelector("#wide").style.width = "3000px";
              for (const small of main.querySelectorAll("#small button")) Object.assign(small.style, { width: "30px", height: "30px" });
              const [body, below] = [".menu-body", "#small"].map(each => main.querySelector(each));
              Object.assign(body.style, { position: "fixed", inset: "300px auto auto 300px", padding: "0", zIndex: 1 });
              Object.assign(body.firstChild.style, { width: "300px", height: "45px" });
              Object.assign(below.style, { position: "fixed", inset: "320px auto auto 300px" });
            }
            """);
        var inspect = new Inspection(dark: false);
        await inspect.Of(page, "wrong");
        var found = Assert.ThrowsAny<Exception>(inspect.FoundNothing).Message;
        Assert.Contains("scrolls sideways", found, StringComparison.Ordinal);
        Assert.Contains("image-alt at img", found, StringComparison.Ordinal);
        Assert.Contains("color-contrast at #pale", found, StringComparison.Ordinal);
        Assert.DoesNotContain("target-size", found, StringComparison.Ordinal);

        // The same buttons, as little of them in sight, and no menu that could be closed.
        await page.Locator(".menu").EvaluateAsync("menu => menu.classList.remove('menu')");
        inspect = new Inspection(dark: false);
        await inspect.Of(page, "wrong");
        Assert.Contains("target-size", Assert.ThrowsAny<Exception>(inspect.FoundNothing).Message, StringComparison.Ordinal);
    });
}
