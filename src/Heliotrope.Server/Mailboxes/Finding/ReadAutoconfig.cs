using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Reads what a domain says about its servers to mail programs (config-v1.1.xml, as Thunderbird defined it). It is a stranger's file.</summary>
internal static class ReadAutoconfig
{
    /// <summary>The largest that is read, in bytes: such files have a few thousand.</summary>
    public const int MostBytes = 256 * 1024;

    // One for each way of signing in is usual; a file with thousands is no honest one.
    private const int MostServers = 50;

    // Such files have four levels.
    private const int Deepest = 16;

    private static readonly XmlReaderSettings Careful = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, // entities that grow without end, or that read our files
        XmlResolver = null,
        MaxCharactersInDocument = MostBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    // What we can do. Others want Kerberos or a certificate, or know us by our address.
    private static readonly string[] SignIns = ["password-cleartext", "plain", "password-encrypted", "secure", "oauth2"];

    /// <summary>Null when it is no such file or names no server that we could use.</summary>
    public static MailServers? Read(byte[] file, AddressParts address, FoundBy by)
    {
        if (file.Length > MostBytes)
        {
            return null;
        }

        try
        {
            if (IsDeep(file))
            {
                return null;
            }

            using var reader = XmlReader.Create(new MemoryStream(file, writable: false), Careful);
            var provider = XDocument.Load(reader).Root?.Elements().FirstOrDefault(element => Is(element, "emailProvider"));
            var incoming = Best(provider, "incomingServer", "imap", address);
            return incoming is null ? null : new(incoming, Best(provider, "outgoingServer", "smtp", address), null, by);
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Each element is asked for all that are around it when the tree is built: elements within elements without end take a minute of processor time.</summary>
    private static bool IsDeep(byte[] file)
    {
        using var reader = XmlReader.Create(new MemoryStream(file, writable: false), Careful);
        while (reader.Read())
        {
            if (reader.Depth > Deepest)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first that encrypts, since the provider lists its favourite first; one that does not only when there is no other.</summary>
    private static MailServer? Best(XElement? provider, string element, string type, AddressParts address)
    {
        var servers = (provider?.Elements() ?? [])
            .Where(server => Is(server, element) && type.Equals(server.Attribute("type")?.Value, StringComparison.OrdinalIgnoreCase))
            .Take(MostServers)
            .Select(server => Server(server, address))
            .OfType<MailServer>()
            .ToList();
        return servers.Find(server => server.Tls is not MailTls.WhenOffered) ?? servers.FirstOrDefault();
    }

    private static MailServer? Server(XElement server, AddressParts address)
    {
        MailTls? tls = Text(server, "socketType")?.ToUpperInvariant() switch
        {
            "SSL" => MailTls.Implicit,
            "STARTTLS" => MailTls.StartTls,
            "PLAIN" => MailTls.WhenOffered,
            _ => null,
        };
        var signIns = server.Elements().Where(element => Is(element, "authentication")).Select(element => element.Value.Trim()).ToList();
        return tls is { } way
            && Text(server, "hostname") is { } host && AddressParts.Host(Filled(host, address)) is { } name
            && int.TryParse(Text(server, "port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            && (signIns.Count == 0 || signIns.Exists(known => SignIns.Contains(known, StringComparer.OrdinalIgnoreCase)))
            && UserName(server, address) is { } user
            ? new(name, port, way, user)
            : null;
    }

    // Nothing that ends a line: it goes into a dialogue with a server.
    private static string? UserName(XElement server, AddressParts address)
    {
        var user = Filled(Text(server, "username") ?? "%EMAILADDRESS%", address);
        return user.Length is > 0 and <= 320 && !user.Any(char.IsControl) ? user : null;
    }

    private static string Filled(string text, AddressParts address) => text
        .Replace("%EMAILADDRESS%", address.Whole, StringComparison.OrdinalIgnoreCase)
        .Replace("%EMAILLOCALPART%", address.Local, StringComparison.OrdinalIgnoreCase)
        .Replace("%EMAILDOMAIN%", address.Domain, StringComparison.OrdinalIgnoreCase);

    private static string? Text(XElement server, string name) => server.Elements().FirstOrDefault(element => Is(element, name))?.Value.Trim();

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.Ordinal);
}
