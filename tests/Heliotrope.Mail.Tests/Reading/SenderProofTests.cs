using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public class SenderProofTests
{
    private static readonly string[] Trusted = ["mx.desk.example"];

    [Theory]
    // DMARC decides.
    [InlineData("dmarc=pass header.from=client.example", SenderVerdict.Passed)]
    [InlineData("dmarc=pass", SenderVerdict.Passed)]
    [InlineData("dmarc=fail header.from=client.example; dkim=pass header.d=client.example; spf=pass smtp.mailfrom=client.example", SenderVerdict.Failed)]
    [InlineData("spf=fail smtp.mailfrom=client.example; dmarc=pass header.from=client.example", SenderVerdict.Passed)]
    [InlineData("dmarc=pass header.from=other.example", SenderVerdict.None)]
    [InlineData("dmarc=pass header.from=client.example; dmarc=fail header.from=client.example", SenderVerdict.Failed)]
    // Where DMARC could not, what it would have weighed is weighed.
    [InlineData("dmarc=none header.from=client.example; dkim=pass header.d=client.example", SenderVerdict.Passed)]
    [InlineData("dmarc=temperror; spf=pass smtp.mailfrom=bounce@client.example", SenderVerdict.Passed)]
    [InlineData("dmarc=permerror header.from=client.example", SenderVerdict.None)]
    [InlineData("dkim=pass header.d=client.example", SenderVerdict.Passed)]
    [InlineData("dkim=pass header.i=@mail.client.example", SenderVerdict.Passed)]
    [InlineData("dkim=fail header.d=client.example; dkim=pass header.d=Client.Example.", SenderVerdict.Passed)]
    [InlineData("dkim=pass header.d=other.example", SenderVerdict.None)]
    [InlineData("dkim=pass header.d=evilclient.example", SenderVerdict.None)]
    [InlineData("dkim=pass header.d=example", SenderVerdict.None)]
    [InlineData("dkim=pass", SenderVerdict.None)]
    [InlineData("dkim=fail header.d=client.example", SenderVerdict.None)]
    [InlineData("spf=pass smtp.mailfrom=a@bounces.client.example", SenderVerdict.Passed)]
    [InlineData("spf=pass smtp.mailfrom=\"x@client.example\"@other.example", SenderVerdict.None)]
    [InlineData("spf=pass smtp.mailfrom=<> smtp.helo=mail.client.example", SenderVerdict.Passed)]
    [InlineData("spf=pass smtp.mailfrom=a@\u00ff?.example smtp.helo=client.example", SenderVerdict.None)]
    // Somebody disowns it, and nobody vouches for it.
    [InlineData("spf=fail smtp.mailfrom=client.example", SenderVerdict.Failed)]
    [InlineData("spf=softfail smtp.mailfrom=client.example; dkim=pass header.d=other.example", SenderVerdict.Failed)]
    [InlineData("spf=softfail smtp.mailfrom=list.example; dkim=pass header.d=client.example", SenderVerdict.Passed)]
    // Nothing proves it.
    [InlineData("spf=neutral smtp.mailfrom=client.example; dkim=none; dmarc=none", SenderVerdict.None)]
    [InlineData("spf=temperror; dkim=permerror", SenderVerdict.None)]
    [InlineData("spf=none", SenderVerdict.None)]
    [InlineData("none", SenderVerdict.None)]
    [InlineData("garbage garbage", SenderVerdict.None)]
    public void A_trusted_server_s_words_are_weighed(string results, SenderVerdict verdict)
        => Assert.Equal(verdict, Proof($"mx.desk.example; {results}").Verdict);

    [Theory]
    [InlineData("example.com", "example.com", true)]
    [InlineData("news.example.com", "example.com", true)]
    [InlineData("example.com", "bounce.example.com", true)]
    [InlineData("shop.example.co.uk", "example.co.uk", true)]
    [InlineData("ada.github.io", "mail.ada.github.io", true)]
    [InlineData("one.example.com", "other.example.com", false)]
    // Below a suffix that many share nobody speaks for another.
    [InlineData("github.io", "evil.github.io", false)]
    [InlineData("ada.github.io", "github.io", false)]
    [InlineData("ada.github.io", "evil.github.io", false)]
    [InlineData("example.co.uk", "co.uk", false)]
    [InlineData("co.uk", "evil.co.uk", false)]
    [InlineData("onmicrosoft.com", "evil.onmicrosoft.com", false)]
    [InlineData("uk.com", "evil.uk.com", false)]
    [InlineData("example.com", "com", false)]
    [InlineData("com", "example.com", false)]
    public void Only_who_owns_a_domain_vouches_for_it(string from, string signer, bool passes)
    {
        foreach (var result in new[] { $"dkim=pass header.d={signer}", $"spf=pass smtp.mailfrom=a@{signer}", $"dmarc=pass header.from={signer}" })
            Assert.Equal(passes ? SenderVerdict.Passed : SenderVerdict.None, SenderProof.Of([AuthenticationResults.Parse($"mx.desk.example; {result}")], Trusted, from).Verdict);
    }

    [Theory]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("example.com", "example.com")]
    [InlineData("com", "com")]
    [InlineData("a.b.unknown-to-all", "b.unknown-to-all")]
    [InlineData("localhost", "localhost")]
    [InlineData("a.b.ck", "a.b.ck")]
    [InlineData("x.a.b.ck", "a.b.ck")]
    [InlineData("b.ck", "b.ck")]
    [InlineData("x.www.ck", "www.ck")]
    [InlineData("x.y.city.kobe.jp", "city.kobe.jp")]
    [InlineData("x.y.shop.kobe.jp", "y.shop.kobe.jp")]
    [InlineData("a.b.xn--55qx5d.cn", "b.xn--55qx5d.cn")]
    [InlineData("a.evil.onmicrosoft.com", "evil.onmicrosoft.com")]
    [InlineData("", "")]
    [InlineData("..", ".")]
    [InlineData("[192.0.2.1]", "2.1]")]
    public void Whose_a_domain_is_follows_from_the_list_of_public_suffixes(string domain, string owner) => Assert.Equal(owner, PublicSuffixes.OwnedBy(domain));

    [Fact]
    public void The_words_and_the_domains_they_speak_of_are_told()
    {
        Assert.Equal(
            new SenderProof(SenderVerdict.Passed, "softfail", "list.example", "pass", "client.example", "pass", "client.example"),
            Proof("MX.Desk.Example; spf=softfail smtp.mailfrom=a@list.example; dkim=fail header.d=list.example; dkim=pass header.d=client.example; dmarc=pass header.from=client.example"));
        Assert.Equal(new SenderProof(SenderVerdict.None, "none", null, null, null, null, null), Proof("mx.desk.example; spf=none"));
    }

    [Fact]
    public void Only_the_run_of_trusted_headers_at_the_top_counts()
    {
        const string forged = "mx.desk.example; dmarc=pass header.from=client.example";
        Assert.Equal(SenderVerdict.Unknown, Proof().Verdict);
        Assert.Equal(SenderVerdict.Unknown, Proof("mx.evil.example; dmarc=pass header.from=client.example").Verdict);
        Assert.Equal(SenderVerdict.Unknown, Proof("spf=pass smtp.mailfrom=client.example").Verdict);
        Assert.Equal(SenderVerdict.Unknown, Proof("mx.evil.example; none", forged).Verdict);
        Assert.Equal(SenderVerdict.None, Proof("mx.desk.example; spf=none", "mx.evil.example; none", forged).Verdict);
        Assert.Equal(SenderVerdict.Passed, Proof("mx.desk.example; spf=none", "mx.desk.example; dkim=pass header.d=client.example").Verdict);
    }

    [Fact]
    public void What_the_topmost_server_says_of_a_method_stands_above_what_is_below()
        => Assert.Equal((SenderVerdict.Failed, "fail"), Proof("mx.desk.example; dmarc=fail", "mx.desk.example; dmarc=pass header.from=client.example") is var proof ? (proof.Verdict, proof.Dmarc) : default);

    [Fact]
    public void Without_a_server_that_is_trusted_or_a_domain_nothing_passes()
    {
        AuthenticationResults[] headers = [AuthenticationResults.Parse("; dmarc=pass"), AuthenticationResults.Parse("mx.desk.example; dmarc=pass; dkim=pass header.d=client.example")];
        Assert.Equal(SenderVerdict.Unknown, SenderProof.Of(headers, ["", "mx.desk.example"], "client.example").Verdict);
        Assert.Equal(SenderVerdict.Unknown, SenderProof.Of(headers[1..], [], "client.example").Verdict);
        Assert.Equal(SenderVerdict.None, SenderProof.Of(headers[1..], Trusted, null).Verdict);
    }

    [Fact]
    public void A_domain_in_its_own_letters_is_the_one_that_DNS_knows()
        => Assert.Equal(SenderVerdict.Passed, SenderProof.Of([AuthenticationResults.Parse("mx.desk.example; dkim=pass header.d=xn--bcher-kva.example")], Trusted, "b\u00fccher.example").Verdict);

    [Fact]
    public void Whatever_a_stranger_puts_below_the_trusted_headers_changes_nothing()
    {
        var ids = Gen.Elements("mx.desk.example", "mx.evil.example", "other.example");
        var words = Gen.Elements("spf=pass smtp.mailfrom=client.example", "dkim=pass header.d=client.example", "dmarc=pass header.from=client.example", "dmarc=fail", "spf=fail", "none");
        var below = Gen.ListOf(from id in ids from word in words select $"{id}; {word}").ToArbitrary();
        Prop.ForAll(below, forged =>
        {
            string[] own = ["mx.desk.example; spf=softfail smtp.mailfrom=client.example; dkim=none"];
            return Proof([.. own, "mx.evil.example; none", .. forged]) == Proof(own) && Proof(["mx.evil.example; none", .. forged]).Verdict is SenderVerdict.Unknown;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_passes_without_a_pass_for_that_domain()
    {
        var words = Gen.Elements("none", "neutral", "fail", "softfail", "temperror", "permerror", "policy", "pass");
        var domains = Gen.Elements("other.example", "example", "xclient.example", "client.example.evil.example", "", "<>");
        var result = from method in Gen.Elements("spf", "dkim", "dmarc")
                     from word in words
                     from domain in domains
                     select method switch { "spf" => $"spf={word} smtp.mailfrom={domain}", "dkim" => $"dkim={word} header.d={domain}", _ => $"dmarc={(word == "pass" ? "none" : word)} header.from={domain}" };
        Prop.ForAll(Gen.ListOf(result).ToArbitrary(), results => Proof($"mx.desk.example; {string.Join("; ", results)}").Verdict is not SenderVerdict.Passed).QuickCheckThrowOnFailure();
    }

    private static SenderProof Proof(params string[] headers) => SenderProof.Of(headers.Select(AuthenticationResults.Parse), Trusted, "client.example");
}
