using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public class AuthenticationResultsTests
{
    [Theory]
    // From RFC 8601, appendix B.
    [InlineData("example.org 1; none", "example.org")]
    [InlineData("example.com; spf=pass smtp.mailfrom=example.net", "example.com|spf=pass smtp.mailfrom:example.net")]
    [InlineData("example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net", "example.com|auth=pass smtp.auth:sender@example.net|spf=pass smtp.mailfrom:example.net")]
    [InlineData("example.com; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net; dkim=fail reason=\"bad signature\" header.i=@newyork.example.com", "example.com|dkim=pass header.i:@mail-router.example.net|dkim=fail header.i:@newyork.example.com")]
    [InlineData("foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462", "foo.example.net|dkim=fail policy.expired:1362471462")]
    // As large providers write it.
    [InlineData("mx.example.com; dkim=pass header.i=@client.example header.s=sel header.b=\"a/b+c=\"; spf=pass (example.com: domain of a@client.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@client.example; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=client.example",
        "mx.example.com|dkim=pass header.i:@client.example header.s:sel header.b:a/b+c=|spf=pass smtp.mailfrom:a@client.example|dmarc=pass header.from:client.example")]
    [InlineData("mx.example.com; dmarc=pass action=none header.from=client.example; compauth=pass reason=100", "mx.example.com|dmarc=pass action:none header.from:client.example|compauth=pass")]
    [InlineData("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=client.example; dkim=none", "")]
    // In every writing.
    [InlineData("\"mx.example.com\"; SPF = Pass SMTP.MailFrom=\"a \\\"b\\\"; dmarc=pass\"@client.example", "mx.example.com|spf=pass smtp.mailfrom:a \"b\"; dmarc=pass@client.example")]
    [InlineData("mx.example.com; iprev=pass policy.iprev=2001:db8::25", "mx.example.com|iprev=pass policy.iprev:2001:db8::25")]
    [InlineData("mx.example.com;spf=pass;dkim=pass;", "mx.example.com|spf=pass|dkim=pass")]
    [InlineData("mx.example.com; ; ;spf=pass", "mx.example.com|spf=pass")]
    [InlineData("mx.example.com; (a (nested; dmarc=pass) \\) one) spf=fail", "mx.example.com|spf=fail")]
    // What is not known is not heeded.
    [InlineData("mx.example.com 2; spf=pass", "mx.example.com")]
    [InlineData("mx.example.com; dkim/2=pass; spf=fail", "mx.example.com|spf=fail")]
    // Garbage in a failure does not make it less of one.
    [InlineData("mx.example.com; dmarc=fail reason=no valid signature header.from=client.example; spf=none", "mx.example.com|dmarc=fail|spf=none")]
    [InlineData("mx.example.com; dmarc=fail header.from=client.example what is this", "mx.example.com|dmarc=fail header.from:client.example")]
    [InlineData("mx.example.com; spf=softfail x=\"open; dmarc=pass", "mx.example.com|spf=softfail")]
    [InlineData("mx.example.com; dmarc=pass reason=no valid signature header.from=client.example; spf=none", "mx.example.com|spf=none")]
    [InlineData("mx.example.com; dmarc/2=fail what is this", "mx.example.com")]
    // Garbage costs itself and no more.
    [InlineData("", "")]
    [InlineData(";;;", "")]
    [InlineData("mx.example.com", "mx.example.com")]
    [InlineData("mx.example.com; what is this; spf=fail", "mx.example.com|spf=fail")]
    [InlineData("mx.example.com; spf=pass smtp.mailfrom=a(b)@client.example; dmarc=fail", "mx.example.com|dmarc=fail")]
    [InlineData("mx.example.com; spf=fail; x=\"open; dmarc=pass", "mx.example.com|spf=fail")]
    [InlineData("mx.example.com; spf=fail (open; dmarc=pass", "mx.example.com|spf=fail")]
    [InlineData("mx.example.com; \"spf=pass; dmarc=pass\" spf=pass; dkim=fail", "mx.example.com|dkim=fail")]
    public void The_header_is_read(string value, string expected) => Assert.Equal(expected, Shown(AuthenticationResults.Parse(value)));

    [Fact]
    public void A_message_s_headers_come_in_order_and_encoded_words_hide_no_results()
    {
        var message = MailReader.Read(Encoding.ASCII.GetBytes("Authentication-Results: mx.example.com;\r\n\tspf=pass\r\n smtp.mailfrom==?us-ascii?Q?a;_dmarc=3Dpass?=@client.example\r\nauthentication-results: other.example; none\r\nSubject: x\r\n\r\nx\r\n"));
        Assert.Equal(["mx.example.com|spf=pass smtp.mailfrom:=?us-ascii?Q?a|_dmarc=3dpass", "other.example"], message.AuthenticationResults.Select(Shown));
    }

    [Fact]
    public void Endless_headers_and_deep_comments_are_read_within_bounds()
    {
        Assert.InRange(AuthenticationResults.Parse("x" + string.Concat(Enumerable.Repeat(";a=b", 100_000))).Results.Count, 1, 1000);
        Assert.InRange(AuthenticationResults.Parse("x;a=b" + string.Concat(Enumerable.Repeat(" c.d=e", 100_000))).Results.Sum(one => one.Properties.Count), 0, 1000);
        Assert.Empty(AuthenticationResults.Parse("x;" + new string('(', 1_000_000) + ";a=b").Results);
        Assert.Single(AuthenticationResults.Parse("x;" + new string('(', 200) + new string(')', 200) + "a=b").Results);
        Assert.Equal(50, MailReader.Read(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Authentication-Results: x; none\r\n", 2000)) + "\r\n")).AuthenticationResults.Count);
    }

    [Fact]
    public void Whatever_is_written_is_read_without_harm()
    {
        var bits = Gen.Elements("mx.example", ";", " ", "=", "spf", "pass", "dkim", "header.d", ".", "/", "1", "(", ")", "\"", "\\", "a@b.example", "\u00e4", "\0", "\ud800", "none", "reason=", "<>");
        Prop.ForAll(Gen.ListOf(bits).ToArbitrary(), parts =>
        {
            var read = AuthenticationResults.Parse(string.Concat(parts));
            return read.Results.All(one => one.Method.Length > 0 && one.Result.Length > 0 && one.Method.All(char.IsAscii));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_written_as_the_RFC_says_is_read_as_it_was_meant()
    {
        var word = Gen.Elements("spf", "dkim", "dmarc", "x-own");
        var value = Gen.Elements("client.example", "a@client.example", "a b", "x;y", "(no comment)", "\"", "\\", "");
        var result = from method in word
                     from said in Gen.Elements("pass", "fail", "none")
                     from properties in Gen.ListOf(from name in Gen.Elements("d", "from", "mailfrom") from v in value select new AuthenticationProperty($"header.{name}", v))
                     select new AuthenticationResult(method, said, [.. properties.Take(20)]);
        var header = from results in Gen.NonEmptyListOf(result) select new AuthenticationResults("mx.example", [.. results]);
        var space = Gen.Elements("", " ", "\t", " (it; \"says) ", " (a (b) c)");
        Prop.ForAll((from h in header from s in space select (h, s)).ToArbitrary(), one => Shown(AuthenticationResults.Parse(Written(one.h, one.s))) == Shown(one.h)).QuickCheckThrowOnFailure();

        static string Written(AuthenticationResults header, string space) => header.ServerId + space + string.Concat(header.Results.Select(one =>
            $";{space}{one.Method}{space}={space}{one.Result}" + string.Concat(one.Properties.Select(p => $" {p.Name.Replace(".", $"{space}.", StringComparison.Ordinal)}={space}\"{p.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"{space}"))));
    }

    private static string Shown(AuthenticationResults header) => header.ServerId + string.Concat(header.Results.Select(one =>
        $"|{one.Method}={one.Result}" + string.Concat(one.Properties.Select(p => $" {p.Name}:{p.Value}"))));
}
