using System.Text;
using Heliotrope.Server.Mailboxes;

namespace Heliotrope.Server.Tests.Mailboxes;

public sealed class ServersWordsTests
{
    private const string Secret = "s3\"cret word%";

    [Theory]
    [InlineData("No such password: s3\"cret word%")]
    [InlineData("No such password: S3\"CRET WORD%")]
    [InlineData("Error in LOGIN ada \"s3\\\"cret word%\"")]
    [InlineData("It begins with s3\"cret and goes on")]
    [InlineData("s3%22cret%20word%25")]
    public void What_tells_the_secret_is_not_shown(string said) => Assert.Null(ServersWords.Shown(said, "ada", Secret));

    [Theory]
    [InlineData("{0}")]
    [InlineData("\0ada\0{0}")]
    [InlineData("user=ada\u0001auth=Bearer {0}\u0001\u0001")]
    public void What_tells_the_secret_as_it_was_sent_is_not_shown(string sent)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(sent.Replace("{0}", Secret, StringComparison.Ordinal)));
        Assert.Null(ServersWords.Shown($"Cannot decode {encoded}", "ada", Secret));
    }

    [Fact]
    public void A_secret_is_looked_for_before_the_words_are_cut()
    {
        Assert.Null(ServersWords.Shown(new string('x', 300) + Secret, "ada", Secret));
        Assert.Null(ServersWords.Shown("no: abc", "ada", "abc"));
        Assert.Equal("no", ServersWords.Shown("no", "ada", ""));
    }

    [Fact]
    public void Words_become_one_short_line()
    {
        Assert.Equal("Go away now", ServersWords.Shown("  Go\r\naway\t\u202e\u0007 now ", "ada", Secret));
        var shown = ServersWords.Shown(string.Concat(Enumerable.Repeat("😀", 400)), "ada", Secret)!;
        Assert.True(shown.Length <= 201);
        Assert.EndsWith("😀…", shown, StringComparison.Ordinal);
        Assert.Null(ServersWords.Shown(" \r\n ", "ada", Secret));
        Assert.Equal("Go", ServersWords.Shown("[ALERT] Go", "ada", Secret));
        Assert.Null(ServersWords.Shown("[ALERT]", "ada", Secret));
        Assert.Null(ServersWords.Shown(null, "ada", Secret));
    }
}
