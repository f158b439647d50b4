using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class CharsetTests
{
    private static (string Text, IEnumerable<string> Defects) Read(string charset, byte[] body)
    {
        var message = MailReader.Read((byte[])[.. Encoding.ASCII.GetBytes($"Date: Mon, 2 Feb 2026 10:00:00 +0100\nContent-Type: text/plain{(charset.Length > 0 ? "; charset=" + charset : "")}\n\n"), .. body]);
        return (message.Text, message.Defects.Select(defect => defect.Code));
    }

    private static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    /// <summary>Escapes that say what follows, as Japanese, Korean and Chinese mail still has them.</summary>
    [Theory]
    [InlineData("iso-2022-jp", "\u001b$BF|K\\8l\u001b(B ok", "日本語 ok")]
    [InlineData("iso-2022-jp", "\u001b$@F|K\\\u001b(J ok", "日本 ok")]
    [InlineData("iso-2022-jp", "\u001b(I6E\u001b(B ok", "ｶﾅ ok")]
    [InlineData("iso-2022-jp-1", "\u001b$BF|\u001b(B ok", "日 ok")]
    [InlineData("csISO2022JP", "\u001b$BF|\u001b(B", "日")]
    [InlineData("iso-2022-kr", "\u001b$)C\u000e0!3*\u000f ok", "가나 ok")]
    [InlineData("hz-gb-2312", "~{VPND~} ok", "中文 ok")]
    [InlineData("iso-2022-cn", "\u001b$)A\u000eVPND\u000f ok", "中文 ok")]
    [InlineData("iso-2022-jp-2", "\u001b$BF|\u001b$AVP\u001b$(C0!\u001b(B ok", "日中가 ok")]
    [InlineData("iso-2022-jp-2", "\u001b.A\u001bNi \u001b(Bok", "é ok")]
    [InlineData("iso-2022-jp-1", "\u001b$(D0!\u001b(B ok", "丂 ok")]
    [InlineData("", "\u001b$BF|K\\8l\u001b(B", "日本語")]
    [InlineData("us-ascii", "\u001b$)C\u000e0!3*\u000f", "가나")]
    public void Escapes_are_followed(string charset, string body, string text) => Assert.Equal(text, Read(charset, Bytes(body)).Text);

    [Theory]
    [InlineData("iso-8859-1", "na\u00efve \u0093x\u0094", "naïve “x”")]
    [InlineData("windows-1251", "\u00cf\u00f0\u00e8\u00e2\u00e5\u00f2", "Привет")]
    [InlineData("koi8-u", "\u00f0\u00d2\u00c9\u00d7\u00a6\u00d4", "Привіт")]
    [InlineData("iso-8859-5", "\u00bf\u00e0\u00d8\u00d2\u00d5\u00e2", "Привет")]
    [InlineData("ibm866", "\u008f\u00e0\u00a8\u00a2\u00a5\u00e2", "Привет")]
    [InlineData("windows-1255", "\u00f9\u00ec\u00e5\u00ed", "שלום")]
    [InlineData("iso-8859-8-i", "\u00f9\u00ec\u00e5\u00ed", "שלום")]
    [InlineData("windows-1256", "\u00e3\u00d1\u00cd\u00c8\u00c7", "مرحبا")]
    [InlineData("iso-8859-7", "\u00c3\u00e5\u00e9\u00e1", "Γεια")]
    [InlineData("iso-8859-10", "\u00c8\u00c9", "ČÉ")]
    [InlineData("iso-8859-13", "\u00c0\u00e0", "Ąą")]
    [InlineData("iso-8859-14", "\u00a1", "Ḃ")]
    [InlineData("iso-8859-15", "\u00a4", "€")]
    [InlineData("iso-8859-16", "\u00aa", "Ș")]
    [InlineData("tis-620", "\u00ca\u00c7\u00d1\u00ca\u00b4\u00d5", "สวัสดี")]
    [InlineData("big5", "\u00a4\u00a4\u00a4\u00e5", "中文")]
    [InlineData("gb18030", "\u00d6\u00d0\u0081\u00308\u00841", "中")]
    [InlineData("euc-kr", "\u00b0\u00a1", "가")]
    [InlineData("euc-jp", "\u00c6\u00fc", "日")]
    [InlineData("shift_jis", "\u0093\u00fa", "日")]
    [InlineData("macintosh", "\u008a", "ä")]
    [InlineData("ibm850", "\u0084", "ä")]
    [InlineData("utf-7", "+AOk-", "é")]
    [InlineData("utf-16be", "\0H\0i\u0000\u00e9", "Hié")]
    [InlineData("utf-16", "\u00ff\u00feH\0i\0", "Hi")]
    [InlineData("utf-32be", "\0\0\0H\0\0\0i", "Hi")]
    [InlineData("\"UTF-8\"", "\u00c3\u00a9", "é")]
    [InlineData("utf-8;", "\u00c3\u00a9", "é")]
    [InlineData("x-unknown-charset", "caf\u00e9", "café")]
    public void Each_charset_is_decoded(string charset, string body, string text) => Assert.StartsWith(text, Read(charset, Bytes(body)).Text, StringComparison.Ordinal);

    /// <summary>Every encoding that the framework has can be declared by its own name.</summary>
    [Fact]
    public void Any_charset_that_the_framework_knows_is_known()
    {
        foreach (var info in CodePagesEncodingProvider.Instance.GetEncodings().Concat(Encoding.GetEncodings()))
        {
            var encoding = info.GetEncoding();
            if (encoding.GetBytes("Hello 1").SequenceEqual("Hello 1"u8.ToArray()))
            {
                Assert.Equal("Hello 1", Read(info.Name, "Hello 1"u8.ToArray()).Text);
            }
            Assert.DoesNotContain("charset.unknown", Read(info.Name, encoding.GetBytes("Hello 1")).Defects);
        }
    }
}
