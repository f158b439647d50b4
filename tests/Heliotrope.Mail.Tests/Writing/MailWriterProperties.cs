using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Mail.Tests.Writing;

public class MailWriterProperties
{
    /// <summary>Strings made of what is dangerous in a message, short and very long.</summary>
    internal static Gen<string> Nasty { get; } = Gen.OneOf(
        Gen.ListOf(Gen.Elements("\r", "\n", "\r\n", "\r\n\r\n", "Bcc: evil@x.example", "\r\nBcc: e@x", "<", ">", "@", "a@b.example", "\"", "\\", "=?utf-8?Q?", "?=", "=", " ", "\t", "\0", "\u0085", "\u2028", "ä", "漢字", "🎈", "\ud83c", "--=_", ".", "From ", ",", ";", ":", "word")).Select(string.Concat),
        Gen.Choose(0, 3000).Select(length => new string('x', length)),
        Gen.Choose(0, 3000).Select(length => new string(' ', length) + "x"),
        Gen.Choose(0, 500).Select(length => string.Concat(Enumerable.Repeat("ü🎈", length))));

    [Fact]
    public void No_string_injects_a_header_breaks_a_line_or_leaves_seven_bits()
        => Prop.ForAll(Gen.ArrayOf(Nasty, 12).ToArbitrary(), s =>
        {
            var written = MailWriterTests.Write(MailWriterTests.Mail with
            {
                From = new(s[0], s[1]),
                To = [new(s[2], s[3]), new(s[4], "a@b.example")],
                ReplyTo = [new("", s[5])],
                Subject = s[6],
                Text = s[7],
                Html = s[8],
                InReplyTo = s[9],
                References = [s[9], s[10], "ok@client.example"],
                Headers = new Dictionary<string, string> { ["X-Note"] = s[11] },
            });
            var head = written.Split("\r\n\r\n")[0].Split("\r\n");
            var names = head.Where(line => line[0] != ' ').Select(line => line.Split(':')[0]).Where(name => name != "In-Reply-To");
            string[] expected = ["Date", "From", "To", "Reply-To", "Subject", "Message-ID", "References", "X-Note", "MIME-Version", "Content-Type"];
            return names.SequenceEqual(expected)
                && head.All(line => line.AsSpan().ContainsAnyExcept(' '))
                && written.Split("\r\n").All(line => line.Length <= 998 && line.All(c => c is '\t' or (>= ' ' and <= '~')))
                && written.Split("\r\n").Count(line => line.StartsWith("--", StringComparison.Ordinal)) == 3;
        }).QuickCheckThrowOnFailure();
}
