using System.Text;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Mailboxes;

namespace Heliotrope.Server.Tests.Mailboxes;

public sealed class ReadAutoconfigTests
{
    private static readonly AddressParts Ada = AddressParts.Read("ada@client.example")!;

    private const string Imap = """<incomingServer type="imap"><hostname>imap.client.example</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>""";
    private const string Smtp = """<outgoingServer type="smtp"><hostname>smtp.%EMAILDOMAIN%</hostname><port>587</port><socketType>STARTTLS</socketType><username>%EMAILLOCALPART%</username><authentication>OAuth2</authentication></outgoingServer>""";

    [Fact]
    public void Both_servers_are_read_and_their_places_for_the_address_filled_in()
    {
        var found = Read(File(Imap + Smtp));
        Assert.Equal(new MailServer("imap.client.example", 993, MailTls.Implicit, "ada@client.example"), found!.Incoming);
        Assert.Equal(new MailServer("smtp.client.example", 587, MailTls.StartTls, "ada"), found.Outgoing);
        Assert.Equal(FoundBy.Autoconfig, found.By);
    }

    [Fact]
    public void One_that_encrypts_is_preferred_and_one_that_does_not_is_taken_when_there_is_no_other()
    {
        var plain = Imap.Replace("SSL", "plain", StringComparison.Ordinal).Replace("993", "143", StringComparison.Ordinal);
        Assert.Equal(993, Read(File(plain + Imap))!.Incoming!.Port);
        Assert.Equal(MailTls.WhenOffered, Read(File(plain))!.Incoming!.Tls);
    }

    [Fact]
    public void Pop3_is_passed_over_and_so_is_a_way_of_signing_in_that_we_do_not_have()
    {
        Assert.Null(Read(File(Imap.Replace("\"imap\"", "\"pop3\"", StringComparison.Ordinal))));
        Assert.Null(Read(File(Imap.Replace("password-cleartext", "GSSAPI", StringComparison.Ordinal))));
        Assert.NotNull(Read(File(Imap.Replace("<authentication>password-cleartext</authentication>", "", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("imap.client.example", "")]
    [InlineData("imap.client.example", "127.0.0.1")]
    [InlineData("imap.client.example", "localhost")]
    [InlineData("imap.client.example", "imap.client.example/x")]
    [InlineData("imap.client.example", "-")]
    [InlineData("993", "0")]
    [InlineData("993", "65536")]
    [InlineData("993", "-1")]
    [InlineData("993", "many")]
    [InlineData("993", "99999999999999999999")]
    [InlineData("SSL", "yes")]
    [InlineData("%EMAILADDRESS%", "ada&#10;A1 LOGOUT")]
    [InlineData("%EMAILADDRESS%", "")]
    [InlineData("<port>993</port>", "")]
    [InlineData("<hostname>imap.client.example</hostname>", "<hostname><a><b/></a></hostname>")]
    public void What_makes_no_sense_is_no_server(string right, string wrong) => Assert.Null(Read(File(Imap.Replace(right, wrong, StringComparison.Ordinal))));

    [Theory]
    [InlineData("")]
    [InlineData("not found")]
    [InlineData("<html><body>not found</body></html>")]
    [InlineData("<clientConfig/>")]
    [InlineData("<clientConfig><emailProvider><incomingServer type=\"imap\"></emailProvider></clientConfig>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"nonsense\"?><clientConfig/>")]
    public void What_is_no_such_file_says_nothing(string file) => Assert.Null(Read(file));

    [Fact]
    public void No_entity_grows_or_reads_a_file()
    {
        Assert.Null(Read("""<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>""" + File(Imap.Replace("imap.client.example", "&b;.client.example", StringComparison.Ordinal))));
        Assert.Null(Read("""<?xml version="1.0"?><!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/hostname">]>""" + File(Imap.Replace("%EMAILADDRESS%", "&x;", StringComparison.Ordinal))));
        Assert.Null(Read("""<!DOCTYPE c SYSTEM "http://127.0.0.1:9/x.dtd">""" + File(Imap)));
    }

    [Fact]
    public void A_file_without_end_is_not_read()
    {
        Assert.Null(Read(File(Imap + new string(' ', ReadAutoconfig.MostBytes))));
        Assert.Null(Read(string.Concat(Enumerable.Repeat("<a>", 80_000))));
        Assert.NotNull(Read(File(string.Concat(Enumerable.Repeat(Imap, 500)))));
    }

    [Fact]
    public void Any_bytes_are_read_without_a_crash()
    {
        var random = new Random(1);
        var good = Encoding.UTF8.GetBytes(File(Imap + Smtp));
        for (var round = 0; round < 2000; round++)
        {
            var bytes = good.ToArray();
            for (var change = 0; change < 5; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var found = ReadAutoconfig.Read(bytes, Ada, FoundBy.Autoconfig);
            Assert.True(found is null or { Incoming.Port: >= 1 and <= 65535 });
        }
    }

    private static string File(string servers) => $"""<clientConfig version="1.1"><emailProvider id="client.example"><displayName>Client</displayName>{servers}</emailProvider></clientConfig>""";

    private static MailServers? Read(string file) => ReadAutoconfig.Read(Encoding.UTF8.GetBytes(file), Ada, FoundBy.Autoconfig);
}
