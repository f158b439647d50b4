using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class SpooledMailTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("spooled").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<SpooledMail> Read(byte[] raw, int inMemory = 1, int beginning = 300, MailLimits? limits = null) =>
        await SpooledMail.ReadAsync(new MemoryStream(raw), folder, limits ?? MailLimits.Default, inMemory, beginning, default);

    private static string Describe(MailMessage message) => CorpusTests.Describe(message).ToJsonString() + message.ContentHash
        + string.Concat(message.Attachments.Select(one => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(one.Content()))));

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static string Base64(int length) => Convert.ToBase64String(Bytes(length), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n";

    private static readonly string Head = "From: Ada <ada@client.example>\nSubject: Files\nDate: Mon, 2 Feb 2026 10:00:00 +0100\nContent-Type: multipart/mixed; boundary=b\n\n";

    public static TheoryData<string, string> Large() => new()
    {
        { "a base64 file between two texts", Head + "--b\n\nHello\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + Base64(9000) + "--b\n\nBye\n--b--\n" },
        { "a file that is never closed", Head + "--b\n\nHello\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + Base64(9000) },
        { "a file as bytes with dashes within", Head + "--b\n\nHello\n--b\nContent-Type: application/x\nContent-Transfer-Encoding: binary\n\n"
            + string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i}\n" + (i % 50 == 0 ? "--\n-- x\n--c\n" : ""))) + "\n--b--\n" },
        { "a long text in quoted-printable", "Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            + string.Concat(Enumerable.Range(0, 900).Select(i => $"Zeile {i} =C3=BC soft=\n und weiter  \n")) },
        { "one line without end", "Subject: x\n\n" + new string('y', 200_000) + "=" + new string(' ', 70_000) + "z" },
        { "a message within", Head + "--b\nContent-Type: message/rfc822\n\nSubject: inner\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ninner words\n--c\nContent-Type: image/gif\n"
            + "Content-Transfer-Encoding: base64\n\n" + Base64(5000) + "--c--\n\n--b\nContent-Type: text/csv; name=a.csv\n\n" + string.Concat(Enumerable.Repeat("a;b;c\n", 400)) + "\n--b--\n" },
        { "a message within, encoded", Head + "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            + Convert.ToBase64String(Encoding.ASCII.GetBytes("Subject: inner\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + Base64(4000)), Base64FormattingOptions.InsertLineBreaks) + "\n--b--\n" },
        { "uuencoded", "Subject: x\nContent-Type: application/x-thing; name=a.bin\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a.bin\n"
            + string.Concat(Enumerable.Repeat("M" + new string('A', 60) + "\n", 2000)) + "`\nend\n" },
        { "old line ends", (Head + "--b\n\nHello\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + Base64(9000) + "--b--\n").Replace('\n', '\r') },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public async Task A_message_in_a_file_is_read_like_one_in_memory(string what, string mail)
    {
        Assert.NotEmpty(what);
        foreach (var text in new[] { mail, mail.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var raw = Encoding.Latin1.GetBytes(text);
            using var spooled = await Read(raw);
            Assert.Equal(Describe(MailReader.Read(raw)), Describe(spooled.Message));
        }
    }

    [Fact]
    public async Task Every_message_of_the_corpus_is_read_the_same_from_a_file()
    {
        foreach (var file in Corpus.Files())
        {
            var raw = File.ReadAllBytes(file);
            using var spooled = await Read(raw, beginning: 4000);
            Assert.Equal(Describe(MailReader.Read(raw)), Describe(spooled.Message));
        }
    }

    [Fact]
    public async Task Damaged_messages_are_read_from_a_file_too()
    {
        var mutator = new Fuzz.Mutator(Fuzz.Seeds.Read([Corpus.Folder]), 11);
        for (var count = 0; count < 300; count++)
        {
            using var spooled = await Read(mutator.Next(), beginning: 100, limits: new MailLimits { MaxHeaderBytes = 500, MaxSkeletonBytes = 8000 });
            Assert.All(spooled.Message.Attachments, attachment => Assert.Equal(attachment.Size, attachment.Content().Length));
        }
    }

    [Fact]
    public async Task No_file_is_left_behind()
    {
        var spooled = await Read(Encoding.ASCII.GetBytes(Head + "--b\nContent-Type: image/png\n\nbytes\n--b--\n"));
        var attachment = Assert.Single(spooled.Message.Attachments);
        using (var stream = attachment.OpenRead())
        {
            Assert.Equal("bytes", await new StreamReader(stream).ReadToEndAsync());
        }
        spooled.Dispose();
        Assert.Throws<ObjectDisposedException>(() => attachment.Content());
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_hundred_megabytes_are_not_held_in_memory()
    {
        using var file = SpooledMail.Create(folder);
        var content = new byte[57 * 1024];
        var line = Encoding.ASCII.GetBytes(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\r\n");
        await SpooledMail.Write(file, Encoding.ASCII.GetBytes(Head + "--b\n\nHello\n--b\nContent-Type: video/mp4; name=a.mp4\nContent-Transfer-Encoding: base64\n\n"), new Repeated(line, 1800), default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var spool = new Spool(file, MailLimits.Default, out _);
        var message = MailReader.Read(spool.Skeleton, new ReadContext(MailLimits.Default, spool), false);
        long read = 0;
        using (var stream = message.Attachments[0].OpenRead())
        {
            var buffer = new byte[10_000];
            while (stream.Read(buffer) is > 0 and var more)
            {
                read += more;
            }
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1800L * content.Length, read);
        Assert.Equal(read, message.Attachments[0].Size);
        Assert.Equal("Hello", message.Text);
        Assert.InRange(allocated, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task Millions_of_parts_do_not_fill_the_memory()
    {
        var part = Encoding.ASCII.GetBytes("--b\nContent-Type: image/png\nX: " + new string('x', 200) + "\n\n" + new string('y', 900) + "\n");
        using var file = SpooledMail.Create(folder);
        await SpooledMail.Write(file, Encoding.ASCII.GetBytes(Head), new Repeated(part, 50_000), default);
        var spool = new Spool(file, new MailLimits { MaxSkeletonBytes = 100_000 }, out var cut);
        Assert.True(cut);
        Assert.InRange(spool.Skeleton.Length, 50_000, 100_000);
        Assert.Contains(MailReader.Read(spool.Skeleton, new ReadContext(MailLimits.Default, spool), cut).Defects, defect => defect.Code == "limit.skeleton");
    }

    /// <summary>The same bytes so many times.</summary>
    private sealed class Repeated(byte[] block, int times) : MemoryStream
    {
        private int left = times;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left == 0)
            {
                return ValueTask.FromResult(0);
            }
            left--;
            block.CopyTo(buffer);
            return ValueTask.FromResult(block.Length);
        }
    }
}
