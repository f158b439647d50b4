using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Outlook;

public sealed class WinmailTests
{
    [Fact]
    public void Words_behind_a_scanners_footer_are_kept_as_a_file_and_words_that_are_there_already_are_not()
    {
        var packed = File.ReadAllText(Path.Combine(Corpus.Folder, "winmail-rtf-body.eml")).ReplaceLineEndings("\n");
        var part = packed[packed.IndexOf("Content-Type: application/ms-tnef", StringComparison.Ordinal)..].Split("--b1")[0].TrimEnd();
        var words = MailReader.Read(Encoding.ASCII.GetBytes(packed)).Text.Trim();
        string[] With(string text) => [.. MailReader.Read(Encoding.UTF8.GetBytes($"From: ada@client.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=seam\n\n--seam\n\n{text}\n--seam\n{part}\n--seam--\n"))
            .Attachments.Where(file => file.Name.StartsWith("message.", StringComparison.Ordinal)).Select(file => Encoding.UTF8.GetString(file.Content()).Trim())];

        Assert.Equal(words, Assert.Single(With("This mail was scanned.")));
        Assert.Empty(With($"Hello,\n\n{words}\n\nThis mail was scanned."));
    }
}
