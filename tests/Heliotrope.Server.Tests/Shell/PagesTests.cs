using System.Text.RegularExpressions;

namespace Heliotrope.Server.Tests.Shell;

public partial class PagesTests
{
    [Fact]
    public void No_page_carries_a_script_or_a_style_of_its_own()
    {
        var offending = from source in Sources.Of(".razor")
                        where Inline().IsMatch(source.Text)
                        select source.Path;

        Assert.Empty(offending);
    }

    [Fact]
    public void Every_icon_a_page_names_is_in_the_sprite()
    {
        var sprite = File.ReadAllText(Path.Combine(Sources.Server, "wwwroot", "assets", "sprite.svg"));
        var missing = from source in Sources.Of(".razor")
                      from Match match in Icons().Matches(source.Text)
                      let name = match.Groups[1].Value
                      where !sprite.Contains($"id=\"{name}\"", StringComparison.Ordinal)
                      select name;

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_form_that_changes_something_carries_the_antiforgery_field_but_the_customers()
    {
        var bare = from source in Sources.Of(".razor")
                   where !source.Path.StartsWith("Confidence", StringComparison.Ordinal) && !source.Path.EndsWith("SwitchOffPage.razor", StringComparison.Ordinal) && !source.Path.EndsWith("FamilyPage.razor", StringComparison.Ordinal) // their token is in the address
                   from Match form in PostForms().Matches(source.Text)
                   where !form.Value.Contains("<AntiforgeryField />", StringComparison.Ordinal)
                   select source.Path;

        Assert.Empty(bare);
    }

    [GeneratedRegex("""\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)""")]
    private static partial Regex Inline();

    [GeneratedRegex("""<Icon Name="([a-z]+)""")]
    private static partial Regex Icons();

    [GeneratedRegex("""<form[^>]*method="post".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex PostForms();
}
