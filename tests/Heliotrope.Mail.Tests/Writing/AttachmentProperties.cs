using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Mail.Tests.Writing;

/// <summary>What is written is what is read.</summary>
public class AttachmentProperties
{
    private static readonly Gen<string> Pieces = Gen.Elements(
        "Rechnung", "Grüße", "счёт", "Ωμέγα", "報告書", "レポート", "보고서", "تقرير", "דוח", "รายงาน", "रिपोर्ट", "می\u200cخواهم", "🎈", "👩\u200d👧", "e\u0301", "ﷺ",
        "a", "Z9", " ", "  ", ".", "..", "-", "_", "'", "\"", "\\\"", ";", ":", ",", "=", "*", "%", "%41", "(", ")", "[", "]", "{", "}", "<", ">", "?", "|", "&", "#", "@", "~", "+", "!",
        "=?", "?=", "=?utf-8?Q?x?=", "utf-8''", "\r\n", "\n", "\t", "\0", "\u0007", "\u007f", "\u0085", "\u202e", "\ufeff", "\u2028", "\ud83c", "\r\nBcc: e@x.example", "--=_", ".pdf", ".tar.gz");

    internal static Gen<string> Names { get; } = Gen.OneOf(
        Gen.ListOf(Pieces).Select(string.Concat),
        Gen.ListOf(Pieces).Select(pieces => string.Concat(pieces) + ".pdf"),
        Gen.Elements("ж", "x", "🎈", "a b", "ü;", "\"").Select(piece => string.Concat(Enumerable.Repeat(piece, 300 / piece.Length)) + ".pdf"));

    private static readonly Gen<string> Types = Gen.Elements(
        "image/png", "IMAGE/JPEG", "application/pdf", "text/plain", "text/html", "text/calendar", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "message/rfc822", "multipart/mixed", "x", "", "a/b; c=d", "a/b\r\nBcc: e@x.example", "ä/ö", "text/" + new string('x', 200));

    private static readonly Gen<byte[]> Contents = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>(),
        Gen.Elements(0, 1, 2, 3, 56, 57, 58, 113, 114, 115, 5000).Select(length => Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray()),
        Gen.Constant("Bcc: e@x.example\r\n\r\n--=_\r\nFrom x\r\n.\r\n"u8.ToArray()));

    private static readonly Gen<string?> Ids = Gen.Elements(null, null, "logo@desk.example", "image001.png@01DA2B3C.4D5E6F70", "a%20b@x", "plain", "no id", "", "<a@b>", "a@b>\r\nBcc: e@x.example", "é@x");

    internal static Gen<OutgoingAttachment> Attachments { get; } =
        from name in Names
        from type in Types
        from content in Contents
        from id in Ids
        select new OutgoingAttachment(name, type, content, id);

    private static readonly Gen<OutgoingMail> Mails =
        from files in Attachments.ListOf()
        from html in Gen.Elements("<p>Hello <img src=\"cid:logo@desk.example\"></p>", null)
        from text in MailWriterProperties.Nasty
        select MailWriterTests.Mail with { Html = html, Text = text, Attachments = [.. files] };

    [Fact]
    public void Attachments_come_back_as_they_went_pictures_first() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(12), Prop.ForAll(Mails.ToArbitrary(), mail =>
        {
            var bytes = MailWriter.Write(mail);
            var read = MailReader.Read(bytes);
            bool IsPicture(OutgoingAttachment file) => mail.Html is not null && Id(file) is not null;
            var expected = mail.Attachments.Where(IsPicture).Concat(mail.Attachments.Where(file => !IsPicture(file))).ToList();
            Assert.Equal(expected.Count, read.Attachments.Count);
            foreach (var (sent, came) in expected.Zip(read.Attachments))
            {
                Assert.Equal(Name(sent, came.Index), came.Name);
                Assert.Equal((Type(sent.Type), Id(sent), IsPicture(sent)), (came.Type, came.ContentId, came.Inline));
                Assert.Equal(sent.Content.Length, came.Size);
                Assert.Equal(sent.Content.ToArray(), came.Content());
            }
            Assert.Empty(read.Defects);
            Assert.Equal(mail.Html, read.Html?.TrimEnd());
            Assert.Equal(MailReader.Read(MailWriter.Write(mail with { Attachments = [] })).Text.TrimEnd('\n'), read.Text.TrimEnd('\n'));
            return true;
        }));

    [Fact]
    public void No_attachment_injects_a_header_or_a_boundary_or_makes_a_line_long() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(12), Prop.ForAll(Mails.ToArbitrary(), mail =>
        {
            var lines = Encoding.ASCII.GetString(MailWriter.Write(mail with { Text = "Hi" })).Split("\r\n");
            Assert.All(lines, line => Assert.True((line.Length <= 78 || line.StartsWith("Content-Type: application/vnd.", StringComparison.Ordinal)) && line.All(c => c is >= ' ' and <= '~'), line));
            Assert.DoesNotContain(lines, line => line.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase));
            var boundaries = lines.Where(line => line.StartsWith(" boundary=", StringComparison.Ordinal)).Select(line => line.Split('"')[1]).ToList();
            Assert.Equal(boundaries.Count, boundaries.Distinct().Count());
            // Each container has as many parts as it should, and one end.
            var parts = mail.Attachments.Count + 1 + (mail.Html is null ? 0 : 1) + boundaries.Count - 1;
            Assert.Equal(boundaries.Count == 0 ? 0 : parts + boundaries.Count, lines.Count(line => line.StartsWith("--", StringComparison.Ordinal)));
            return true;
        }));

    private static string? Id(OutgoingAttachment file) => file.ContentId is "logo@desk.example" or "image001.png@01DA2B3C.4D5E6F70" or "a%20b@x" or "plain" ? file.ContentId : null;

    private static string Type(string type) => type switch
    {
        "image/png" or "application/pdf" or "text/plain" or "text/html" or "text/calendar" or "application/vnd.openxmlformats-officedocument.presentationml.presentation" => type,
        "IMAGE/JPEG" => "image/jpeg",
        _ => "application/octet-stream",
    };

    /// <summary>Without controls and what turns the direction, blanks for line breaks, the last step of the path, at most 150 characters with the ending kept, and what Windows does not take replaced.</summary>
    private static string Name(OutgoingAttachment file, int index)
    {
        var line = string.Concat(file.Name.Replace("=?", "=_", StringComparison.Ordinal)
            .Select(c => c is '\r' or '\n' or '\t' ? ' ' : c)
            .Where(c => !char.IsControl(c) && c is not ('\u202e' or '\ufeff')));
        line = line.Trim().Split('/', '\\')[^1];
        var whole = string.Concat(line.EnumerateRunes().Select(rune => rune == Rune.ReplacementChar || "<>:\"|?*".Contains(rune.ToString(), StringComparison.Ordinal) ? "_" : rune.ToString()));
        while (whole != whole.Trim().Trim('.')) whole = whole.Trim().Trim('.');
        if (whole.Length > 150)
        {
            var dot = whole.LastIndexOf('.');
            var ending = dot > 0 && whole.Length - dot <= 10 ? whole[dot..] : "";
            var start = whole[..(150 - ending.Length)];
            start = char.IsHighSurrogate(start[^1]) ? start[..^1] : start;
            while (start != start.Trim().Trim('.')) start = start.Trim().Trim('.');
            whole = start + ending;
        }
        if (whole.Length > 0) return whole;
        var kind = file.Type.ToUpper(CultureInfo.InvariantCulture) switch
        {
            "IMAGE/PNG" => "png",
            "IMAGE/JPEG" => "jpg",
            "APPLICATION/PDF" => "pdf",
            "TEXT/PLAIN" => "txt",
            "TEXT/HTML" => "html",
            "TEXT/CALENDAR" => "ics",
            "MESSAGE/RFC822" => "eml",
            _ => "bin",
        };
        return $"attachment-{index + 1}.{kind}";
    }
}
