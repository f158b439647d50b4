using System.Text;

namespace Heliotrope.Bench;

/// <summary>
/// What a mailbox gets: of twenty letters thirteen are text and HTML, six are text alone and one brings a file of 200 kB along. Every fourth continues a matter that
/// was begun a while before.
/// </summary>
internal sealed class MailboxMails
{
    private const int FileBytes = 200_000;
    private const int FollowUp = 4;
    private const int Back = 99;

    private MailboxMails(List<byte[]> all, int conversations) => (All, Conversations) = (all, conversations);

    public IReadOnlyList<byte[]> All { get; }

    /// <summary>How many matters they are.</summary>
    public int Conversations { get; }

    public double Megabytes => All.Sum(mail => (long)mail.Length) / 1e6;

    /// <param name="count">How many.</param>
    /// <param name="name">Tells their Message-IDs from those of others.</param>
    /// <param name="seed">Of their words.</param>
    public static MailboxMails Write(int count, string name, int seed)
    {
        var (source, random, file) = (new MailSource(seed), new Random(seed), new byte[FileBytes]);
        var (mails, conversations) = (new List<byte[]>(count), 0);
        for (var i = 0; i < count; i++)
        {
            var continues = i % FollowUp == FollowUp - 1 && i >= Back;
            conversations += continues ? 0 : 1;
            var begun = continues ? i - Back : i;
            var (thread, subject) = ($"{name}-{begun}", $"Question {begun}");
            var mail = continues ? source.Next(thread, 2, subject) : source.First(thread, subject);
            random.NextBytes(file);
            mails.Add((i % 20) switch
            {
                7 => WithFile(mail, file),
                var rest when rest % 3 == 1 => TextAlone(mail),
                _ => mail,
            });
        }

        return new(mails, conversations);
    }

    private static byte[] WithFile(byte[] mail, byte[] file)
    {
        var (head, body) = Parts(mail);
        return Encoding.Latin1.GetBytes(
            $"{head}Content-Type: multipart/mixed; boundary=\"all\"\r\n\r\n--all\r\n{body}--all\r\nContent-Type: application/pdf; name=\"invoice.pdf\"\r\n"
            + $"Content-Disposition: attachment; filename=\"invoice.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}\r\n--all--\r\n");
    }

    private static byte[] TextAlone(byte[] mail)
    {
        var (head, body) = Parts(mail);
        return Encoding.Latin1.GetBytes(head + body.Split("--parts\r\n")[1]);
    }

    /// <summary>What stands before the content's own headers, and they with all that follows.</summary>
    private static (string Head, string Body) Parts(byte[] mail)
    {
        const string border = "MIME-Version: 1.0\r\n";
        var text = Encoding.Latin1.GetString(mail);
        var at = text.IndexOf(border, StringComparison.Ordinal) + border.Length;
        return (text[..at], text[at..]);
    }
}
