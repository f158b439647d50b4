using Heliotrope.Server.Confidence;
using Heliotrope.Server.Tests.Shell;

namespace Heliotrope.Server.Tests.Confidence;

public class ConfidencePageTests
{
    [Fact]
    public async Task The_questions_are_a_plain_form_without_script_and_without_a_cookie()
    {
        var page = await Page(ConfidenceStage.Ask);

        Assert.Contains("""<form id="confidence" class="ask" method="post" action="/confidence/a%2Fb">""", page, StringComparison.Ordinal);
        Assert.Contains("""name="resolved" value="yes" """, page, StringComparison.Ordinal);
        Assert.Contains("""name="again" value="no" """, page, StringComparison.Ordinal);
        Assert.Contains("""name="comment" """, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("__RequestVerificationToken", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConfidenceStage.Ask)]
    [InlineData(ConfidenceStage.Thanks)]
    [InlineData(ConfidenceStage.Reopened)]
    public async Task A_person_is_one_action_away_before_anything_else_on_the_page(ConfidenceStage stage)
    {
        var page = await Page(stage);
        var person = page.IndexOf("""<form method="post" action="/confidence/a%2Fb/person">""", StringComparison.Ordinal);

        Assert.True(person >= 0);
        Assert.True(person < page.IndexOf("<main", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_is_in_the_customers_language() =>
        Assert.Contains("""<html lang="de">""", await Page(ConfidenceStage.Ask), StringComparison.Ordinal);

    private static Task<string> Page(ConfidenceStage stage) => Rendered.Html<ConfidencePage>(new()
    {
        ["View"] = new ConfidenceView("Morrow", stage, new ConfidenceTexts("de", "Hallo", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""), "a/b"),
    });
}
