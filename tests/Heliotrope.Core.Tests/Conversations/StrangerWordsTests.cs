using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Tests.Conversations;

public sealed class StrangerWordsTests
{
    [Theory]
    [InlineData("My grinder, again", true)]
    [InlineData("Ada Lovelace", true)]
    [InlineData("v1.2 is broken", true)]
    [InlineData("Win at casino.example", false)]
    [InlineData("see https://x", false)]
    [InlineData("mail me@here", false)]
    public void Words_that_could_be_a_link_do_not_go_into_a_mail_that_nobody_wrote(string words, bool plain) => Assert.Equal(plain, StrangerWords.ArePlain(words));
}
