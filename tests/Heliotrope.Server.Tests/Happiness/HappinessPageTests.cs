using Heliotrope.Core.Happiness;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Tests.Shell;

namespace Heliotrope.Server.Tests.Happiness;

public class HappinessPageTests
{
    [Fact]
    public async Task Every_figure_opens_to_its_conversations()
    {
        var page = await Page(new HappinessView([Week(30), Week(40, 7)], null, 7));

        Assert.Contains("/conversations?from=2026-11-09&amp;to=2026-11-15&amp;ending=confirmed", page, StringComparison.Ordinal);
        Assert.Contains("/conversations?from=2026-11-16&amp;to=2026-11-22&amp;ending=unanswered", page, StringComparison.Ordinal);
        Assert.Contains("/conversations?from=2026-11-09&amp;to=2026-11-22", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_few_conversations_are_dots_that_open_to_themselves()
    {
        var page = await Page(new HappinessView([Week(1)], [new HappinessDot(41, "Marta", "confirmed", TimeSpan.FromHours(2))], 7));

        Assert.Contains("""<a href="/conversations/41" tabindex="-1">""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("whisker", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_conversation_the_page_says_so_instead_of_drawing_nothing()
    {
        var page = await Page(new HappinessView([new HappinessWeek(new(2026, 11, 9), default)], [], 7));

        Assert.Contains("Nobody has written yet.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(5)]
    [InlineData(700)]
    [InlineData(90000)]
    public void A_scale_reaches_the_longest_in_a_handful_of_steps(double hours)
    {
        var (top, step) = Scale.Round(TimeSpan.FromHours(hours));

        Assert.True(top.TotalHours >= hours);
        Assert.True(top - step < TimeSpan.FromHours(hours));
    }

    private static HappinessWeek Week(int confirmed, int later = 0) =>
        new(new DateOnly(2026, 11, 9).AddDays(later), new EndCounts(confirmed, 0, 0, 0, 1), new Spread(confirmed, TimeSpan.FromHours(3), TimeSpan.FromHours(20)));

    private static Task<string> Page(HappinessView view) => Rendered.Html<HappinessPage>(new() { ["Viewer"] = Rendered.Priya, ["View"] = view });
}
