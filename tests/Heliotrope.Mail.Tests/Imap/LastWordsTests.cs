using System.Text;
using Heliotrope.Mail.Imap;

namespace Heliotrope.Mail.Tests.Imap;

public sealed class LastWordsTests
{
    [Theory]
    [InlineData("* OK hello\r\nA1 NO [LIMIT] Maximum number of connections exceeded\r\n", "[LIMIT] Maximum number of connections exceeded")]
    [InlineData("* BYE Too many connections\r\n", "Too many connections")]
    [InlineData("A1 BAD Unknown command", "Unknown command")]
    [InlineData("A1 NO refused\r\nA2 OK done\r\n", null)]
    [InlineData("SSH-2.0-OpenSSH\r\n", null)]
    [InlineData("", null)]
    public void The_last_words_of_a_server_are_kept_when_they_refuse(string said, string? kept)
    {
        using var words = new LastWords();
        foreach (var one in Encoding.UTF8.GetBytes(said))
        {
            words.LogServer([one], 0, 1);
        }

        Assert.Equal(kept, words.Refusal);
    }

    [Fact]
    public void Of_mail_that_passes_by_nothing_is_kept()
    {
        using var words = new LastWords();
        words.LogClient("A1 LOGIN ada s3cret\r\n"u8.ToArray(), 0, 21);
        var mail = Encoding.UTF8.GetBytes(new string('x', 100_000) + "\r\nA1 NO at the end\r\n");
        words.LogServer(mail, 0, mail.Length);
        Assert.Equal("at the end", words.Refusal);
    }
}
