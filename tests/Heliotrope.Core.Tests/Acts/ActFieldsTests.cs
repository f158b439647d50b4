using Heliotrope.Core.Acts;
using Heliotrope.Core.Coach;

namespace Heliotrope.Core.Tests.Acts;

public sealed class ActFieldsTests
{
    private static readonly Dictionary<string, string> Known = new() { ["customer.first_name"] = "Ada", ["agent.name"] = "" };

    [Theory]
    [InlineData("Hello {{customer.first_name}},", "Hello Ada,")]
    [InlineData("Hello {{ customer.first_name | there }},", "Hello Ada,")]
    [InlineData("Yours, {{agent.name | the team}}", "Yours, the team")]
    public void A_field_is_filled_or_takes_the_words_behind_its_bar(string text, string filled)
    {
        Assert.Equal(filled, ActFields.Fill(text, Known));
        Assert.Empty(MergeFields.Find(ActFields.Fill(text, Known)));
    }

    [Theory]
    [InlineData("Yours, {{agent.name}}")]
    [InlineData("Yours, {{agent.name | }}")]
    [InlineData("Your {{shoe.size}} fits.")]
    public void What_nothing_fills_stays_and_is_found_before_it_is_sent(string text)
    {
        Assert.Equal(text, ActFields.Fill(text, Known));
        Assert.NotEmpty(MergeFields.Find(text));
    }

    [Theory]
    [InlineData("My grinder, again", true)]
    [InlineData("Ada Lovelace", true)]
    [InlineData("v1.2 is broken", true)]
    [InlineData("Win at casino.example", false)]
    [InlineData("see https://x", false)]
    [InlineData("mail me@here", false)]
    public void Words_that_could_be_a_link_do_not_go_into_a_mail_that_nobody_wrote(string words, bool plain) => Assert.Equal(plain, ActFields.IsPlain(words));
}
