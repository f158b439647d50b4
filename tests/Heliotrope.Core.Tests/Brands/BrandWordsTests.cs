using Heliotrope.Core.Brands;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Tests.Brands;

public class BrandWordsTests
{
    private static string? Value(string field) => field switch
    {
        "agent.name" => "Priya Nair",
        "customer.first_name" => "Ada\r\n[here](https://evil.example) {{link}}",
        "link" => "https://help.harbour.example/confidence/a_b-c",
        _ => null,
    };

    private static string Fill(string text) => BrandWords.Fill(text, Value, value => value);

    [Fact]
    public void Fields_are_filled_as_in_macros() => Assert.Equal("Kind regards\nPriya Nair", Fill("Kind regards\n{{ Agent.Name }}"));

    [Fact]
    public void A_line_in_which_something_is_not_known_is_left_out_unless_it_says_what_else() =>
        Assert.Equal("Kind regards\n\nHello you", Fill("\nKind regards\n{{agent.first_name}}, {{agent.name}}\n\nHello {{customer.name | you}}\r\n"));

    [Fact]
    public void The_way_to_answer_is_never_left_out() =>
        Assert.Equal("here: https://help.harbour.example/confidence/a_b-c", Fill("{{customer.name}}here: {{link}}"));

    [Fact]
    public void Values_are_one_line_written_as_they_must_be_there_and_never_read_again()
    {
        Assert.Equal("Hello Ada [here](https://evil.example) {{link}},", Fill("Hello {{customer.first_name}},"));
        Assert.Equal("Hello ADA [HERE](HTTPS://EVIL.EXAMPLE) {{LINK}}, https://help.harbour.example/confidence/a_b-c", BrandWords.Fill("Hello {{customer.first_name}}, {{link}}", Value, value => value.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("{{agent.name}}\n{{agent.first_name | we}} of {{desk.name}}", null)]
    [InlineData("", null)]
    [InlineData("{{customer.name}}", "brand.unknown-field")]
    [InlineData("{{link}}", "brand.unknown-field")]
    public void A_signature_knows_who_writes_and_nobody_else(string text, string? code) => Assert.Equal(code, BrandWords.WrongSignature(text)?.Code);

    [Theory]
    [InlineData(TemplateKind.Confidence, "Is it done?", "Say so: {{link}}", null, null)]
    [InlineData(TemplateKind.Confidence, "Is it done?", "", null, null)]
    [InlineData(TemplateKind.Rule, "", "", null, null)]
    [InlineData(TemplateKind.Confidence, "", "Is it done?", "brand.no-link", "t")]
    [InlineData(TemplateKind.Rule, "", "Answer, and a person reads it: {{ link}", "brand.no-link", "t")]
    [InlineData(TemplateKind.Confidence, "{{link}}", "{{link}}", "brand.unknown-field", "t-subject")]
    [InlineData(TemplateKind.Confidence, "", "{{link}} {{customer.shoe_size}}", "brand.unknown-field", "t")]
    public void A_template_without_the_way_to_answer_or_with_what_nobody_knows_is_refused(TemplateKind kind, string subject, string text, string? code, string? field)
    {
        var wrong = BrandWords.WrongTemplate(kind, subject, text, "t");
        Assert.Equal((code, field), (wrong?.Code, wrong?.Field));
    }

    [Fact]
    public void Words_that_are_too_long_are_refused()
    {
        Assert.Equal("brand.too-long", BrandWords.WrongSignature(new string('x', BrandWords.MaxSignature + 1))?.Code);
        Assert.Equal("brand.too-long", BrandWords.WrongTemplate(TemplateKind.Confidence, new string('x', BrandWords.MaxSubject + 1), "", "t")?.Code);
        Assert.Equal("brand.too-long", BrandWords.WrongTemplate(TemplateKind.Rule, "", "{{link}}" + new string('x', BrandWords.MaxText), "t")?.Code);
        Assert.Null(BrandWords.WrongSignature(new string('x', BrandWords.MaxSignature)));
    }

    [Fact]
    public void A_brands_hours_go_before_the_teams_and_leave_its_targets()
    {
        var team = AnswerRules.Usual with { Target = new(TimeSpan.FromHours(1), TimeSpan.FromHours(2)) };
        var night = WorkingHours.Parse("UTC", "Mon-Sun 22:00-24:00", "").Value;
        Assert.Equal(team, team.During(null));
        Assert.Equal(team with { Hours = night }, team.During(night));
        var noon = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(noon.AddHours(11), team.During(night).DueAt(noon, firstAnswer: true));
    }
}
