using System.IO.Compression;
using System.Text;
using Heliotrope.Server.Search;

namespace Heliotrope.Server.Tests.Search;

public sealed class FileWordsTests
{
    private static byte[] Zip(string part, string content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry(part).Open());
            writer.Write(content);
        }

        return bytes.ToArray();
    }

    [Fact]
    public void Plain_files_are_their_text()
    {
        Assert.Equal("a;b", FileWords.Of("list.csv", "application/octet-stream", "a;b"u8.ToArray()));
        Assert.Equal("Größe", FileWords.Of("note.txt", "text/plain", "Größe"u8.ToArray()));
        Assert.Equal("Größe", FileWords.Of("note.txt", "text/plain", [0xEF, 0xBB, 0xBF, .. "Größe"u8]));
        Assert.Equal("Größe", FileWords.Of("note.txt", "text/plain", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Größe")]));
        Assert.Equal("Größe über", FileWords.Of("note.txt", "text/plain", Encoding.Latin1.GetBytes("Größe über")));
        Assert.Contains("serial", FileWords.Of("log.json", "application/json", "{\"serial\":1}"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_web_page_only_what_is_read_is_text()
    {
        var text = FileWords.Of("page.html", "text/html", "<p>Hello <b>there</b><script>alert(1)</script>"u8.ToArray());

        Assert.Contains("Hello", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("letter.docx", "word/document.xml", "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>serial</w:t></w:r></w:p><w:p><w:r><w:t>77-B</w:t></w:r></w:p></w:body></w:document>")]
    [InlineData("table.xlsx", "xl/sharedStrings.xml", "<sst><si><t>serial</t></si><si><t>77-B</t></si></sst>")]
    [InlineData("letter.odt", "content.xml", "<o xmlns:text='t'><text:p>serial</text:p><text:p>77-B</text:p></o>")]
    public void Office_files_are_the_words_in_them(string name, string part, string content) =>
        Assert.Equal("serial 77-B", FileWords.Of(name, "application/octet-stream", Zip(part, content)).Trim());

    [Fact]
    public void A_file_that_is_broken_or_unpacks_to_gigabytes_has_no_text()
    {
        Assert.Equal("", FileWords.Of("letter.docx", "", "no zip at all"u8.ToArray()));
        Assert.Equal("", FileWords.Of("letter.docx", "", Zip("word/document.xml", "<a><b>")));
        Assert.Equal("", FileWords.Of("letter.docx", "", Zip("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")));
        Assert.Equal("", FileWords.Of("letter.docx", "", Zip("word/document.xml", $"<a>{new string(' ', 30 * 1024 * 1024)}</a>")));
        Assert.Equal("", FileWords.Of("picture.png", "image/png", [1, 2, 3]));
        Assert.Equal("", FileWords.Of("paper.pdf", "application/pdf", "%PDF-1.7"u8.ToArray()));
    }

    [Fact]
    public void Of_a_long_file_the_beginning_is_kept() =>
        Assert.Equal(AttachmentText.MostText, FileWords.Of("long.txt", "text/plain", Encoding.UTF8.GetBytes(new string('a', 10 * AttachmentText.MostText))).Length);
}
