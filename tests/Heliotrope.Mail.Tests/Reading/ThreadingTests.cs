using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class ThreadingTests
{
    private static MailMessage Read(string headers) => MailReader.Read(Encoding.UTF8.GetBytes(headers + "\n\nHello"));

    [Fact]
    public void What_a_message_follows_comes_nearest_first() => Assert.Equal(["3@x", "2@x", "1@x"],
        Read("In-Reply-To: <3@x>\nReferences: <1@x> <2@x>\n <3@x>").Ancestors);

    [Fact]
    public void References_alone_are_enough() => Assert.Equal(["2@x", "1@x"], Read("References: <1@x> <2@x>").Ancestors);

    [Fact]
    public void A_first_message_follows_nothing() => Assert.Empty(Read("Message-ID: <1@x>").Ancestors);

    [Fact]
    public void Outlooks_mark_tells_conversation_beginning_and_depth() => Assert.Equal(
        "000102030405060708090a0b0c0d0e0f 2026-02-02T08:59:59Z 3",
        Read("Thread-Index: AdyUIk+gAAECAwQFBgcICQoLDA0ODwAAAQIDAAABAgMAAAECAw==").ThreadIndex?.ToString());

    [Fact]
    public void An_answer_has_the_mark_of_what_it_answers()
    {
        var first = Read("Thread-Index: AdyUIk+gAAECAwQFBgcICQoLDA0ODw==").ThreadIndex!;
        var answer = Read("Thread-Index: AdyUIk+gAAECAwQFBgcI\n CQoLDA0ODwAAAQIDAAABAgMAAAECAw==").ThreadIndex!;
        Assert.Equal((0, 3), (first.Depth, answer.Depth));
        Assert.Equal((first.Conversation, first.Started), (answer.Conversation, answer.Started));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Thread-Index: ")]
    [InlineData("Thread-Index: nonsense!")]
    [InlineData("Thread-Index: AdyUIk+gAAEC")]
    [InlineData("Thread-Index: /9yUIk+gAAECAwQFBgcICQoLDA0ODw==")]
    public void What_is_no_mark_is_none(string headers) => Assert.Null(Read(headers).ThreadIndex);
}
