using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class ContentHashTests
{
    private const string Mail = "From: a@example.org\nDate: Mon, 2 Feb 2026 10:00:00 +0100\nSubject: Hi\n there\n\nOne\n\nTwo\n";

    private static string Hash(string mail) => MailReader.Read(Encoding.UTF8.GetBytes(mail)).ContentHash;

    [Fact]
    public void Trace_headers_do_not_matter() =>
        Assert.Equal(Hash(Mail), Hash("Return-Path: <x@example.org>\nReceived: from a by b\nDelivered-To: c@example.com\nX-Spam: no\n" + Mail));

    [Fact]
    public void Line_ends_and_trailing_blank_lines_do_not_matter()
    {
        Assert.Equal(Hash(Mail), Hash(Mail.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"));
        Assert.Equal(Hash(Mail), Hash(Mail.TrimEnd()));
    }

    [Fact]
    public void A_blank_line_within_matters() => Assert.NotEqual(Hash(Mail), Hash(Mail.Replace("One\n\nTwo", "One\nTwo", StringComparison.Ordinal)));

    [Theory]
    [InlineData("a@example.org", "b@example.org")]
    [InlineData("10:00:00", "10:00:01")]
    [InlineData("there", "here")]
    [InlineData("Two", "Three")]
    public void Author_date_subject_and_body_matter(string old, string other) =>
        Assert.NotEqual(Hash(Mail), Hash(Mail.Replace(old, other, StringComparison.Ordinal)));
}
