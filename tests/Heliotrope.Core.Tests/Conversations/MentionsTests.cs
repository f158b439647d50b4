using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Tests.Conversations;

public class MentionsTests
{
    private static readonly string[] People = ["Tom Weaver", "Tom", "Lena Fischer", "Zoë Müller"];

    private static string[] In(string text) => [.. Mentions.In(text, People).Select(named => named.Name)];

    [Fact]
    public void A_whole_name_after_an_at_sign_is_meant() => Assert.Equal(["Tom Weaver", "Zoë Müller"], In("@Tom Weaver, can you ask @zoë müller?"));

    [Fact]
    public void Of_names_that_begin_alike_the_longer_counts() => Assert.Equal(["Tom", "Tom Weaver"], In("@Tom or @Tom Weaver"));

    [Theory]
    [InlineData("tom@Tom")]
    [InlineData("@Tomas")]
    [InlineData("@ Tom")]
    [InlineData("Tom Weaver")]
    [InlineData("@Lena")]
    [InlineData("@")]
    [InlineData("")]
    public void What_only_looks_alike_is_not(string text) => Assert.Empty(In(text));

    [Fact]
    public void Where_it_stands_includes_the_sign() => Assert.Equal(new Named(4, 11, "Tom Weaver"), Mentions.In("Ask @Tom Weaver.", People).Single());

    [Fact]
    public void Nobody_calls_a_meeting() => Assert.Equal(Mentions.Most, Mentions.In(string.Join(' ', Enumerable.Repeat("@Tom", 50)), People).Count);
}
