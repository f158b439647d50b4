using System.Text;
using System.Text.RegularExpressions;
using MailKit.Security;

namespace Heliotrope.Mail.Tests.Imap;

public sealed class ImapReaderTests : IDisposable
{
    private readonly FakeImapServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task What_a_server_tells_of_other_mails_meanwhile_is_no_answer()
    {
        _server.Answers["UID FETCH"] = "* 2 FETCH (UID 1002 FLAGS (\\Seen))\r\n* 1 FETCH (UID 1001 RFC822.SIZE 42 INTERNALDATE \"23-Nov-2026 10:00:00 +0100\")\r\n* 3 FETCH (FLAGS (\\Seen))";
        await using var reader = await _server.Open();
        var found = Assert.Single(await reader.Describe([1001], default));
        Assert.Equal((1001u, 42L), (found.Uid, found.Size));
    }

    [Theory]
    [InlineData("", '/', "Archive/Done", "Archive Archive/Done")]
    [InlineData("", '/', "Done", "Done")]
    [InlineData("INBOX.", '.', "Done", "INBOX.Done")]
    [InlineData("INBOX.", '.', "INBOX.Done", "INBOX.Done")]
    [InlineData("INBOX.", '.', "Archive.Done.2026", "INBOX.Archive INBOX.Archive.Done INBOX.Archive.Done.2026")]
    [InlineData("INBOX.", '.', ".Archive..Done.", "INBOX.Archive INBOX.Archive.Done")]
    public async Task A_folder_to_move_into_is_made_level_by_level_where_the_user_s_own_folders_are(string prefix, char separator, string folder, string made)
    {
        (_server.Prefix, _server.Separator) = (prefix, separator);
        for (var time = 0; time < 2; time++)
        {
            await using var reader = await _server.Open(changes: true);
            await reader.Move([1001], folder, default);
            Assert.Matches($"^UID MOVE 1001 \"?{Regex.Escape(made.Split(' ')[^1])}\"?$", _server.Heard.Last(line => line.StartsWith("UID MOVE", StringComparison.Ordinal)));
            Assert.Equal(["INBOX", .. made.Split(' ')], _server.Folders);
        }
    }

    [Fact]
    public async Task A_folder_to_move_into_that_is_there_is_found_with_and_without_the_prefix()
    {
        (_server.Prefix, _server.Separator) = ("INBOX.", '.');
        _server.Folders.Add("INBOX.Archive.Done");
        await using var reader = await _server.Open(changes: true);
        await reader.Move([1001], "Archive.Done", default);
        await reader.Move([1002], "INBOX.Archive.Done", default);
        Assert.Equal(2, _server.Heard.Count(line => Regex.IsMatch(line, "^UID MOVE 100[12] \"?INBOX\\.Archive\\.Done\"?$")));
    }

    [Theory]
    [InlineData("STATUS", "* STATUS INBOX (UIDNEXT 1003)")]
    [InlineData("STATUS", "NO not while it is open")]
    [InlineData("STATUS", "")]
    public async Task Which_number_comes_next_is_asked_when_the_server_does_not_say(string command, string answer)
    {
        _server.Answers["EXAMINE"] = FakeImapServer.Opened;
        _server.Answers[command] = answer;
        _server.Answers["UID SEARCH"] = "* SEARCH 1001 1002 7";
        await using var reader = await _server.Open();
        Assert.Equal(1003u, reader.UidNext);
    }

    [Fact]
    public async Task In_an_empty_folder_of_a_server_that_does_not_say_the_first_number_comes_next()
    {
        _server.Answers["EXAMINE"] = FakeImapServer.Opened.Replace("* 2 EXISTS", "* 0 EXISTS", StringComparison.Ordinal);
        _server.Answers["UID SEARCH"] = "* SEARCH";
        await using var reader = await _server.Open();
        Assert.Equal(1u, reader.UidNext);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(10, 4, true)]
    [InlineData(10, 1, true)]
    [InlineData(11, 100, false)]
    [InlineData(11, 4, false)]
    [InlineData(0, 4, true)]
    public async Task A_mail_is_fetched_to_its_end_whatever_a_server_gives_at_a_time(int size, int atOnce, bool whole)
    {
        const int most = 10;
        var mail = "Subject: xyz"[..size];
        _server.OnFetch = (offset, count) => mail.Substring(Math.Min(offset, size), Math.Min(Math.Min(count, atOnce), Math.Max(0, size - offset)));
        await using var reader = await _server.Open();
        using var into = new MemoryStream();
        Assert.Equal(whole, await reader.FetchInto(1001, into, most, default));
        Assert.InRange(into.Length, 0, most);
        if (whole) Assert.Equal(mail, Encoding.Latin1.GetString(into.ToArray()));
    }

    [Fact]
    public async Task A_wrong_password_is_given_once()
    {
        _server.Capabilities = "IMAP4rev1 AUTH=CRAM-MD5 AUTH=DIGEST-MD5 AUTH=LOGIN";
        _server.Answers["AUTHENTICATE"] = "+\r\n+\r\nNO wrong";
        _server.Answers["LOGIN"] = "NO wrong";
        await Assert.ThrowsAsync<AuthenticationException>(() => _server.Open());
        Assert.Equal("AUTHENTICATE LOGIN", Assert.Single(_server.Heard, line => line.Contains("LOGIN", StringComparison.Ordinal) || line.StartsWith("AUTHENTICATE", StringComparison.Ordinal)));
    }
}
